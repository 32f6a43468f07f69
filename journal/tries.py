"""Tries at typing a code: ten wrong ones an hour for an account, and for an address, then a wait."""

from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip

from accounts.http import AuthenticatedHttpRequest

WRONG_TRIES = {"invitation": "10/h/key"}


class Tries:
    """A try counts as wrong until it is `forgiven`, so that tries sent all at once count too.

    They are kept in the cache that all workers share, under a hash of the person and of the address.
    """

    def __init__(self, request: AuthenticatedHttpRequest) -> None:
        self.request = request
        self.counted: list[RateLimitUsage] = []

    def begin(self) -> bool:
        """False when there were too many, for this account or from this address."""
        for key in (f"person {self.request.user.pk}", f"address {get_ip(self.request)}"):
            usage = consume(self.request, app="journal", action="invitation", config=WRONG_TRIES, key=key)
            if usage is None:
                self.forgive()
                return False
            self.counted.append(usage)
        return True

    def forgive(self) -> None:
        for usage in self.counted:
            usage.rollback()
        self.counted.clear()
