"""The day of the visit to come."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.forms.fields import NativeInput


class VisitDayForm(forms.Form):
    planned_on = forms.DateField(
        label=_("Day of the next visit"),
        help_text=_("Leave it empty if there is no date yet."),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=NativeInput("date", r"\d{4}-\d{2}-\d{2}"),
        error_messages={"invalid": _("We can't read that date. Write it like 2026-03-09.")},
    )

    def clean_planned_on(self) -> date | None:
        day: date | None = self.cleaned_data["planned_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("That day has passed. Pick today or a later day."), code="past")
        return day
