"""Fields that more than one form needs."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import Storable


class WordsField(Storable, forms.CharField):
    """Text as a person typed it, line breaks made one kind, and nothing in it that a database refuses."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class MonthField(Storable, forms.CharField):
    """A month as `YYYY-MM`; its first day."""

    widget = forms.TextInput(attrs={"type": "month"})
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
