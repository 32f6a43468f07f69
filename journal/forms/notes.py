"""A few words to the other side of a share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.forms.choosing import NOT_LISTED
from journal.forms.fields import WordsField
from journal.models import Note, Share
from journal.models.notes import NOTE_LETTERS
from journal.weeks import EARLIEST_DAY


class NoteForm(forms.Form):
    """Of a reader to a parent."""

    text = WordsField(
        label=_("A short message"),
        max_length=NOTE_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write a few words first."),
            "max_length": _("That is too long. 280 letters fit."),
        },
    )


class NoteToReaderForm(NoteForm):
    """Of a parent to a reader: on a moment, on a week, or for the visit."""

    moment = forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages={"invalid": NOT_LISTED})
    monday = forms.DateField(required=False, widget=forms.HiddenInput, error_messages={"invalid": NOT_LISTED})

    def __init__(self, data: Any = None, *, share: Share, author: User) -> None:
        self.share, self.author = share, author
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        moment, monday = values.get("moment"), values.get("monday")
        readable = self.share.moments.visible_to(self.author)
        if moment and not readable.among([moment]).exists():
            raise ValidationError(gettext("%(name)s can't read that moment now.") % {"name": self.share.reader_name})
        if monday and (moment or monday.weekday() or not EARLIEST_DAY <= monday <= timezone.localdate()):
            raise ValidationError(NOT_LISTED)
        if monday and monday not in readable.mondays():
            words = gettext("%(name)s can't read anything of that week now.")
            raise ValidationError(words % {"name": self.share.reader_name})
        return values

    def keep(self) -> Note:
        values = self.cleaned_data
        notes = Note.objects.visible_to(self.author)
        return notes.write(self.share, self.author, values["text"], moment=values["moment"], monday=values["monday"])
