"""Sessions in the shared database: read by well-formed keys only, and over when their time is over.

Each way of being signed in has two times, both in settings.SESSION_TIMES: how long a session lasts without a request,
and how long at the longest. The row in the database carries the end, so that one that is over opens nothing.
"""

import base64
import json
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts import devices
from accounts.master_keys import master_keys
from accounts.models import User
from accounts.prepared import prepared
from accounts.sealing import SealError, seal, unseal

KEY = re.compile(r"[0-9a-z]{32}")
BOUND_TO = b"django_session.session_data"
# In a session: since when, and when it was last put down that someone is there (both as time.time()), and for whom.
BEGAN, SEEN, AT_WORK = "began", "seen", "at_work"
# A request puts it down again after so many seconds, so that most requests write nothing.
SELDOM = 60

# Whoever one of these knows is at work here, as staff are: the journal adds who reads for families.
at_work: list[Callable[[User], bool]] = [lambda user: user.is_staff]


@prepared(key=models.CharField(), now=models.DateTimeField())
def open_sessions(key: Any, now: Any) -> models.QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseSessionStore):
    def _get_session_from_db(self) -> Session | None:
        """As Django's, by a query that is built once: every page asks it."""
        row = next(iter(open_sessions(key=self.session_key, now=timezone.now())), None)
        if row is None:
            self._session_key = None
        return row

    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else never reaches the database: PostgreSQL would answer a NUL with an error."""
        return bool(key and KEY.fullmatch(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Sealed under the master key: what is said to someone on their next page may name a child."""
        name = next(iter(master_keys()))
        sealed = seal(master_keys()[name], json.dumps(session_dict).encode(), BOUND_TO)
        return f"{name}:{base64.b64encode(sealed).decode()}"

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What `encode` was given; nothing for what does not open, as under a master key that was taken away."""
        name, _colon, sealed = str(session_data).partition(":")
        try:
            opened: dict[str, Any] = json.loads(unseal(master_keys()[name], base64.b64decode(sealed), BOUND_TO))
        except (KeyError, ValueError, SealError):
            return {}
        return opened

    @property
    def times(self) -> tuple[int, int]:
        """Without a request, and at the longest, in seconds."""
        if SESSION_KEY not in self:
            return settings.SESSION_TIMES["signed out"]
        if self.get(AT_WORK):
            return settings.SESSION_TIMES["at work"]
        return settings.SESSION_TIMES["shared phone" if self.get_expire_at_browser_close() else "own phone"]

    def get_expiry_age(self, **kwargs: Any) -> int:
        """What is left, in seconds, for someone who is there now."""
        idle, longest = self.times
        return max(0, min(idle, int(self.get(BEGAN, time.time()) + longest - time.time())))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return timezone.now() + timedelta(seconds=self.get_expiry_age())

    @property
    def is_over(self) -> bool:
        """Whether its times have passed; they are shorter than they were for someone who came to work here since."""
        idle, longest = self.times
        now = time.time()
        return bool(now >= self.get(SEEN, now) + idle or now >= self.get(BEGAN, now) + longest)


def begin_session(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """At each sign-in: the clocks start."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    request.session[AT_WORK] = any(asks(user) for asks in at_work)


def stay_signed_in(request: HttpRequest, on_this_phone: bool) -> None:
    """What was ticked, at sign-in (a second step may follow) or later: "This is my own phone"."""
    request.session["own_phone"] = on_this_phone
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if on_this_phone else 0)


def end_sessions_of(user: User, *, but: str | None = None) -> int:
    """Sign someone out everywhere `but` there; how many places that was. A session names its person only inside."""
    return end_where(lambda held: is_signed_in(held, user), but)


def end_half_sign_ins_of(user: User, *, but: str | None = None) -> int:
    """What was begun for them and not done: a sign-in that waits for its second step, a code that is not typed yet."""
    return end_where(lambda held: is_half_signed_in(held, user), but)


def end_all_of(user: User) -> int:
    return end_where(lambda held: is_signed_in(held, user) or is_half_signed_in(held, user), None)


def is_signed_in(held: dict[str, Any], user: User) -> bool:
    return held.get(SESSION_KEY) == str(user.pk)


def is_half_signed_in(held: dict[str, Any], user: User) -> bool:
    """As the library writes a person: the id with dashes or without, the e-mail as it was typed."""
    if SESSION_KEY in held:
        return False
    text = json.dumps(held, ensure_ascii=False).lower()
    return any(f'"{way}"' in text for way in (str(user.pk), user.pk.hex, user.email.lower()))


def end_where(theirs: Callable[[dict[str, Any]], bool], but: str | None) -> int:
    others = Session.objects.exclude(session_key=but).iterator(chunk_size=500)
    keys = [one.session_key for one in others if theirs(one.get_decoded())]
    ended, _by_model = Session.objects.filter(session_key__in=keys).delete()
    return ended


def end_other_sessions(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """At a new second step: whoever came in elsewhere without it comes in anew."""
    end_sessions_of(user, but=request.session.session_key or "")


def renew_key(sender: Any, request: HttpRequest, user: User, reauthenticated: bool = False, **kwargs: Any) -> None:
    """At a fresh sign-in, as at a first one: a key that somebody got hold of before it opens nothing of what follows."""
    if reauthenticated and request.session.session_key:
        here = user.usersession_set.filter(session_key=request.session.session_key)
        request.session.cycle_key()
        here.update(session_key=request.session.session_key)


class SessionTimesMiddleware:
    """Puts down that someone is there, once a minute at most, and what times hold for them by now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and time.time() >= request.session.get(SEEN, 0) + SELDOM:
            self.put_down(request, request.user)
        return self.get_response(request)

    def put_down(self, request: HttpRequest, user: User) -> None:
        session = request.session
        session.setdefault(BEGAN, time.time())
        session[AT_WORK] = any(asks(user) for asks in at_work)
        if getattr(session, "is_over", False):
            logout(request)
        else:
            session[SEEN] = time.time()
            devices.put_down(request, user)
