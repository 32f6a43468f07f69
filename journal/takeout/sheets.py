"""The tables: CSV that a spreadsheet opens, in which nothing that was written can be a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.formulas import escape

# Tells Excel that the letters are UTF-8.
BYTE_ORDER_MARK = "\ufeff"

# Each table: its columns, and what each is called.
ACCOUNT = {
    "email": _("e-mail"),
    "language": _("language"),
    "time_zone": _("time zone"),
    "shows_counts": _("counts line"),
}
CHILDREN = {"id": _("id"), "name": _("name"), "birth_month": _("month of birth"), "added_at": _("added")}
MOMENTS = {
    "id": _("id"),
    "day": _("day"),
    "happened_at": _("time (UTC)"),
    "time_zone": _("time zone"),
    "kind": pgettext_lazy("column", "kind"),
    "child": _("child"),
    "text": _("words"),
    "cue": pgettext_lazy("column", "cue"),
    "did": pgettext_lazy("column", "what you did"),
    "feeling": pgettext_lazy("column", "how you felt"),
    "felt_unsafe": _("felt scary or unsafe"),
    "starred": _("starred"),
    "question": _("question"),
    "mends": _("id of the cue it came back to"),
    "written_at": _("written"),
    "changed_at": _("changed"),
}
DRAFTS = {
    "id": _("id"),
    "moment": _("id of the moment it changes"),
    "begun_at": _("begun"),
    "typed_at": _("typed"),
    "typed": _("words"),
}
SHARES = {
    "id": _("id"),
    "invited_name": _("you called them"),
    "reader": _("reader and program"),
    "invited_at": _("invited"),
    "asked_at": _("asked"),
    "agreed_at": _("you said yes"),
    "ends_on": _("last day"),
    "ended_at": _("ended"),
    "children": _("children"),
    "with_no_child_named": _("with moments about no child"),
}
OF_SHARE = {
    "consents": {
        "share": _("id of the share"),
        "agreed_at": _("you said yes"),
        "signed_name": _("signed as"),
        "ends_on": _("last day"),
        "version": _("version of the text"),
        "language": _("language"),
        "text": _("the text you read"),
    },
    "shared": {"share": _("id of the share"), "moment": _("id of the moment"), "shared_at": _("shared")},
    "visits": {
        "share": _("id of the share"),
        "planned_on": _("day"),
        "held_at": _("held"),
        "ask": _("what you want to talk about"),
    },
    "notes": {
        "share": _("id of the share"),
        "written_at": _("written"),
        "by": _("by"),
        "moment": _("id of the moment"),
        "week": _("week of"),
        "text": _("words"),
    },
    "readings": {
        "share": _("id of the share"),
        "opened_at": _("opened at"),
        "opened": _("what was opened"),
        "moment": _("id of the moment"),
        "week": _("week of"),
    },
}


def cell(value: Any) -> str:
    """As text; what could be a formula gets a mark before it that makes it text."""
    if isinstance(value, dict):
        value = " · ".join(str(part) for part in value.values() if part)
    elif isinstance(value, list):
        value = "\n".join(str(part) for part in value)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return escape(text)


def lines(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> str:
    """CSV as RFC 4180 has it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    columns = list(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue()


def head(columns: dict[str, Any]) -> str:
    return BYTE_ORDER_MARK + lines(columns, [{name: str(label) for name, label in columns.items()}])


def moment_lines(rows: Iterable[dict[str, Any]]) -> str:
    told = ({**row, "question": row["question"] and row["question"]["text"]} for row in rows)
    return lines(MOMENTS, told)
