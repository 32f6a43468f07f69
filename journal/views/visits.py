"""The day of a visit, and what the parent would like to talk about."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.second_factor import second_factor_required
from journal.forms import ShareVisitForm, VisitDayForm
from journal.models import Opened, Reading, Share, Visit
from journal.seen import Door
from journal.views.families import readers_share
from journal.views.reading_pages import show_visit


@require_http_methods(["GET", "HEAD", "POST"])
def share_visit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The parent's side of the visit to come."""
    share = get_object_or_404(Share.objects.editable_by(request.user).to_visit().select_related("parent"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ShareVisitForm(data, share=share, visit=Visit.objects.editable_by(request.user).to_come(share))
    if form.is_valid():
        form.keep()
        messages.success(request, _("Saved."))
        return redirect(share)
    status = 422 if form.is_bound else 200
    return render(request, "journal/share_visit.html", {"form": form, "share": share}, status=status)


@require_POST
@second_factor_required
@transaction.atomic
def family_visit_day(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = readers_share(request, pk)
    visits = Visit.objects.visible_to(request.user)
    to_come = visits.to_come(share)
    form = VisitDayForm(request.POST, planned_on=to_come.planned_on if to_come else None)
    if not form.is_valid():
        Reading.record(share, Opened.VISIT)
        return show_visit(request, share, Door.of(share), day=form)
    visits.plan(share).plan_for(form.cleaned_data["planned_on"])
    messages.success(request, _("Saved."))
    return redirect("journal:family-visit", pk)


@require_POST
@second_factor_required
@transaction.atomic
def family_visit_held(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Sent twice it counts once: after a visit held today there is a next one only when somebody spoke of it."""
    share = readers_share(request, pk)
    visits = Visit.objects.visible_to(request.user)
    last = next(iter(visits.of_share(share)), None)
    if not (last and last.held_at and timezone.localdate(last.held_at) == timezone.localdate()):
        visits.plan(share).hold()
    messages.success(request, _("Thank you. What is shared from now on is for the next visit."))
    return redirect("journal:family-visit", pk)
