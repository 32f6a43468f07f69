"""A child: a name or nickname, and the month of birth."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.forms.fields import MonthField, WordsField
from journal.models import Child
from journal.weeks import EARLIEST_DAY


class ChildForm(forms.Form):
    name = WordsField(
        label=_("Name or nickname"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write a name. A nickname is fine.")},
    )
    birth_month = MonthField(
        label=_("Month and year of birth"),
        help_text=_("It helps us pick questions that fit. We don't ask for the day."),
        error_messages={"required": _("Pick the month and year.")},
    )

    def __init__(self, data: Any = None, *, child: Child) -> None:
        self.child = child
        super().__init__(data, initial={"name": child.name, "birth_month": child.birth_month})

    def clean_birth_month(self) -> date:
        month: date = self.cleaned_data["birth_month"]
        if month > timezone.localdate():
            raise ValidationError(_("That month has not come yet. Check the year."), code="future")
        if month < EARLIEST_DAY:
            raise ValidationError(_("That is a long time ago. Check the year."), code="past")
        return month

    def save(self) -> Child:
        self.child.name = self.cleaned_data["name"]
        self.child.birth_month = self.cleaned_data["birth_month"]
        self.child.save()
        return self.child
