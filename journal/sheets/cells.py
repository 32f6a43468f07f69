"""Cells of the sheet: what each column takes, and what it says of anything else."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from accounts.text import with_plain_lines
from journal.ages import OLDEST
from journal.formulas import escape
from journal.plain_text import validate_plain

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")


class TextCell(Widget):
    """Plain words; in a file, no formula."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = with_plain_lines(str(value or "")).strip()
        try:
            validate_plain(text)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return escape(with_plain_lines(str(value or "")))


class SlugCell(TextCell):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        if not SLUG.fullmatch(text):
            raise ValueError(_("Write a name of letters, digits and hyphens, 50 at most."))
        return text


class AgeCell(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = str(value or "").strip() or "0"
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > OLDEST:
            raise ValueError(_("Write months as a whole number from 0 to 60."))
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return str(value)


class ChoiceCell(TextCell):
    """One of a list of words; `choices` leads from the word to what is kept."""

    def __init__(self, choices: Mapping[str, Any]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        if text not in self.choices:
            known = ", ".join(list(self.choices)[:30])
            raise ValueError(_("“%(word)s” is none of: %(known)s.") % {"word": text[:40], "known": known})
        return self.choices[text]


class DayCell(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = str(value or "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise ValueError(_("Write a day like 2026-03-31, or leave it empty.")) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value.isoformat() if value else ""
