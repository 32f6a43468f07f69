"""A few words to the other side of a share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.forms.fields import WordsField
from journal.models.notes import NOTE_LETTERS


class NoteForm(forms.Form):
    text = WordsField(
        label=_("A short message"),
        max_length=NOTE_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write a few words first."),
            "max_length": _("That is too long. 280 letters fit."),
        },
    )
