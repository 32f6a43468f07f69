"""How often one person may ask for what takes long: packing a journal, sending a file in, looking what is in it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.internal.ratelimit import consume, respond_429
from django.http.response import HttpResponseBase

from accounts.http import AuthenticatedHttpRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponseBase]

LONG_WORK = {"pack": "10/10m/key", "arrive": "10/10m/key", "look": "20/10m/key"}


def not_too_often(what: str, *methods: str) -> Callable[[View[P]], View[P]]:
    """Answers 429 to a person who asks for it by one of these methods more often than LONG_WORK says."""

    def limited(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: AuthenticatedHttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            key = f"person {request.user.pk}"
            if request.method in methods and not consume(
                request, app="journal", action=what, config=LONG_WORK, key=key, limit_get=True
            ):
                return respond_429(request)
            return view(request, *args, **kwargs)

        return guarded

    return limited
