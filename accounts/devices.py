"""Where a person is signed in, so that they can end it: of each session a browser's name and days, never an address.

allauth's list of sessions would keep the network address and all that a browser says of itself. Where someone signed
in from could tell another where they live now, so both are cut down before they are kept.
"""

from typing import Any

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User

NOWHERE = "0.0.0.0"  # noqa: S104  # no address: the column wants one
# The first that a browser says of itself; each of these says the later ones too.
BROWSERS = {"Edg": "Edge", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox"}
BROWSERS |= {"CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
SYSTEMS |= {"CrOS": "Chromebook", "Linux": "Linux"}


def cut_down(said: str) -> str:
    """The names of browser and system in what a browser says of itself; '' when it names none that we know."""
    found = (next((name for word, name in names.items() if word in said), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)


@receiver(pre_save, sender=UserSession)
def keep_little(instance: UserSession, **kwargs: Any) -> None:
    instance.ip, instance.user_agent = NOWHERE, cut_down(instance.user_agent)


def put_down(request: HttpRequest, user: User) -> None:
    """This session was used today."""
    here = user.usersession_set.filter(session_key=request.session.session_key)
    if not here.update(last_seen_at=timezone.now()):
        UserSession.objects.create_from_request(request)


def forget(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """At signing out, before the session goes."""
    if user is not None:
        user.usersession_set.filter(session_key=request.session.session_key).delete()


def devices_of(user: User) -> list[UserSession]:
    """The sessions that go on, the latest used first."""
    going_on: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(going_on, key=lambda session: session.last_seen_at, reverse=True)


def sign_out_elsewhere(request: HttpRequest, user: User) -> None:
    end_other_sessions(request, user)


def sign_out_everywhere(request: HttpRequest, user: User) -> None:
    end_other_sessions(request, user)
    logout(request)
