"""The second step of signing in: set up, asked for, taken away. What is done is allauth's, see accounts/factor_forms.py."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormView

from accounts.http import AuthenticatedHttpRequest, page_of_ours
from accounts.models import User
from accounts.second_factor import factors_of, unused_codes


@require_safe
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    factors = list(factors_of(request.user))
    context = {
        "apps": [factor for factor in factors if factor.type == factor.Type.TOTP],
        "passkeys": [factor for factor in factors if factor.type == factor.Type.WEBAUTHN],
        "next": page_of_ours(request, request.GET.get("next", "")),
    }
    return render(request, "mfa/index.html", context)


# Public: whoever is here has only typed their password yet; the view asks whose sign-in is under way.
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def authenticate(request: HttpRequest) -> HttpResponseBase:
    from allauth.mfa.base.views import AuthenticateView  # costs fido2

    return AuthenticateView.as_view()(request)


@require_http_methods(["GET", "HEAD", "POST"])
def reauthenticate(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    from allauth.mfa.base.views import ReauthenticateView  # costs fido2

    return ReauthenticateView.as_view()(request)


@require_http_methods(["GET", "HEAD", "POST"])
def app_add(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return on_the_way(request, ActivateTOTPView)


@require_http_methods(["GET", "HEAD", "POST"])
def app_remove(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return DeactivateTOTPView.as_view()(request)


@require_safe
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def codes(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {"codes": codes_or_404(request.user), "next": page_of_ours(request, request.GET.get("next", ""))}
    return render(request, "mfa/recovery_codes/index.html", context)


@require_safe
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def codes_download(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {"codes": codes_or_404(request.user)}
    answer = render(request, "mfa/recovery_codes/download.txt", context, content_type="text/plain; charset=utf-8")
    # As neutral as the titles: a phone lists its downloads.
    answer.headers["Content-Disposition"] = 'attachment; filename="notes.txt"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def codes_new(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    answer = GenerateRecoveryCodesView.as_view()(request)
    if request.method == "POST" and answer.status_code == 302:
        messages.success(request, gettext("You have new codes. The old ones no longer work."))
    return answer


def codes_or_404(user: User) -> list[str]:
    codes = unused_codes(user)
    if codes is None:
        raise Http404
    return codes


def on_the_way(request: HttpRequest, view: type[FormView[Any]]) -> HttpResponseBase:
    """One of allauth's pages that add a factor. It hands on where the person wants to come to in the end."""
    wanted = page_of_ours(request, request.GET.get("next", ""))
    answer = view.as_view(extra_context={"next": wanted})(request)
    if wanted and answer.status_code == 302:
        answer.headers["Location"] += f"?{urlencode({'next': wanted}, safe='/')}"
    return answer
