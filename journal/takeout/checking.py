"""What a file says, checked row by row and against itself. Nothing is looked up: it is the same for everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.zones import zone_names
from journal.choices import LABELS
from journal.models import Kind
from journal.takeout import rows
from journal.takeout.checking_shares import HANGING, check_share
from journal.takeout.values import Problems, Row

CHILDREN_AT_MOST, MOMENTS_AT_MOST, SHARES_AT_MOST = 100, 20_000, 500
# What hangs on all shares together: bringing it in holds the lock that SQLite has for all who write.
HANGING_AT_MOST = 20_000
TOP = ("format", "version", "settings", "children", "moments", "shares")
SETTINGS = ("language", "time_zone", "shows_counts")
CHILD = ("id", "name", "birth_month", "added_at")
MOMENT = (
    *("id", "kind", "happened_at", "day", "time_zone", "child", "mends", "starred", "question", "text", "cue", "did"),
    *("feeling", "felt_unsafe", "written_at", "changed_at"),
)
CHIP = re.compile(r"[a-z0-9-]{0,40}", re.ASCII)
TEXT_LETTERS, NAME_LETTERS, QUESTION_LETTERS = 10_000, 60, 400


@dataclass
class Told:
    """The file as values, by the ids it uses. Only good as long as there is no problem."""

    settings: dict[str, Any] = field(default_factory=dict)
    children: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    moments: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    shares: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def check(value: dict[str, Any]) -> Told:
    told = Told()
    if value.get("version") != rows.VERSION:
        told.problems.add(_("The file"), _("It was made by another version of this journal, which we can't read."))
        return told
    whole = Row(value, _("The file"), TOP, told.problems)
    told.settings = check_settings(Row(value.get("settings"), _("Settings"), SETTINGS, told.problems))
    for row in each(whole, "children", CHILDREN_AT_MOST, _("Child %(number)d"), CHILD):
        keep(told.children, row, check_child(row))
    for row in each(whole, "moments", MOMENTS_AT_MOST, _("Moment %(number)d"), MOMENT):
        keep(told.moments, row, check_moment(row))
    for moment in told.moments.values():
        check_ties(moment, told)
    for number, share in enumerate(whole.rows("shares", SHARES_AT_MOST), 1):
        found = check_share(share, _("Reader %(number)d") % {"number": number}, told.problems)
        keep(told.shares, found["row"], found)
        check_named(found, told)
    if sum(len(share[name]) for share in told.shares.values() for name in HANGING) > HANGING_AT_MOST:
        whole.not_read("shares")
    return told


def check_named(share: dict[str, Any], told: Told) -> None:
    """What a share speaks of is in the file. Pages that were opened, and what was agreed to, outlive what they name."""
    if not told.children.keys() >= set(share["children"]):
        share["row"].wrong(_("It is about a child that is not in the file."))
    for one in (*share["moments"], *share["notes"]):
        if one["moment"] and one["moment"] not in told.moments:
            one["row"].wrong(_("It speaks of a moment that is not in the file."))


def each(whole: Row, name: str, most: int, place: str, names: tuple[str, ...]) -> Iterator[Row]:
    for number, value in enumerate(whole.rows(name, most), 1):
        yield Row(value, place % {"number": number}, names, whole.problems)


def keep(kept: dict[UUID, dict[str, Any]], row: Row, values: dict[str, Any]) -> None:
    if values["id"] in kept:
        row.wrong(_("The same id stands twice in the file."))
    elif values["id"] is not None:
        kept[values["id"]] = values


def check_settings(row: Row) -> dict[str, Any]:
    return {
        "language": row.choice("language", [code for code, _name in settings.LANGUAGES]),
        "time_zone": row.choice("time_zone", zone_names()),
        "shows_counts": row.flag("shows_counts"),
    }


def check_child(row: Row) -> dict[str, Any]:
    values = {
        "id": row.name_of("id"),
        "name": row.text("name", NAME_LETTERS),
        "birth_month": row.month("birth_month"),
        "created_at": row.stamp("added_at"),
    }
    if not str(values["name"]).strip():
        row.not_read("name")
    return values


def check_moment(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {
        "row": row,
        "id": row.name_of("id"),
        "kind": row.choice("kind", Kind.values),
        "happened_at": row.stamp("happened_at"),
        "happened_on": row.day("day"),
        "time_zone": row.choice("time_zone", zone_names()),
        "child": row.name_of("child", optional=True),
        "mends": row.name_of("mends", optional=True),
        "starred": row.flag("starred"),
        "created_at": row.stamp("written_at"),
        "edited_at": row.stamp("changed_at"),
        "content": {"text": row.text("text", TEXT_LETTERS)},
        "question": check_question(row),
    }
    for name in LABELS:
        values["content"][name] = row.text(name, 40)
        if not CHIP.fullmatch(values["content"][name]):
            row.not_read(name)
    values["content"]["felt_unsafe"] = row.flag("felt_unsafe")
    check_day(row, values)
    return values


def check_day(row: Row, values: dict[str, Any]) -> None:
    """The day fits the time and the zone; the rules of a zone may have changed since, by a day at most."""
    if values["happened_at"] and values["happened_on"] and values["time_zone"] in zone_names():
        local = values["happened_at"].astimezone(ZoneInfo(values["time_zone"])).date()
        if abs(local - values["happened_on"]) > timedelta(days=1):
            row.wrong(_("The day does not fit the time."))


def check_question(row: Row) -> dict[str, Any] | None:
    if row.held.get("question") is None:
        return None
    asked = Row(row.held["question"], row.place, rows.QUESTION, row.problems)
    return {
        "prompt": asked.text("prompt", 50),
        "language": asked.text("language", 8),
        "version": asked.number("version", 32_767),
        "text": asked.text("text", QUESTION_LETTERS),
    }


def check_ties(moment: dict[str, Any], told: Told) -> None:
    """The child it is about and the cue it mends are in the file, and fit."""
    row: Row = moment["row"]
    child = told.children.get(moment["child"]) if moment["child"] else None
    if moment["child"] and child is None:
        row.wrong(_("It is about a child that is not in the file."))
    day = moment["happened_on"]
    if child and child["birth_month"] and day and day < child["birth_month"]:
        row.wrong(_("Its day is before the month of birth."))
    if moment["mends"] is None:
        return
    missed = told.moments.get(moment["mends"])
    if missed is None:
        row.wrong(_("It comes back to a moment that is not in the file."))
    elif not mends(moment, missed):
        row.wrong(_("It can't come back to that moment."))


def mends(repair: dict[str, Any], missed: dict[str, Any]) -> bool:
    """A repair comes back to a missed cue of the same child, and not before its day."""
    if (repair["kind"], missed["kind"]) != (Kind.REPAIR, Kind.MISSED) or repair["child"] != missed["child"]:
        return False
    days = (missed["happened_on"], repair["happened_on"])
    return None in days or days[0] <= days[1]
