"""A passphrase for the export, if the person wants one: whoever holds the file can try as many as they like."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.forms import Storable
from accounts.models import User


class PassphraseField(Storable, forms.CharField):
    pass


class PassphraseForm(forms.Form):
    passphrase = PassphraseField(
        label=_("Passphrase"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "You can leave this empty. With one, the file opens in an app that knows locked ZIP files, such as 7-Zip, "
            "Keka or ZArchiver. We don't keep it. Without it nobody can open the file, and we can't help."
        ),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        self.user = user
        super().__init__(data)

    def clean_passphrase(self) -> str:
        """As hard to guess as a password must be, or none."""
        passphrase: str = self.cleaned_data["passphrase"]
        if passphrase:
            validate_password(passphrase, self.user)
        return passphrase
