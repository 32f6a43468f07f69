"""The visit to come: its day, which either side sets, and what the parent would like to talk about."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.forms.fields import NativeInput, WordsField
from journal.models import Share, Visit

ASK_LETTERS = 500


class VisitDayForm(forms.Form):
    planned_on = forms.DateField(
        label=_("Day of the next visit"),
        help_text=_("Leave it empty if there is no date yet."),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=NativeInput("date", r"\d{4}-\d{2}-\d{2}"),
        error_messages={"invalid": _("We can't read that date. Write it like 2026-03-09.")},
    )

    def __init__(self, data: Any = None, *, planned_on: date | None, **kwargs: Any) -> None:
        """`planned_on` is the day as it stands."""
        self.stands = planned_on
        super().__init__(data, **{"initial": {"planned_on": planned_on}, **kwargs})

    def clean_planned_on(self) -> date | None:
        """A day that has come meanwhile may stay."""
        day: date | None = self.cleaned_data["planned_on"]
        if day and day < timezone.localdate() and day != self.stands:
            raise ValidationError(_("That day has passed. Pick today or a later day."), code="past")
        return day


class ShareVisitForm(VisitDayForm):
    ask = WordsField(
        label=_("For our visit, I'd like to talk about"),
        max_length=ASK_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("ask", "planned_on")

    def __init__(self, data: Any = None, *, share: Share, visit: Visit | None) -> None:
        self.share = share
        day, ask = (visit.planned_on, visit.ask) if visit else (None, "")
        super().__init__(data, planned_on=day, initial={"ask": ask, "planned_on": day})

    def keep(self) -> None:
        with transaction.atomic():
            visit = Visit.objects.visible_to(self.share.parent).plan(self.share)
            visit.plan_for(self.cleaned_data["planned_on"])
            visit.ask_for(self.cleaned_data["ask"])
