"""Requests, once we know who is asking."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.db.transaction import atomic
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User

P = ParamSpec("P")
CONTROL_CHARACTER = re.compile(r"[\x00-\x20\x7f-\x9f]")


class AuthenticatedHttpRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware."""

    user: User


class PersonMiddleware:
    """Answers in the person's own language and time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return self.get_response(request)


def page_of_ours(request: HttpRequest, wanted: str) -> str:
    """The address someone wants to come to next, when it is one of ours; else ''."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and not CONTROL_CHARACTER.search(wanted) else ""


def one_write(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """What is sent to this view is done whole or not at all. To look at its page holds up no one who writes."""

    @wraps(view)
    def whole(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with atomic():
            return view(request, *args, **kwargs)

    return whole
