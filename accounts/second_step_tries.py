"""Tries at the second step, in place of allauth's own count: a known device has tries of its own there too."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from allauth.mfa.base.internal import flows

from accounts.known_devices import known_device

of_strangers = flows.check_rate_limit


def count_try(user: Any, error_key: str | None = None) -> Callable[[], None]:
    """Raises ValidationError after too many; what is answered takes this try back, for one that was right.

    All known devices of a person have a bound between them: someone could have gathered their marks.
    """
    device = known_device(context.request, user.email)
    if not device:
        return of_strangers(user, error_key)
    counted: list[RateLimitUsage] = []
    limits = {"login_failed_known_device": f"second step:{user.pk}:{device}", "second_step_known_devices": str(user.pk)}
    for name, key in limits.items():
        usage = consume(context.request, app="allauth.account", action=name, key=key)
        if usage is None:
            raise get_adapter().validation_error(error_key or "too_many_login_attempts")
        counted.append(usage)
    return partial(take_back, counted)


def take_back(counted: list[RateLimitUsage]) -> None:
    for usage in counted:
        usage.rollback()


def count_so() -> None:
    """allauth's forms take the function from here by name, when they are first needed."""
    flows.check_rate_limit = count_try
