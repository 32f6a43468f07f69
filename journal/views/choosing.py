"""To be written."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def moment_sharing(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def moment_sharing_scary(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def week_sharing(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
