"""What is written down of requests: one JSON line each, ids and names of routes, never a word that someone typed.

Libraries put paths, hosts and values into their messages and exceptions. So of what they log only the logger's name,
the kinds of exceptions and the places in the code are kept.
"""

import json
import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
PLACES = 20
# Its messages hold numbers of processes and names of signals, if one takes them without what they are filled with.
PLAIN = "gunicorn."

events = logging.getLogger("notes.requests")
_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        request = _current.get()
        # Never asked for here: that could be a query, and the database may be what failed.
        person = getattr(request, "_cached_user", None)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "request": getattr(request, "log_id", None),
            "who": getattr(record, "who", None) or (str(person.pk) if person and person.pk else None),
            "what": getattr(record, "what", record.name),
            "outcome": getattr(record, "outcome", record.levelname.lower()),
        }
        # What it says of a bad request is filled in already: the address, and bytes of it.
        if record.name.startswith(PLAIN) and not str(record.msg).startswith("Invalid request"):
            line["message"] = str(record.msg)
        if record.exc_info and record.exc_info[1]:
            line |= {"kinds": list(kinds_of(record.exc_info[1])), "places": places_of(record.exc_info[1])}
        return json.dumps({name: value for name, value in line.items() if value is not None})


def kinds_of(error: BaseException | None) -> Iterator[str]:
    """The exception and what it came from, by their kinds alone."""
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        error = error.__cause__ or error.__context__


def places_of(error: BaseException) -> list[str]:
    """Where it was in the code: files, lines and functions, without the lines' own text."""
    frames = traceback.walk_tb(error.__traceback__)
    return [f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}" for frame, line in frames][-PLACES:]


class RequestLogMiddleware:
    """Writes down what changes something, and what is refused or fails. What is only read leaves no line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.log_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        token = _current.set(request)
        try:
            response = self.get_response(request)
            if request.method in CHANGES or response.status_code >= 400:
                events.info("", extra=line_of(request, response.status_code))
            return response
        finally:
            _current.reset(token)


def line_of(request: HttpRequest, status: int) -> dict[str, Any]:
    route = request.resolver_match.view_name if request.resolver_match else "no route"
    method = request.method if request.method in {"GET", "HEAD", *CHANGES} else "other"
    outcome = "failed" if status >= 500 else "refused" if status >= 400 else "done"
    return {"what": f"{method} {route}", "outcome": f"{outcome}, {status}"}
