"""The second step of signing in: who has one, and views that ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.stages import LoginStage
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User

P = ParamSpec("P")


def factors_of(user: User) -> QuerySet[Authenticator]:
    """The app and the passkeys of a person, oldest first. Recovery codes are no factor of their own."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return user.authenticator_set.filter(type__in=kinds).order_by("created_at", "pk")


def unused_codes(user: User) -> list[str] | None:
    """The recovery codes that still work, in groups of four digits; None for someone who has no codes at all."""
    codes = user.authenticator_set.filter(type=Authenticator.Type.RECOVERY_CODES).first()
    return [f"{code[:4]} {code[4:]}" for code in codes.wrap().get_unused_codes()] if codes else None


def has_second_factor(user: User) -> bool:
    """At most one query. In development mode a demo account counts as having one."""
    return (settings.DEVELOPMENT and user.is_demo) or factors_of(user).exists()


def second_factor_required(
    view: Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse],
) -> Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse]:
    """Sends a person without a second factor to set one up, whatever the path names, and then back again."""

    @wraps(view)
    def guarded(request: AuthenticatedHttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if has_second_factor(request.user):
            return view(request, *args, **kwargs)
        # What was sent is not sent again by coming back to its address.
        back = {"next": request.get_full_path()} if request.method in ("GET", "HEAD") else {}
        return redirect(f"{reverse('mfa_index')}?{urlencode(back, safe='/')}" if back else reverse("mfa_index"))

    return guarded


class SecondFactorStage(LoginStage):
    """allauth's own stage, and what it is made of (2.8 MiB), only for those who have a factor."""

    key = LoginStageKey.MFA_AUTHENTICATE.value
    urlname = "mfa_authenticate"

    def handle(self) -> Any:
        user = self.login.user
        if not isinstance(user, User) or not factors_of(user).exists():
            return None, True
        from allauth.mfa.stages import AuthenticateStage

        return AuthenticateStage(self.controller, self.request, self.login).handle()
