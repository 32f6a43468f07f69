"""Error reports to a Sentry of the operator's own choice: off unless SENTRY_DSN names one, and without a word.

Its own integrations send values of variables, lines of code, bodies, headers and addresses: none of them is on. What is
sent is made here: the kinds of the exceptions, and the places in the code.
"""

import sys
from typing import Any

import sentry_sdk
from django.core.signals import got_request_exception

from config.logs import kinds_of, places_of


def start(dsn: str, **more: Any) -> None:
    sentry_sdk.init(
        dsn=dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[],
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        auto_session_tracking=False,
        before_send=only_ours,
        before_breadcrumb=lambda *_: None,
        **more,
    )
    got_request_exception.connect(report, dispatch_uid="config.sentry")


def report(sender: Any, **kwargs: Any) -> None:
    error = sys.exc_info()[1]
    if error is not None:
        values = [{"type": kind, "value": ""} for kind in kinds_of(error)]
        said = {"level": "error", "exception": {"values": values[::-1]}, "extra": {"places": places_of(error)}}
        sentry_sdk.capture_event(said)  # type: ignore[arg-type]


def only_ours(event: Any, hint: Any) -> Any:
    """Whatever else was put into it is left out."""
    return {name: event[name] for name in ("event_id", "timestamp", "level", "exception", "extra") if name in event}
