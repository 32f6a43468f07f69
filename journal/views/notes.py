"""To be written."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def note_to_reader(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def note_to_parent(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def note_delete(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def note_seen(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def family_read(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
