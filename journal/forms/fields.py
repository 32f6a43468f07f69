"""Fields that more than one form needs."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import Storable
from accounts.text import with_plain_lines


class WordsField(Storable, forms.CharField):
    """Text as a person typed it, line breaks made one kind, and nothing in it that a database refuses."""

    default_error_messages = {"max_length": _("That is longer than fits here. %(limit_value)s letters fit.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Written from right to left where its letters are."""
        return super().widget_attrs(widget) | {"dir": "auto"}

    def to_python(self, value: Any) -> str:
        return with_plain_lines(super().to_python(value) or "")


class NameField(WordsField):
    """A name. It stands inside the words a parent says yes to, so it can't be a sentence of its own."""

    SENTENCE = re.compile(r"[*\n!?;:<>]|\w{4,}\.\s")
    # Titles and words of an agency's name that are written short, though with four letters or more.
    SHORT = re.compile(
        r"\b(?:Assn|Assoc|Asst|Dept|Inst|Messrs|Natl|Prof|Univ"
        r"|Srta|Srtas|Sres|Sras|Dras|Dres|Profa|Profs|Licdo|Licda|Ldos|Ldas|Mtro|Mtra|Psic|Hnos|Hnas|Depto|Dpto|Asoc)"
        r"\.(?=\s)",
        re.IGNORECASE,
    )

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.SENTENCE.search(self.SHORT.sub("", value)):
            raise ValidationError(_("Write a name, without a sentence or signs."), code="no_name")


class NativeInput(forms.TextInput):
    """The browser's own control for what it can show; plain text for anything else, so that nothing typed vanishes."""

    def __init__(self, kind: str, pattern: str) -> None:
        self.shows = re.compile(pattern, re.ASCII)
        super().__init__(attrs={"type": kind})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not self.shows.fullmatch(shown):
            context["widget"]["type"] = "text"
        return context


class MonthField(Storable, forms.CharField):
    """A month as `YYYY-MM`; its first day."""

    widget = NativeInput("month", r"\d{4}-(0[1-9]|1[0-2])")
    default_error_messages = {"invalid": _("We can't read that month. Write it like 2026-03.")}

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        match = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", typed, re.ASCII)
        try:
            return date(int(match[1]), int(match[2]), 1) if match else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> date:
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Y-%m") if isinstance(value, date) else value
