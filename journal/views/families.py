"""The reader's side. Each page that shows what a parent wrote leaves a line for the parent, or is not shown."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import DataKey
from accounts.second_factor import second_factor_required
from journal.models import Opened, Reading, Share
from journal.seen import Door, Family
from journal.views.reading_pages import named_week, show_moment, show_sheet, show_visit, show_week, show_week_list


def readers_share(request: AuthenticatedHttpRequest, pk: UUID) -> Share:
    """The reader's one door."""
    return get_object_or_404(Share.objects.read_by(request.user).with_parent(), pk=pk)


@require_safe
@second_factor_required
def family_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    asked = list(Share.objects.asked_by(request.user).of_open_journals().with_next_visit())
    live = [share for share in asked if share.is_live]
    DataKey.open_for([share.parent_id for share in live])
    page = {
        "families": sorted((Family.of(share) for share in live), key=lambda family: family.place),
        "waiting": [(share.pk, share.requested_at) for share in asked if share.is_asked],
        "today": timezone.localdate(),
    }
    return render(request, "journal/family_list.html", page)


@require_safe
@second_factor_required
def family_guide(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "journal/family_guide.html")


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def family_end_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """For who leaves a program: what they asked for and what they read, all at once."""
    if request.method == "POST":
        Share.objects.asked_by(request.user).end(by=request.user)
        messages.success(request, _("You can no longer read a family's journal."))
        return redirect("journal:family-list")
    return render(request, "journal/family_end_all.html")


@require_safe
@second_factor_required
@transaction.atomic
def family_visit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = readers_share(request, pk)
    Reading.record(share, Opened.VISIT)
    return show_visit(request, share, Door.of(share))


@require_safe
@second_factor_required
@transaction.atomic
def family_sheet(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = readers_share(request, pk)
    Reading.record(share, Opened.SHEET)
    return show_sheet(request, share, Door.of(share))


@require_safe
@second_factor_required
def family_week_list(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Dates alone, no words: no line."""
    share = readers_share(request, pk)
    return show_week_list(request, share, Door.of(share))


@require_safe
@second_factor_required
@transaction.atomic
def family_week(request: AuthenticatedHttpRequest, pk: UUID, day: str) -> HttpResponse:
    share, week = readers_share(request, pk), named_week(day)
    if day != week.monday.isoformat():
        return redirect("journal:family-week", pk, week.monday.isoformat())
    Reading.record(share, Opened.WEEK, monday=week.monday)
    return show_week(request, share, Door.of(share), week)


@require_safe
@second_factor_required
@transaction.atomic
def family_moment(request: AuthenticatedHttpRequest, pk: UUID, moment_pk: UUID) -> HttpResponse:
    share = readers_share(request, pk)
    Reading.record(share, Opened.MOMENT, moment=moment_pk)
    return show_moment(request, share, Door.of(share), moment_pk)


@require_safe
@second_factor_required
def family_terms(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """What the parent said yes to, which both sides can read. It tells nothing of the journal: no line."""
    share = get_object_or_404(Share.objects.read_by(request.user).with_parent().with_next_visit(), pk=pk)
    page = {"share": share, "family": Family.of(share), "consents": share.consents[::-1], "door": Door.of(share)}
    return render(request, "journal/family_terms.html", page)


@require_safe
@second_factor_required
def family_status(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Whether an open page may still be looked at: it asks when it is looked at again."""
    readers_share(request, pk)
    return HttpResponse(status=204)
