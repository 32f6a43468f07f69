"""Who may read: of one moment, of a new one, of a week; and a few words to them."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from journal.forms.fields import WordsField
from journal.models import Child, Moment, Note, Share
from journal.models.notes import NOTE_LETTERS
from journal.weeks import EARLIEST_DAY

NOT_LISTED = gettext_lazy("Pick from the list. It changed since you opened this page.")


class SharesField(forms.MultipleChoiceField):
    """Readers to tick; none is "Just me"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        label = gettext_lazy("Who can read this")
        errors = {"invalid_choice": NOT_LISTED}
        super().__init__(label=label, required=False, error_messages=errors, **kwargs)

    def offer(self, shares: Sequence[Share]) -> None:
        self.shares = {str(share.pk): share for share in shares}
        can_read = gettext_lazy("{name} can read it")
        self.choices = [(pk, format_lazy(can_read, name=share.reader_name)) for pk, share in self.shares.items()]

    def clean(self, value: Any) -> list[Share]:
        return [self.shares[pk] for pk in super().clean(value)]


def refuse_uncovered(shares: Sequence[Share], child: Child | None, parent: User) -> None:
    """Raises ValidationError for a reader who reads of other children."""
    for share in shares:
        if not share.covers(child.pk if child else None):
            names = [one.name for one in share.children.visible_to(parent)]
            about = ", ".join(names) if names else _("no child named")
            raise ValidationError(
                _("%(name)s reads moments about %(children)s. Pick another reader, or Just me."),
                code="uncovered",
                params={"name": share.reader_name, "children": about},
            )


class RepairsTooField(forms.ChoiceField):
    """For a missed cue that was come back to."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Share the coming back too?"),
            choices=[("yes", gettext_lazy("Yes, both")), ("no", gettext_lazy("No, not now"))],
            initial="yes",
            required=False,
            error_messages={"invalid_choice": NOT_LISTED},
            **kwargs,
        )


class SharingForm(forms.Form):
    """Who can read one moment."""

    shares = SharesField()
    repairs_too = RepairsTooField()

    def __init__(self, data: Any = None, *, shares: Sequence[Share], moment: Moment, ask_too: bool) -> None:
        self.moment = moment
        super().__init__(data, initial={"shares": [str(share.pk) for share in moment.readers]})
        self.fields["shares"].offer(shares)  # type: ignore[attr-defined]
        if not ask_too:
            del self.fields["repairs_too"]

    def clean_shares(self) -> list[Share]:
        shares: list[Share] = self.cleaned_data["shares"]
        refuse_uncovered(shares, self.moment.child, self.moment.author)
        return shares

    @property
    def kept(self) -> list[Share]:
        """Chosen now, and before."""
        return [share for share in self.cleaned_data["shares"] if share in self.moment.readers]

    @property
    def added(self) -> list[Share]:
        return [share for share in self.cleaned_data["shares"] if share not in self.moment.readers]

    @property
    def shares_repairs(self) -> bool:
        return self.cleaned_data.get("repairs_too") == "yes"


class WeekSharingForm(forms.Form):
    """Which moments of a week one reader can read."""

    share = forms.CharField(widget=forms.HiddenInput, required=False)
    moments = forms.MultipleChoiceField(
        label=gettext_lazy("Moments to share"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    repairs_too = RepairsTooField()

    def __init__(self, data: Any = None, *, share: Share, listed: Collection[Moment]) -> None:
        self.listed = {str(moment.pk): moment for moment in listed}
        self.ticked = {pk for pk, moment in self.listed.items() if share in moment.readers}
        super().__init__(data, initial={"share": str(share.pk), "moments": sorted(self.ticked)})
        self.fields["moments"].choices = [(pk, pk) for pk in self.listed]  # type: ignore[attr-defined]
        if not any(self.repairs_elsewhere(moment) for moment in listed):
            del self.fields["repairs_too"]

    def repairs_elsewhere(self, moment: Moment) -> list[Moment]:
        """What mends it and stands in another week."""
        return [one for one in moment.coming_back if str(one.pk) not in self.listed and not one.felt_unsafe]

    def rows(self) -> list[tuple[Any, Moment]]:
        """Each box with its moment."""
        return list(zip(self["moments"], self.listed.values(), strict=True))

    @property
    def repairs(self) -> list[Moment]:
        """What comes along: the coming back, in another week, to cues that are ticked now and were not before."""
        if self.cleaned_data.get("repairs_too") != "yes":
            return []
        added = set(self.cleaned_data["moments"]) - self.ticked
        return [repair for pk in added for repair in self.repairs_elsewhere(self.listed[pk])]


class NoteToReaderForm(forms.Form):
    """A few words to a reader: on a moment, on a week, or for the visit."""

    text = WordsField(
        label=gettext_lazy("Your note"),
        max_length=NOTE_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": None}),
        error_messages={
            "required": gettext_lazy("Write a few words first."),
            "max_length": gettext_lazy("That is too long. 280 letters fit."),
        },
    )
    moment = forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages={"invalid": NOT_LISTED})
    monday = forms.DateField(required=False, widget=forms.HiddenInput, error_messages={"invalid": NOT_LISTED})

    def __init__(self, data: Any = None, *, share: Share, author: User, initial: dict[str, Any] | None = None) -> None:
        self.share, self.author = share, author
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        moment, monday = values.get("moment"), values.get("monday")
        readable = self.share.moments.visible_to(self.author)
        if moment and not readable.among([moment]).exists():
            raise ValidationError(_("%(name)s can't read that moment now.") % {"name": self.share.reader_name})
        if monday and (moment or monday.weekday() or monday < EARLIEST_DAY):
            raise ValidationError(NOT_LISTED)
        return values

    def keep(self) -> Note:
        values = self.cleaned_data
        note = Note(share=self.share, parent=self.share.parent, author=self.author, text=values["text"])
        note.moment_id, note.monday = values["moment"], values["monday"]
        note.save(force_insert=True)
        return note
