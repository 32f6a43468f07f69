"""The file that a journal comes in with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import Storable
from accounts.uploads import LARGEST
from journal.takeout.checking import Told, check
from journal.takeout.reading import UnreadableError, journal_in, parse


class PassphraseField(Storable, forms.CharField):
    pass


class BringForm(forms.Form):
    """Read and checked whole. `told` says what is in it, `text` is its JSON."""

    told: Told | None = None
    text = ""

    passphrase = PassphraseField(
        label=_("Passphrase"),
        help_text=_("Only if you saved the file with one."),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("The ZIP that you saved, or journal.json out of it. 16 MB at most."),
        max_length=500,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip,.json"}),
        error_messages={
            "required": _("Pick a file."),
            "invalid": _("Pick a file."),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    )

    field_order = ("file", "passphrase")

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise ValidationError(_("This file is larger than we can read."), code="large")
        return sent

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "file" in values and "passphrase" in values:
            try:
                self.text = journal_in(values["file"].read(), values["passphrase"])
                self.told = check(parse(self.text))
            except UnreadableError as error:
                self.add_error("file", str(error))
            else:
                self.refuse_problems(self.told)
        return values

    def refuse_problems(self, told: Told) -> None:
        if told.problems.total:
            self.add_error("file", _("This file does not fit together, so nothing came in. Look below."))
