"""A parent's yes: for which children, until when, signed."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.clock import SAME_TAP
from journal.consent import Consent, write_consent
from journal.forms.fields import NameField, NativeInput
from journal.models import Child, ProgramText, Share

USUAL_DAYS = 90
MOST_DAYS = 365
NO_CHILD = "none"


class AgreeForm(forms.Form):
    """`text_version` is of the words on the page, so that nobody says yes to others."""

    text_version = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    children = forms.MultipleChoiceField(
        label=_("Which moments may be shared?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick one or more."), "invalid_choice": _("Pick from these.")},
    )
    ends_on = forms.DateField(
        label=_("Share until"),
        help_text=_("The last day. A year at most."),
        input_formats=["%Y-%m-%d"],
        widget=NativeInput("date", r"\d{4}-\d{2}-\d{2}"),
        error_messages={
            "required": _("Pick the last day."),
            "invalid": _("We can't read that date. Write it like 2026-03-09."),
        },
    )
    signed_name = NameField(
        label=_("Your name"),
        help_text=_("Type it as you would sign it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )

    def __init__(self, data: Any = None, *, share: Share, parent: User, children: list[Child]) -> None:
        self.share, self.parent = share, parent
        self.today = timezone.localdate()
        self.family = {str(child.pk): child for child in children}
        self.has_new_words = False
        super().__init__(data, initial={"children": self._chosen_before(), "ends_on": self._usual_day()})
        named = [(pk, child.name) for pk, child in self.family.items()]
        choices = cast(forms.MultipleChoiceField, self.fields["children"])
        choices.choices = [*named, (NO_CHILD, _("Moments with no child named"))]
        self.initial["text_version"] = self.consent(self._usual_day()).version

    def _usual_day(self) -> date:
        return self.today + timedelta(days=USUAL_DAYS)

    def _chosen_before(self) -> list[str]:
        before = self.share.consent
        chosen = [pk for pk in before.get("children", []) if pk in self.family]
        return [*chosen, NO_CHILD] if before.get("nameless") or not self.family else chosen

    def consent(self, until: date) -> Consent:
        said = ProgramText.objects.current()
        return write_consent(
            reader=self.share.reader_name,
            program=str(self.share.asked.get("program", "")),
            until=date_format(until, "DATE_FORMAT"),
            program_text=said.text if said else "",
            program_version=said.version if said else 0,
        )

    @property
    def shown(self) -> Consent:
        """The words of this page, with the day that was typed."""
        typed = getattr(self, "cleaned_data", {}).get("ends_on")
        return self.consent(typed or self._usual_day())

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.today:
            raise ValidationError(_("That day has passed. Pick today or a later day."), code="past")
        if day > self.today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("That is more than a year. Pick an earlier day."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        current = self.consent(self._usual_day()).version
        if cleaned.get("text_version") not in ("", None, current):
            # The page that comes back shows the new words, and names them.
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a request's data
            self.data["text_version"] = current  # type: ignore[index]
            raise ValidationError(_("The words changed. Please read them again."), code="words")
        return cleaned

    def keep(self) -> None:
        """Say yes; the same yes sent twice counts once. Raises ValueError when there is nothing to agree to."""
        chosen = self.cleaned_data["children"]
        with transaction.atomic():
            share = Share.objects.editable_by(self.parent).select_for_update(of=("self",)).get(pk=self.share.pk)
            yes = {
                "children": [self.family[pk] for pk in chosen if pk != NO_CHILD],
                "nameless": NO_CHILD in chosen,
                "ends_on": self.cleaned_data["ends_on"],
                "signed_name": self.cleaned_data["signed_name"],
                "shown": self.shown.as_shown(),
            }
            if not is_said(share, **yes):
                share.agree(**yes)


def is_said(
    share: Share, *, children: list[Child], nameless: bool, ends_on: date, signed_name: str, shown: dict[str, Any]
) -> bool:
    """Whether the yes in force is this very one, of the last minute."""
    said = share.consent
    if not said or not share.is_live:
        return False
    same = {
        **shown,
        "children": sorted(str(child.pk) for child in children),
        "nameless": nameless,
        "ends_on": ends_on.isoformat(),
        "signed_name": signed_name,
    }
    at = parse_datetime(said["agreed_at"])
    is_new = at is not None and timezone.now() - at < SAME_TAP
    return is_new and all(said.get(name) == value for name, value in same.items())
