"""The forms around a code from a mail: asking for one to sign in, and typing it."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit

from accounts.backends import PersonBackend
from accounts.forms import CodeField, EmailField, OwnPhoneField
from accounts.known_devices import known_device
from accounts.same_work import people_called
from accounts.sessions import stay_signed_in


class AskForCodeForm(allauth_forms.RequestLoginCodeForm):
    email = EmailField(autocomplete="username")

    def clean_email(self) -> str:
        """Whoever may not sign in gets no code either. A stranger who asks uses up nothing of a known device's."""
        email: str = self.cleaned_data["email"]
        found = [user for user in people_called(email) if PersonBackend().user_can_authenticate(user)]
        known = known_device(context.request, email)
        action = "request_login_code_known_device" if known else "request_login_code"
        if not ratelimit.consume(context.request, action=action, key=email.lower()):
            raise get_adapter().validation_error("rate_limited")
        self._user = found[0] if found else None
        return email


class SignInByCodeForm(allauth_forms.ConfirmLoginCodeForm):
    code = CodeField()
    remember = OwnPhoneField()

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            stay_signed_in(context.request, self.cleaned_data["remember"])
        return super().clean()


class EmailCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    code = CodeField()


class PasswordCodeForm(allauth_forms.ConfirmPasswordResetCodeForm):
    code = CodeField()
