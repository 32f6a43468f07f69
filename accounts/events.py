"""What is written down of people coming and going: who, by id, and what. See config/logs.py for how."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.auth import signals as auth
from django.core.exceptions import ValidationError
from django.dispatch import Signal

events = logging.getLogger("notes.people")

TOLD: dict[Signal, tuple[str, str]] = {
    auth.user_logged_in: ("sign in", "done"),
    auth.user_login_failed: ("sign in", "refused"),
    auth.user_logged_out: ("sign out", "done"),
    account.user_signed_up: ("sign up", "done"),
    account.password_changed: ("change password", "done"),
    account.password_set: ("set password", "done"),
    account.password_reset: ("reset password", "done"),
    account.email_changed: ("change e-mail", "done"),
    account.login_code_rejected: ("sign in by code", "refused"),
    account.password_reset_code_rejected: ("reset password by code", "refused"),
    account.email_verification_code_rejected: ("check e-mail by code", "refused"),
    account.authentication_step_completed: ("show who they are", "done"),
    factors.authenticator_added: ("add factor", "done"),
    factors.authenticator_removed: ("take factor away", "done"),
    factors.authenticator_reset: ("make new recovery codes", "done"),
}


def tell(what: str, outcome: str, who: Any = None) -> None:
    events.info("", extra={"what": what, "outcome": outcome, "who": str(who.pk) if getattr(who, "pk", None) else None})


@contextmanager
def told_when_refused(what: str, who: Any = None) -> Iterator[None]:
    """Around what raises ValidationError for a code or a passkey that does not fit."""
    try:
        yield
    except ValidationError:
        tell(what, "refused", who)
        raise


def listen() -> None:
    for signal, (what, outcome) in TOLD.items():
        signal.connect(_teller(what, outcome), weak=False, dispatch_uid=f"accounts.events:{what}:{outcome}")


def _teller(what: str, outcome: str) -> Any:
    def heard(sender: Any, user: Any = None, **kwargs: Any) -> None:
        way = kwargs.get("type") or kwargs.get("method")
        tell(f"{what} by {way}" if way else what, outcome, user)

    return heard
