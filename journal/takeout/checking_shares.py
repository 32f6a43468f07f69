"""What a file says about who read along, checked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from journal.models import Opened
from journal.models.notes import NOTE_LETTERS
from journal.takeout.values import Problems, Row

LISTED_AT_MOST = 20_000
HANGING = ("moments", "visits", "notes", "readings")
SHARE = (
    *("id", "invited_name", "reader", "invited_at", "asked_at", "agreed_at", "ends_on", "ended_at", "children"),
    *("with_no_child_named", "consents", "moments", "visits", "notes", "readings"),
)
CONSENT = ("agreed_at", "children", "ends_on", "language", "nameless", "reader", "signed_name", "text", "version")
NAME_LETTERS, LINE_LETTERS, ASK_LETTERS = 160, 2_000, 600


def check_share(value: Any, place: str, problems: Problems) -> dict[str, Any]:
    row = Row(value, place, SHARE, problems)

    def listed(name: str, label: str, names: tuple[str, ...], read: Callable[[Row], dict[str, Any]]) -> list[Any]:
        places = (f"{place}, {label} {number}" for number in range(1, LISTED_AT_MOST + 1))
        values = row.rows(name, LISTED_AT_MOST)
        return [read(Row(one, where, names, problems)) for one, where in zip(values, places, strict=False)]

    values = {
        "row": row,
        "id": row.name_of("id"),
        "invited_name": row.text("invited_name", NAME_LETTERS),
        "asked": check_reader(row),
        "invited_at": row.stamp("invited_at"),
        "requested_at": row.stamp("asked_at", optional=True),
        "agreed_at": row.stamp("agreed_at", optional=True),
        "ends_on": row.day("ends_on", optional=True),
        "ended_at": row.stamp("ended_at", optional=True),
        "children": check_names(row),
        "with_nameless": row.flag("with_no_child_named"),
        "consents": listed("consents", _("yes"), CONSENT, check_consent),
        "moments": listed("moments", _("moment"), ("shared_at", "moment"), check_shared),
        "visits": listed("visits", _("visit"), ("held_at", "planned_on", "ask"), check_visit),
        "notes": listed("notes", _("note"), ("written_at", "by", "moment", "week", "text"), check_note),
        "readings": listed("readings", _("opened page"), ("opened_at", "opened", "moment", "week"), check_reading),
    }
    check_whole(row, values)
    return values


def check_whole(row: Row, values: dict[str, Any]) -> None:
    if values["agreed_at"] and not (values["requested_at"] and values["ends_on"]):
        row.wrong(_("There is a yes without a question, or without a last day."))
    if sum(visit["held_at"] is None for visit in values["visits"]) > 1:
        row.wrong(_("There is more than one visit to come."))
    if len({shared["moment"] for shared in values["moments"]}) != len(values["moments"]):
        row.wrong(_("A moment is shared twice."))


def check_reader(row: Row) -> dict[str, str]:
    """Name and program as the reader gave them; empty before anybody asked."""
    value = row.held.get("reader")
    if value == {}:
        return {}
    reader = Row(value, row.place, ("name", "program"), row.problems)
    return {"name": reader.text("name", NAME_LETTERS), "program": reader.text("program", NAME_LETTERS)}


def check_names(row: Row) -> list[UUID]:
    named = [Row({"children": name}, row.place, ("children",), row.problems) for name in row.rows("children", 100)]
    return [found for one in named if (found := one.name_of("children"))]


def check_consent(row: Row) -> dict[str, Any]:
    """As it was kept: a later look at it must find the same words."""
    lines = row.rows("text", 100)
    if not all(isinstance(line, str) and len(line) <= LINE_LETTERS for line in lines):
        row.not_read("text")
    row.stamp("agreed_at")
    row.day("ends_on")
    row.flag("nameless")
    for name, longest in (("language", 8), ("version", 40), ("signed_name", NAME_LETTERS)):
        row.text(name, longest)
    return {**row.held, "children": check_names(row), "reader": check_reader(row)}


def check_shared(row: Row) -> dict[str, Any]:
    return {"row": row, "shared_at": row.stamp("shared_at"), "moment": row.name_of("moment")}


def check_visit(row: Row) -> dict[str, Any]:
    return {
        "held_at": row.stamp("held_at", optional=True),
        "planned_on": row.day("planned_on", optional=True),
        "ask": row.text("ask", ASK_LETTERS),
    }


def check_note(row: Row) -> dict[str, Any]:
    values = {
        "row": row,
        "written_at": row.stamp("written_at"),
        "by": row.choice("by", ("me", "reader")),
        "moment": row.name_of("moment", optional=True),
        "monday": row.day("week", optional=True),
        "text": row.text("text", NOTE_LETTERS),
    }
    if values["moment"] and values["monday"]:
        row.wrong(_("A note is on a moment or on a week, not on both."))
    return values


def check_reading(row: Row) -> dict[str, Any]:
    return {
        "opened_at": row.stamp("opened_at"),
        "opened": row.choice("opened", Opened.values),
        "of_moment": row.name_of("moment", optional=True),
        "monday": row.day("week", optional=True),
    }
