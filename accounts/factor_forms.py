"""The forms that take a code: of an app, or one of the recovery codes."""

import time
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.events import told_when_refused
from accounts.factor_seal import open_secret, seal_secret
from accounts.forms import Storable
from accounts.models import User
from accounts.sealing import SealError

# A key that was shown stays the same this long, in seconds: phones load a page anew on the way back from the app.
KEY_SHOWN = 30 * 60


class FactorCodeField(Storable, forms.CharField):
    default_error_messages = {
        "required": _("Type the code."),
        "max_length": _("This is too long for a code."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        widget = forms.TextInput(attrs=attrs | {"class": "input--short"})
        super().__init__(label=_("Code"), max_length=40, widget=widget, **kwargs)


class FitsOnce(forms.Form):
    """A code that was used is not taken again for as long as the clock would let it fit."""

    user: User

    def clean_code(self) -> str:
        with told_when_refused("show who they are by code", self.user):
            return self.fits_once(super().clean_code())  # type: ignore[misc]

    def fits_once(self, code: str) -> str:
        digits = "".join(sign for sign in code if sign.isalnum())
        used = salted_hmac("accounts.factor_forms", f"{self.user.pk}:{digits}", algorithm="sha256").hexdigest()
        fits = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"second-factor-code-used:{used}", "y", timeout=fits):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInCodeForm(FitsOnce, AuthenticateForm):
    code = FactorCodeField(help_text=_("From your app, or one of your recovery codes."))


class IsItYouCodeForm(FitsOnce, ReauthenticateForm):
    code = FactorCodeField(help_text=_("From your app, or one of your recovery codes."))


class AddAppForm(FitsOnce, ActivateTOTPForm):
    """Until the first code fits, the new key waits sealed in the session."""

    code = FactorCodeField(help_text=_("Six digits. The app shows new ones every half minute."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        self.secret = waiting_key()

    @property
    def written_key(self) -> str:
        """The key in groups of four, to be typed."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def waiting_key() -> str:
    """The key that was shown a while ago, or a new one. In base 32, as apps take it."""
    session = context.request.session
    sealed, shown_at = session.get(SECRET_SESSION_KEY) or ("", 0)
    if sealed and time.time() - shown_at < KEY_SHOWN:
        try:
            return open_secret(sealed)
        except SealError:  # its master key was taken away meanwhile
            pass
    secret: str = generate_totp_secret()
    session[SECRET_SESSION_KEY] = (seal_secret(secret), time.time())
    return secret
