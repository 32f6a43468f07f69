"""Passkeys: added, named, taken away, shown. What is done is allauth's; its modules bring fido2, so they come late."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.views.second_factor import on_the_way

OVERVIEW = reverse_lazy("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    from accounts.views.passkey_alone import AddPasskeyView

    return on_the_way(request, AddPasskeyView)


# Public: whoever has a passkey signs in with it alone.
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def passkey_sign_in(request: HttpRequest) -> HttpResponseBase:
    from accounts.views.passkey_alone import SignInPasskeyView

    return SignInPasskeyView.as_view()(request)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_rename(request: AuthenticatedHttpRequest, pk: int) -> HttpResponseBase:
    from allauth.mfa.webauthn.views import EditWebAuthnView

    return EditWebAuthnView.as_view(success_url=OVERVIEW)(request, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponseBase:
    from allauth.mfa.webauthn.views import RemoveWebAuthnView

    return RemoveWebAuthnView.as_view(success_url=OVERVIEW)(request, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_show(request: HttpRequest) -> HttpResponseBase:
    """A passkey instead of a code, to go on with what only its owner may do."""
    from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView

    answer = ReauthenticateWebAuthnView.as_view()(request)
    # allauth leads to the sign-in page when a passkey did not fit; they are signed in, and may try again.
    if request.method == "POST" and answer.headers.get("Location") == reverse("account_login"):
        return HttpResponseRedirect(request.get_full_path())
    return answer
