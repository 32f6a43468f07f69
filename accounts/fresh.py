"""A fresh sign-in, five minutes old at most, before what only the person themselves may do.

`fresh_sign_in` guards a view, `ask_who_it_is` a step inside one. What was sent when it is asked waits in the session,
sealed under the person's own key, and goes on by itself once they have shown who they are.
"""

import base64
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    STATE_SESSION_KEY,
    is_reauthentication_required,
)
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import resolve

from accounts.http import AuthenticatedHttpRequest
from accounts.models import DataKey, User
from accounts.sealing import SealError, seal, unseal

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
# What waits is put down after so many seconds, and is never longer than a page of ours sends.
WAITS = 15 * 60
LONGEST = 100_000


def ask_who_it_is(request: AuthenticatedHttpRequest) -> None:
    """Goes on for someone who has just shown who they are; for others it stops here, and they are asked."""
    if is_reauthentication_required(request, app=""):
        raise ReauthenticationRequired


def ask_unless_just_signed_in(request: AuthenticatedHttpRequest) -> None:
    """The same where the sign-in itself will do, while it is as new."""
    records = get_authentication_records(request, request.user)
    if not records or time.time() - records[-1]["at"] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        ask_who_it_is(request)


def fresh_sign_in(
    view: Callable[Concatenate[AuthenticatedHttpRequest, P], R],
) -> Callable[Concatenate[AuthenticatedHttpRequest, P], R]:
    """Asks before the page is shown, and again before what was sent counts if that is more than five minutes later."""

    @wraps(view)
    def guarded(request: AuthenticatedHttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        ask_who_it_is(request)
        return view(request, *args, **kwargs)

    return guarded


class FreshSignInMiddleware:
    """Stands inside allauth's, which would keep what was sent in the session as it is, for all to read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        put_down_what_waited_too_long(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        user = request.user
        if not isinstance(exception, ReauthenticationRequired) or not user.is_authenticated:
            return None
        ways = get_adapter().get_reauthentication_methods(user)
        if not ways:
            return None
        path = request.get_full_path()
        # What waited for an earlier question is not meant by this one.
        request.session.pop(STATE_SESSION_KEY, None)
        if request.method == "POST":
            sent = put_by(user, {"path": path, "sent": request.POST.urlencode()})
            waits = {"callback": "accounts.fresh.go_on", "state": sent, "until": time.time() + WAITS}
            request.session[STATE_SESSION_KEY] = waits
        return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': path})}")


def put_down_what_waited_too_long(request: HttpRequest) -> None:
    """At whatever is asked for next in the session, so that it is gone before it could go on."""
    waits = request.session.get(STATE_SESSION_KEY)
    if waits and time.time() >= waits.get("until", 0):
        del request.session[STATE_SESSION_KEY]


def bound_to(user: User) -> bytes:
    return f"waiting for a fresh sign-in:{user.pk}".encode()


def put_by(user: User, sent: dict[str, Any]) -> str:
    """Sealed, or '' for what is too long."""
    plain = json.dumps(sent).encode()
    if len(plain) > LONGEST:
        return ""
    return base64.b64encode(seal(DataKey.of(user.pk).secret, plain, bound_to(user))).decode()


def take_up(user: User, sealed: str) -> dict[str, Any]:
    """What was put by; nothing where it does not open."""
    try:
        sent: dict[str, Any] = json.loads(unseal(DataKey.of(user.pk).secret, base64.b64decode(sealed), bound_to(user)))
    except SealError:
        return {}
    return sent


def go_on(request: Any, state: str) -> HttpResponseBase:
    """allauth calls this once someone has shown who they are: with what they sent, if it is what they came for."""
    wanted = get_next_redirect_url(request) or "/"
    sent = take_up(request.user, state)
    if sent.get("path") != wanted:
        return HttpResponseRedirect(wanted)
    path, _mark, query = wanted.partition("?")
    request.path = request.path_info = path
    request.META = request.META | {"PATH_INFO": path, "QUERY_STRING": query}
    request.GET, request.POST = QueryDict(query), QueryDict(sent["sent"])
    found = resolve(path)
    answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return answer
