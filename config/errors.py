"""The plain pages for what cannot be shown. They name nothing, so that forbidden and missing look the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page left open too long, or cookies switched off: say so, and that Back still holds what was typed."""
    return render(request, "403_csrf.html", status=403)
