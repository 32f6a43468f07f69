"""Headers that every answer carries: pages, errors, redirects and static files alike, beside the content policy.

It stands outermost, so that what a middleware inside it refuses carries them too.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NOT_ASKED_FOR = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
# A passkey is asked for by our own pages and in no frame, as browsers have it where nothing is said.
FEATURES = [f"{name}=()" for name in NOT_ASKED_FOR]
EVERYWHERE = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ",".join(FEATURES),
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# A static file loads nothing, and a first visit fetches a dozen of them: the shortest policy is the strictest too.
OF_STATIC_FILES = "default-src 'none'; frame-ancestors 'none'"


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 304):
            response["Content-Security-Policy"] = OF_STATIC_FILES
        for name, value in EVERYWHERE.items():
            response.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            wanted = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            response.setdefault("Strict-Transport-Security", wanted)
        # Whatever sets no rule of its own (static files do) is never stored: a phone may be shared.
        response.setdefault("Cache-Control", "no-store")
        return response
