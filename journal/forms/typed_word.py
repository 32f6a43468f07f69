"""A word that is typed before something goes for good: a finger that slips does not type it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from journal.forms.fields import WordsField


def delete_word() -> str:
    return pgettext("typed word", "delete")


class TypedWordForm(forms.Form):
    word = WordsField(
        max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}), required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["word"].label = _("Type the word %(word)s to go on") % {"word": delete_word()}

    def clean_word(self) -> str:
        typed: str = self.cleaned_data["word"]
        if typed.strip().casefold() != delete_word().casefold():
            raise ValidationError(_("Type the word %(word)s here.") % {"word": delete_word()}, code="other")
        return typed
