"""A device that someone signed in from before has tries of its own, so that a stranger's wrong ones lock nobody out.

It carries a cookie that only this server can make and that names no one: a random part, and a seal over it and the
e-mail. It opens nothing; it only tells whose tries are counted apart. It stays as long as the session's own cookie may.
"""

import re
import secrets

from allauth.core.internal.ratelimit import RateLimitUsage, SingleRateLimitUsage, consume
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

VALUE = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})")
ONE_YEAR = 365 * 24 * 60 * 60


def seal_of(part: str, email: str) -> str:
    return salted_hmac("accounts.known_devices", f"{part}:{email.lower()}", algorithm="sha256").hexdigest()


def remember_device(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    part = secrets.token_hex(16)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        f"{part}.{seal_of(part, email)}",
        max_age=None if request.session.get_expire_at_browser_close() else ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, email: str) -> str:
    """What the tries of this device are counted under, or '' for one that is not known for this e-mail."""
    found = VALUE.fullmatch(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    # As much work whether there is a cookie or not.
    part, seal = found.groups() if found else ("", "")
    return part if constant_time_compare(seal, seal_of(part, email)) else ""


def use_try(request: HttpRequest, device: str, whose: str) -> RateLimitUsage | None:
    """One try of a known device, which can be given back; None after too many.

    All devices known for somebody have a bound between them: who once knew the password could have gathered their marks.
    """
    counted: list[SingleRateLimitUsage] = []
    limits = {"login_failed_known_device": f"{whose}:{device}", "login_failed_known_devices": whose}
    for name, key in limits.items():
        usage = consume(request, app="allauth.account", action=name, key=key)
        if usage is None:
            return None
        counted += usage.usage
    return RateLimitUsage(counted)
