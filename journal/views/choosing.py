"""Choosing who can read: one moment, one that felt scary, the moments of a week."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.fresh import fresh_sign_in
from accounts.http import AuthenticatedHttpRequest
from journal.consent import law_line
from journal.forms import SharingForm, WeekSharingForm
from journal.models import Child, Kind, Moment, ProgramText, Share, SharedMoment
from journal.models.moment_queries import MomentQuerySet
from journal.views.addresses import named_day
from journal.weeks import Week


@require_http_methods(["GET", "HEAD", "POST"])
def moment_sharing(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    moment = own_moment(request, pk)
    data = request.POST if request.method == "POST" else None
    form = sharing_form(request, moment, data)
    if data is None or not form.is_valid():
        page = {"moment": moment, "moments": [moment], "form": form}
        return render(request, "journal/moment_sharing.html", page, status=200 if data is None else 422)
    if moment.felt_unsafe and form.added:
        moment.share_with(form.kept)
        return redirect(scary_address(moment, form.added))
    try:
        share_both(moment, form, Moment.objects.editable_by(request.user))
    except ValueError:
        # It was marked while this page was open: what is asked of a scary moment is asked now.
        return redirect(scary_address(moment, form.added))
    messages.success(request, _("Saved."))
    return redirect(moment)


@transaction.atomic
def share_both(moment: Moment, form: SharingForm, own: MomentQuerySet) -> None:
    """The moment, and for its new readers the coming back where it was asked for."""
    moment.share_with(form.cleaned_data["shares"])
    if form.shares_repairs:
        own.among([one.pk for one in moment.coming_back]).read_too_by(form.added)


@require_http_methods(["GET", "HEAD", "POST"])
def moment_sharing_scary(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The second, separate confirmation for a moment that felt scary or unsafe."""
    moment = own_moment(request, pk)
    if not moment.felt_unsafe:
        return redirect("journal:moment-sharing", pk)
    return confirm_scary(request, moment)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def confirm_scary(request: AuthenticatedHttpRequest, moment: Moment) -> HttpResponse:
    if request.method == "POST":
        form = sharing_form(request, moment, request.POST)
        if form.is_valid() and form.added:
            moment.share_with([*moment.readers, *form.added], confirmed=True)
            messages.success(request, _("Saved."))
            return redirect(moment)
        return redirect("journal:moment-sharing", moment.pk)
    asked = QueryDict(mutable=True)
    asked.setlist("shares", request.GET.getlist("share"))
    form = sharing_form(request, moment, asked)
    if not form.is_valid() or not form.added:
        return redirect("journal:moment-sharing", moment.pk)
    program = ProgramText.objects.current()
    _before, head, rest = law_line(program.text if program else "").split("**", 2)
    page = {"moment": moment, "shares": form.added, "law_head": head, "law": rest, "moments": [moment]}
    return render(request, "journal/moment_sharing_scary.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def week_sharing(request: AuthenticatedHttpRequest, day: str) -> HttpResponse:
    week = named_week(day)
    shares = list(Share.objects.editable_by(request.user).to_choose_from())
    sent = request.POST if request.method == "POST" else request.GET
    share = named_share(sent.get("share"), shares)
    page: dict[str, Any] = {
        "monday": week.monday.isoformat(),
        "label": week.label(timezone.localdate()),
        "shares": shares,
    }
    if share is None:
        return render(request, "journal/week_sharing.html", page)
    listed = to_list(request, week, share)
    form = WeekSharingForm(request.POST if request.method == "POST" else None, share=share, listed=listed)
    if form.is_bound and form.is_valid():
        open_exactly(request, share, form)
        messages.success(request, _("Saved."))
        return redirect("journal:week-detail", week.monday.isoformat())
    page |= {"share": share, "form": form}
    return render(request, "journal/week_sharing.html", page, status=422 if form.is_bound else 200)


def open_exactly(request: AuthenticatedHttpRequest, share: Share, form: WeekSharingForm) -> None:
    own = Moment.objects.editable_by(request.user)
    with transaction.atomic():
        chosen = own.among([UUID(pk) for pk in form.cleaned_data["moments"]])
        listed = list(form.listed.values())
        SharedMoment.objects.editable_by(request.user).open_exactly(share, chosen, listed)
        own.among([repair.pk for repair in form.repairs]).read_too_by([share])


def own_moment(request: AuthenticatedHttpRequest, pk: UUID) -> Moment:
    """With its repairs, and who can read each."""
    moments = Moment.objects.editable_by(request.user).with_repairs(request.user)
    moment = get_object_or_404(moments.select_related("child"), pk=pk)
    SharedMoment.objects.editable_by(request.user).tell_readers([moment, *moment.coming_back])
    return moment


def sharing_form(request: AuthenticatedHttpRequest, moment: Moment, data: QueryDict | None) -> SharingForm:
    """With all live readers to choose from; it asks for the repairs too while a new reader would get one by it."""
    shares = list(Share.objects.editable_by(request.user).to_choose_from())
    new = {share for share in shares if share not in moment.readers}
    open_repairs = [one for one in moment.coming_back if not one.felt_unsafe and new.difference(one.readers)]
    ask_too = moment.kind == Kind.MISSED and not moment.felt_unsafe and bool(open_repairs)
    return SharingForm(data, shares=shares, moment=moment, ask_too=ask_too)


def scary_address(moment: Moment, shares: Sequence[Share]) -> str:
    query = QueryDict(mutable=True)
    query.setlist("share", [str(share.pk) for share in shares])
    return f"{reverse('journal:moment-sharing-scary', args=[moment.pk])}?{query.urlencode()}"


def named_week(day: str) -> Week:
    """The week of this Monday, if it has begun."""
    monday: date = named_day(day)
    if day != monday.isoformat() or monday.weekday() or monday > timezone.localdate():
        raise Http404
    try:
        return Week.of(monday)
    except ValueError as error:
        raise Http404 from error


def named_share(value: str | None, shares: Sequence[Share]) -> Share | None:
    """The one named, or the only one; None when there is none, or several to pick from."""
    if value is None:
        return shares[0] if len(shares) == 1 else None
    found = next((share for share in shares if str(share.pk) == value), None)
    if found is None:
        raise Http404
    return found


def to_list(request: AuthenticatedHttpRequest, week: Week, share: Share) -> list[Moment]:
    """The week's moments that this reader may be given, oldest first."""
    children = {child.pk: child for child in Child.objects.editable_by(request.user)}
    stories = Moment.objects.editable_by(request.user).stories(week.monday, week.sunday)
    listed = [story for story in stories if share.covers(story.child_id) and not story.felt_unsafe]
    SharedMoment.objects.editable_by(request.user).tell_readers(listed)
    for story in listed:
        story.child = children.get(story.child_id) if story.child_id else None
    return listed
