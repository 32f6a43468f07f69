"""A child: a name or nickname, and the month of birth."""

from datetime import date
from typing import Any
from uuid import uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.forms.fields import MonthField, WordsField
from journal.models import Child, Moment
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
        if Moment.objects.editable_by(self.child.parent).filter(child=self.child.pk, happened_on__lt=month).exists():
            raise ValidationError(_("You wrote about a day before that month. Check the month."), code="written")
        return month

    def add(self) -> None:
        """Write down a new child: once, however often it is sent. Other words from the same page are another child."""
        if not self.save() and not self.is_there():
            other = uuid5(self.child.pk, f"{self.child.name} {self.child.birth_month}")
            self.child = Child(pk=other, parent=self.child.parent)
            self.save()

    def is_there(self) -> bool:
        kept = Child.objects.editable_by(self.child.parent).filter(pk=self.child.pk).first()
        return kept is not None and (kept.name, kept.birth_month) == (self.child.name, self.child.birth_month)

    def save(self) -> bool:
        """Write it down; False when the child was deleted meanwhile, and stays so."""
        is_new = self.child.created_at is None
        self.child.name = self.cleaned_data["name"]
        self.child.birth_month = self.cleaned_data["birth_month"]
        try:
            with transaction.atomic():
                self.child.save(force_insert=is_new, force_update=not is_new)
        except DatabaseError:
            return False
        return True
