"""The plain pages for what cannot be shown. They name nothing, so that forbidden and missing look the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.signed_out import keep_for_writer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page left open too long, or cookies switched off: say so, and that Back still holds what was typed.

    What came from a page of a moment, which names its writer by itself, is kept and led back to.
    """
    return keep_for_writer(request) or render(request, "403_csrf.html", status=403)
