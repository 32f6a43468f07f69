"""How allauth's sign-up and mails meet our people."""

from email.utils import formataddr, parseaddr
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.backends import PersonBackend
from accounts.first_proof import pick_password_first
from accounts.known_devices import known_device, remember_device, use_try


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This journal is closed."),
        "cannot_remove_primary_email": _("You sign in with this e-mail, so it stays."),
        "duplicate_email": _("You sign in with this e-mail already."),
        "email_password_mismatch": _("That e-mail and password don't go together. Try again."),
        "email_taken": _("Someone else signs in with this e-mail. Try another one."),
        "enter_current_password": _("That is not the password you use now. Try again."),
        "incorrect_code": _("That is not the code we sent last. Look at the newest mail, and try again."),
        "incorrect_password": _("That is not your password. Try again."),
        "rate_limited": _("That was quick. Wait a minute, then try again. If that does not help, try again tomorrow."),
        "too_many_login_attempts": _("That was a lot of tries. Wait five minutes, then sign in again."),
        "unverified_primary_email": _("Check the new e-mail first. We sent a code to it."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> AbstractBaseUser:
        """Language as the page was read, time zone as the browser said."""
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        user.time_zone = form.cleaned_data.get("time_zone") or settings.DEFAULT_PERSON_TIME_ZONE
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """A known device has tries of its own: those of strangers, typed elsewhere, do not count against it."""
        device = known_device(request, credentials["email"])
        if not device:
            super().pre_authenticate(request, **credentials)
            return
        whose = self._get_login_attempts_cache_key(request, **credentials)
        self._login_failed_rl_usage = use_try(request, device, whose)
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Someone whose journal is closed is told so; a demo account out of place is not known at all."""
        user = super().authenticate(request, **credentials)
        known = user is None or not user.is_active or PersonBackend().user_can_authenticate(user)
        return user if known else None

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        stopped: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return stopped or pick_password_first(request, user)

    def post_login(self, request: HttpRequest, user: Any, *, signup: bool, **kwargs: Any) -> HttpResponse:
        """Who has just signed up has just shown who they are: they may add a passkey at once."""
        if signup:
            record_authentication(request, user, method="password", reauthenticated=True)
        answer: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        remember_device(request, answer, user.email)
        return answer

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.second_factor.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor is asked for it and not for the password; a passkey first, it is the least work."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return sorted(factors, key=lambda method: not method["id"].endswith("webauthn")) or methods

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """After a change of e-mail. A first sign-in goes to ACCOUNT_SIGNUP_REDIRECT_URL by itself."""
        return reverse("settings")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")

    def get_from_email(self) -> str:
        return formataddr((gettext("Notes"), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
