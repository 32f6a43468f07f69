"""Tries at the second step, in place of allauth's own count: a known device has tries of its own there too."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.ratelimit import consume
from allauth.mfa.base.internal import flows

from accounts.known_devices import known_device, use_try


def count_try(user: Any, error_key: str | None = None) -> Callable[[], None]:
    """Raises ValidationError after too many; what is answered takes this try back, for one that was right.

    This one alone: the wrong ones before it stay counted, as do those of others from the same address.
    """
    request, whose = context.request, f"second step:{user.pk}"
    device = known_device(request, user.email)
    if device:
        usage = use_try(request, device, whose)
    else:
        usage = consume(request, app="allauth.account", action="login_failed", key=whose)
    if usage is None:
        raise get_adapter().validation_error(error_key or "too_many_login_attempts")
    return usage.rollback


def count_so() -> None:
    """allauth's forms take the function from here by name, when they are first needed."""
    flows.check_rate_limit = count_try
