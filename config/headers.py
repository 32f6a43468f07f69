"""Headers that every answer carries, pages and static files alike, beside the content security policy."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

EVERYWHERE = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.setdefault(name, value)
        # Whatever sets no rule of its own (static files do) is never stored: a phone may be shared.
        response.setdefault("Cache-Control", "no-store")
        return response
