"""Reads what is sent as our own pages send it, where Django heeds more than it can read."""

import re
from collections.abc import Callable, Iterable
from typing import Any

BOUNDARY = re.compile(r";\s*boundary=(\"[^\"]+\"|[^;\s\"]+)", re.IGNORECASE)


def with_plain_content_type(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application, told of a content type only its kind and boundary. All text is UTF-8.

    Django 5.2 reads the address of a request in the charset that its content type names. Given one that is none for
    text, such as hex, it breaks before there is a request, and so without a page.
    """

    def call(environ: dict[str, Any], *rest: Any) -> Iterable[bytes]:
        sent = environ.get("CONTENT_TYPE", "")
        boundary = BOUNDARY.search(sent)
        environ["CONTENT_TYPE"] = sent.partition(";")[0] + (boundary[0] if boundary else "")
        return application(environ, *rest)

    return call
