"""Who reads a parent's journal: all of them, one of them, what they opened, and the end of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from journal.models import Child, Moment, Note, Reading, Share, SharedMoment, Visit
from journal.share_steps import tell_steps
from journal.views.addresses import named_number

ON_A_PAGE = 50


@dataclass(frozen=True)
class ShareCard:
    """A share in the list: how many moments it opens, and when it was last opened."""

    share: Share
    readable: int
    opened_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.share.ended_at is not None or self.share.is_run_out


@require_safe
def share_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    readable = SharedMoment.objects.editable_by(request.user).count_by_share()
    opened = Reading.objects.editable_by(request.user).last_by_share()
    shares = Share.objects.editable_by(request.user).newest_first()
    cards = [ShareCard(share, readable.get(share.pk, 0), opened.get(share.pk)) for share in shares]
    page = {
        # Who waits for an answer stands first.
        "cards": sorted([card for card in cards if not card.is_over], key=lambda card: not card.share.is_asked),
        "past": [card.share for card in cards if card.is_over],
        "visits_families": Share.objects.asked_by(request.user).exists(),
    }
    return render(request, "journal/share_list.html", page)


@require_safe
def share_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = get_object_or_404(Share.objects.editable_by(request.user).with_children(), pk=pk)
    children = [child for child in Child.objects.editable_by(request.user) if share.covers(child.pk)]
    visits = list(Visit.objects.editable_by(request.user).of_share(share))
    page = {
        "share": share,
        "children": children if share.agreed_at else [],
        "steps": tell_steps(share),
        "consents": share.consents[::-1],
        "visit": next((visit for visit in visits if not visit.held_at), None),
        "held": [visit for visit in visits if visit.held_at],
        "notes": Note.objects.kept_by(request.user).standing_on(share),
    }
    return render(request, "journal/share_detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def share_end(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """By either side; a parent's "Not now" to a request as well."""
    share = get_object_or_404(Share.objects.endable_by(request.user).select_related("parent"), pk=pk)
    is_parent = share.parent_id == request.user.pk
    if request.method != "POST":
        return render(request, "journal/share_end.html", {"share": share, "is_parent": is_parent})
    share.end(by=request.user)
    if not is_parent:
        messages.success(request, _("You can't open this journal any more."))
        return redirect("journal:family-list")
    messages.success(request, _("%(name)s can't open your journal.") % {"name": share.reader_name})
    return redirect("journal:share-list")


@require_safe
def share_readings(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = get_object_or_404(Share.objects.editable_by(request.user), pk=pk)
    number = max(1, named_number(request.GET.get("page", "1")))
    start = min(number - 1, 10**6) * ON_A_PAGE
    readings = list(Reading.objects.editable_by(request.user).of_share(share)[start : start + ON_A_PAGE + 1])
    shown = readings[:ON_A_PAGE]
    moments = Moment.objects.editable_by(request.user).in_bulk([one.of_moment for one in shown if one.of_moment])
    page = {
        "share": share,
        "lines": [(one, moments.get(one.of_moment) if one.of_moment else None) for one in shown],
        "next_page": number + 1 if len(readings) > ON_A_PAGE else None,
    }
    return render(request, "journal/share_readings.html", page)
