"""The forms that take a passkey, as static/js/passkey.js fills them in. Importing this costs 2.8 MiB (fido2)."""

import re
from typing import Any

from allauth.core import context
from allauth.mfa.webauthn import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.events import told_when_refused
from accounts.forms import OwnPhoneField, Storable
from accounts.sessions import stay_signed_in

LONGEST_NAME = 60
# Longer than any phone sends; a passkey has about a thousand signs.
LONGEST_CREDENTIAL = 20_000
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
NOT_TAKEN = _("That passkey did not fit. Try again.")
# What fido2 and CBOR raise for what is none, beside the two that allauth expects.
UNREADABLE = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


class CredentialField(Storable, forms.JSONField):
    """What the browser says of a passkey, cut down to what is kept: nothing else reaches the database."""

    default_error_messages = {"required": NOT_TAKEN, "invalid": NOT_TAKEN}

    def __init__(self, *parts: str) -> None:
        self.parts = parts
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise ValidationError(NOT_TAKEN, code="invalid")
        try:
            credential = super().to_python(value)
            return None if credential is None else self.cut_down(credential)
        except UNREADABLE as error:
            raise ValidationError(NOT_TAKEN, code="invalid") from error

    def cut_down(self, credential: Any) -> dict[str, Any]:
        kept = {name: credential["response"].get(name, "") for name in self.parts}
        found = {"id": credential["id"], "rawId": credential["id"], "type": "public-key", "response": kept}
        if not all(isinstance(text, str) and BASE64URL.fullmatch(text) for text in (found["id"], *kept.values())):
            raise ValueError("not base64url")
        # Whether the passkey alone will do to sign in: the one thing to know about it later.
        resident = credential.get("clientExtensionResults", {}).get("credProps", {}).get("rk") is True
        return found | {"clientExtensionResults": {"credProps": {"rk": resident}}}

    def run_validators(self, value: Any) -> None:
        """`cut_down` let nothing through that cannot be kept."""


class NameField(Storable, forms.CharField):
    default_error_messages = {
        "required": _("Give it a name."),
        "max_length": _("Make the name shorter."),
    }

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("So that you know it later, like “My phone”.")
        super().__init__(label=_("Name"), help_text=help_text, max_length=LONGEST_NAME, **kwargs)


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):
    """Each one will do alone to sign in: it stays on the phone, and the phone asks whose finger it is."""

    name = NameField(required=False)
    credential = CredentialField("clientDataJSON", "attestationObject")
    passwordless = None  # type: ignore[assignment]  # no question: each one is asked to be so

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except (*UNREADABLE, ValidationError) as error:
            raise ValidationError(NOT_TAKEN) from error
        return cleaned


class RenamePasskeyForm(allauth_forms.EditWebAuthnForm):
    name = NameField()


class Shown(forms.Form):
    """A passkey that is shown, at sign-in or to go on."""

    def clean_credential(self) -> Any:
        with told_when_refused("show who they are by passkey", getattr(self, "user", None)):
            return self.that_fits()

    def that_fits(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as error:
            raise ValidationError(NOT_TAKEN) from error
        except ValidationError as error:
            raise ValidationError(NOT_TAKEN if error.code == "incorrect_code" else error.message) from error


class SignInPasskeyForm(Shown, allauth_forms.AuthenticateWebAuthnForm):
    credential = CredentialField("clientDataJSON", "authenticatorData", "signature", "userHandle")


class IsItYouPasskeyForm(Shown, allauth_forms.ReauthenticateWebAuthnForm):
    credential = CredentialField("clientDataJSON", "authenticatorData", "signature", "userHandle")


class PasskeyAloneForm(Shown, allauth_forms.LoginWebAuthnForm):
    """Without a password, and so for someone whom only the passkey names."""

    credential = CredentialField("clientDataJSON", "authenticatorData", "signature", "userHandle")
    remember = OwnPhoneField()

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            stay_signed_in(context.request, self.cleaned_data["remember"])
        return super().clean()
