"""The second step of signing in: set up, asked for, taken away. What is done is allauth's, see accounts/factor_forms.py."""

from urllib.parse import urlencode

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.http import require_http_methods, require_safe

from accounts.fresh import fresh_sign_in
from accounts.http import AuthenticatedHttpRequest, page_of_ours
from accounts.models import User
from accounts.second_factor import factors_of, unused_codes


@require_safe
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    factors = list(factors_of(request.user))
    context = {
        "on": bool(factors),
        "apps": [factor for factor in factors if factor.type == factor.Type.TOTP],
        "passkeys": [factor for factor in factors if factor.type == factor.Type.WEBAUTHN],
    }
    return render(request, "mfa/index.html", context | way_back(request))


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
    answer = on_the_way(request, ActivateTOTPView)
    # Whoever has an app already came from an old page: allauth would ask whether to take it away.
    if answer.headers.get("Location", "").startswith(reverse("mfa_deactivate_totp")):
        return HttpResponseRedirect(reverse("mfa_index") + way_back(request)["back"])
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def app_remove(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return DeactivateTOTPView.as_view()(request)


@require_safe
@fresh_sign_in
def codes(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {"codes": codes_or_404(request.user)}
    return render(request, "mfa/recovery_codes/index.html", context | way_back(request))


@require_safe
@fresh_sign_in
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


def on_the_way(request: HttpRequest, view: type[View]) -> HttpResponseBase:
    """One of allauth's pages that add a factor. It hands on where the person wants to come to in the end."""
    way = way_back(request)
    answer = view.as_view(extra_context=way)(request)
    if answer.status_code == 302:
        answer.headers["Location"] += way["back"]
    return answer


def way_back(request: HttpRequest) -> dict[str, str]:
    """Where the person wants to come to in the end, and the same as the query of an address."""
    wanted = page_of_ours(request, request.GET.get("next", ""))
    return {"next": wanted, "back": f"?{urlencode({'next': wanted}, safe='/')}" if wanted else ""}
