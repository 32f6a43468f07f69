"""What the reader sees, shown to the parent: the same pages of the same moments. Looking leaves no line."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from journal.models import Share
from journal.seen import Door
from journal.views.reading_pages import named_week, show_moment, show_sheet, show_visit, show_week, show_week_list


def parents_share(request: AuthenticatedHttpRequest, pk: UUID) -> Share:
    return get_object_or_404(Share.objects.editable_by(request.user).live().with_parent(), pk=pk)


@require_safe
def preview_visit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = parents_share(request, pk)
    return show_visit(request, share, Door.of(share, is_preview=True))


@require_safe
def preview_sheet(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = parents_share(request, pk)
    return show_sheet(request, share, Door.of(share, is_preview=True))


@require_safe
def preview_week_list(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = parents_share(request, pk)
    return show_week_list(request, share, Door.of(share, is_preview=True))


@require_safe
def preview_week(request: AuthenticatedHttpRequest, pk: UUID, day: str) -> HttpResponse:
    share, week = parents_share(request, pk), named_week(day)
    if day != week.monday.isoformat():
        return redirect("journal:preview-week", pk, week.monday.isoformat())
    return show_week(request, share, Door.of(share, is_preview=True), week)


@require_safe
def preview_moment(request: AuthenticatedHttpRequest, pk: UUID, moment_pk: UUID) -> HttpResponse:
    share = parents_share(request, pk)
    return show_moment(request, share, Door.of(share, is_preview=True), moment_pk)
