"""The form of a moment: only the kind and the date are needed, and the date is now unless it is said."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal import choices, clock
from journal.forms.coming_back import MissedField
from journal.forms.fields import NativeInput, WordsField
from journal.models import Child, Kind, Moment, PromptText
from journal.weeks import EARLIEST_DAY

SHOWN_TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"
AHEAD_AT_MOST = timedelta(hours=14)
# A radio button cannot be put back, so each list ends with a way out; it is shown once one is chosen.
SKIP = ("", _("Skip this"))
FROM_THE_LIST = _("Pick one from the list.")

WHEN = [
    ("now", _("Just now")),
    ("earlier", _("Earlier today")),
    ("last_night", _("Last night")),
    ("other", _("Another time")),
]


def chip_field(label: Any, options: list[tuple[str, Any]]) -> forms.ChoiceField:
    """One choice at most; none is fine. Choices are functions: a list would be copied, deeply, for each form."""
    return forms.ChoiceField(
        label=label,
        choices=lambda: [*options, SKIP],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": FROM_THE_LIST},
    )


class MomentForm(forms.Form):
    """What every moment's form asks. `moment` is the saved one when it is edited."""

    kind = forms.ChoiceField(choices=lambda: Kind.choices, widget=forms.HiddenInput)
    prompt = forms.ModelChoiceField(PromptText.objects.none(), required=False, widget=forms.HiddenInput)
    text = WordsField(
        label=_("Your words"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("That is longer than we can keep here. 10,000 letters fit.")},
    )
    child = chip_field(_("Which child"), [])
    when = forms.ChoiceField(
        label=_("When"), choices=lambda: WHEN, initial="now", required=False, widget=forms.RadioSelect
    )
    happened_at = WordsField(label=_("Day and time"), required=False, widget=NativeInput("datetime-local", SHOWN_TIME))
    repairs = MissedField(label=_("What I came back to"), required=False, error_messages={"invalid": FROM_THE_LIST})
    cue = chip_field(_("What I saw"), choices.CUES)
    did = chip_field(_("What I did"), choices.DID)
    feeling = chip_field(_("How I felt"), choices.FEELINGS)
    felt_unsafe = forms.BooleanField(
        label=_("This felt scary or unsafe"),
        help_text=_("Marking it makes it “Just me”, and shows you who you can talk to."),
        required=False,
    )
    starred = forms.BooleanField(label=_("Keep this one with a star"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        author: User,
        children: Sequence[Child],
        moment: Moment | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.author = author
        self.children = {str(child.pk): child for child in children}
        self.moment = moment
        self.zone = ZoneInfo(moment.time_zone) if moment else author.zone
        self.now = timezone.now()
        super().__init__(data, initial=initial)
        if self.is_bound:
            asked = PromptText.objects.answerable_by(author, answered=moment.prompt_text_id if moment else None)
            self.fields["prompt"].queryset = asked  # type: ignore[attr-defined]
        self.fields["did"].choices = [*choices.did_choices(self["kind"].value()), SKIP]  # type: ignore[attr-defined]
        names = [(pk, child.name) for pk, child in self.children.items()]
        self.fields["child"].choices = [*names, ("", _("No child named"))]  # type: ignore[attr-defined]

    def offer_missed(self, listed: Sequence[Moment]) -> None:
        """Fill the list of missed cues to come back to."""
        field: MissedField = self.fields["repairs"]  # type: ignore[assignment]
        field.offer([missed for missed in listed if missed != self.moment], self.children, self["child"].value())

    @property
    def came_back_to(self) -> UUID | None:
        """The missed cue that is chosen on the page, whether it is there or not."""
        field: MissedField = self.fields["repairs"]  # type: ignore[assignment]
        return field.chosen(self["repairs"].value())

    @property
    def now_here(self) -> str:
        """The clock of the form's zone, for the quick choices."""
        return clock.format_local(self.now, self.zone)

    # What was typed, field by field

    def clean_child(self) -> Child | None:
        return self.children.get(self.cleaned_data["child"])

    def clean_happened_at(self) -> datetime:
        typed, when = self.cleaned_data["happened_at"], self.cleaned_data.get("when")
        if self.moment and typed == clock.format_local(self.moment.happened_at, self.zone):
            return self.moment.happened_at
        if not typed and when == "other":
            raise ValidationError(_("Pick the day and the time, or tap “Just now”."), code="required")
        if not typed:
            return clock.quick_choice(when or "", self.now, self.zone)
        try:
            moment_at = clock.parse_local(typed, self.zone)
        except ValueError as error:
            raise ValidationError(
                _("We can't read that day and time. Write it like 2026-03-04 15:30."), code="invalid"
            ) from error
        if moment_at > self.now + AHEAD_AT_MOST:
            raise ValidationError(_("That time has not come yet. Pick an earlier one."), code="future")
        if moment_at.astimezone(self.zone).date() < EARLIEST_DAY:
            raise ValidationError(_("That is a long time ago. Check the year."), code="past")
        return moment_at

    def clean_repairs(self) -> Moment | None:
        """The missed cue, locked: it keeps its kind, child and date until this is saved."""
        pk = self.cleaned_data["repairs"]
        if not pk or self.cleaned_data.get("kind") != Kind.REPAIR:
            return None
        missed = Moment.objects.editable_by(self.author).missed().select_for_update(of=("self",)).filter(pk=pk).first()
        if missed is None or missed == self.moment:
            raise ValidationError(_("That cue is not in your journal any more. Pick another, or none."), code="gone")
        return missed

    # Rules that hold between fields

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "happened_at" in values and "child" in values:
            child, day = values["child"], self.local_day(values["happened_at"])
            kind, missed = values.get("kind"), values.get("repairs")
            self.check_birth(child, day)
            self.check_repair(missed, child, day)
            self.check_mended(kind, child, day)
        return values

    def local_day(self, moment_at: datetime) -> date:
        return moment_at.astimezone(self.zone).date()

    def check_birth(self, child: Child | None, day: date) -> None:
        if child and day < child.birth_month:
            self.add_error("happened_at", _("That is before the month of birth. Check the day, or the child."))

    def check_repair(self, missed: Moment | None, child: Child | None, day: date) -> None:
        if missed and missed.child_id != (child.pk if child else None):
            self.add_error("repairs", _("That cue is about another child. Pick one that fits."))
        if missed and day < missed.happened_on:
            self.add_error("happened_at", _("This is before the cue you came back to. Check the day."))

    def check_mended(self, kind: str | None, child: Child | None, day: date) -> None:
        """A missed cue that was come back to keeps its kind and child, and stays before what mends it."""
        if not self.moment or not self.moment.coming_back:
            return
        tied = _("You came back to this cue, and the two are tied. Open the coming back and untie it first.")
        if kind != self.moment.kind:
            self.add_error("kind", tied)
        if (child.pk if child else None) != self.moment.child_id:
            self.add_error("child", tied)
        if day > min(repair.happened_on for repair in self.moment.coming_back):
            self.add_error("happened_at", _("This is after the day you came back to it. Check the day."))

    # What is kept

    def values(self) -> dict[str, Any]:
        """The moment's own fields, from what was typed."""
        cleaned = self.cleaned_data
        return {
            "kind": cleaned["kind"],
            "child_id": cleaned["child"] and cleaned["child"].pk,
            "happened_at": cleaned["happened_at"],
            "happened_on": self.local_day(cleaned["happened_at"]),
            "time_zone": self.zone.key,
            "repairs_id": cleaned["repairs"] and cleaned["repairs"].pk,
            "starred": cleaned["starred"],
            "prompt_text_id": cleaned["prompt"] and cleaned["prompt"].pk,
            "content": {name: cleaned[name] for name in ("text", "cue", "did", "feeling", "felt_unsafe")},
        }
