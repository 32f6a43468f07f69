"""The day of a visit, and what the parent would like to talk about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from journal.forms import ShareVisitForm
from journal.models import Share, Visit


@require_http_methods(["GET", "HEAD", "POST"])
def share_visit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The parent's side of the visit to come."""
    share = get_object_or_404(Share.objects.editable_by(request.user).to_visit().select_related("parent"), pk=pk)
    visits = Visit.objects.editable_by(request.user).of_share(share)
    to_come = next((visit for visit in visits if not visit.held_at), None)
    data = request.POST if request.method == "POST" else None
    form = ShareVisitForm(data, share=share, visit=to_come)
    if form.is_valid():
        form.keep()
        messages.success(request, _("Saved."))
        return redirect(share)
    status = 422 if form.is_bound else 200
    return render(request, "journal/share_visit.html", {"form": form, "share": share}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def family_visit_day(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def family_visit_held(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
