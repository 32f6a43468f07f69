"""The pages a share is read through: by its reader, who leaves a line, and by its parent, who looks at the same."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.http import AuthenticatedHttpRequest
from journal.before_visit import LOOKED_AT, BeforeVisit, Choice, SeenWeek
from journal.forms import NoteForm, VisitDayForm
from journal.models import Note, Share, Visit
from journal.seen import Door, SeenMoment, SeenNote
from journal.share_steps import first_yes
from journal.views.addresses import named_day
from journal.weeks import Week


def today_of(share: Share) -> date:
    """By the parent's clock, so that both sides see the same."""
    return timezone.localdate(timezone=share.parent.zone)


def before_visit(request: AuthenticatedHttpRequest, share: Share) -> BeforeVisit:
    """Everything of the page that comes from the parent."""
    visits = Visit.objects.visible_to(request.user).of_share(share)[:2]
    coming = next((visit for visit in visits if visit.held_at is None), None)
    started = next((visit.held_at for visit in visits if visit.held_at), first_yes(share))
    since, today = timezone.localdate(started, timezone=share.parent.zone), today_of(share)
    moments = share.moments.visible_to(request.user)
    choice = Choice.of(moments.glimpses(Week.of(since).monday), since, today)
    return BeforeVisit.of(
        ask=coming.ask if coming else "",
        visit_on=coming.planned_on if coming else None,
        since=since,
        today=today,
        choice=choice,
        told=moments.told(choice.ids, with_bright=0 if choice.bright else LOOKED_AT),
    )


def show_visit(request: AuthenticatedHttpRequest, share: Share, door: Door, **forms: Any) -> HttpResponse:
    page = before_visit(request, share)
    shown = {
        "page": page,
        "door": door,
        "notes": notes_on(request, share),
        "form": forms.get("note") or NoteForm(),
        "day_form": forms.get("day") or VisitDayForm(planned_on=page.visit_on),
    }
    return render(request, "journal/family_visit.html", shown, status=422 if forms else 200)


def show_sheet(request: AuthenticatedHttpRequest, share: Share, door: Door) -> HttpResponse:
    return render(request, "journal/family_sheet.html", {"page": before_visit(request, share), "door": door})


def show_week_list(request: AuthenticatedHttpRequest, share: Share, door: Door) -> HttpResponse:
    today = today_of(share)
    weeks = [(monday, Week(monday).label(today)) for monday in share.moments.visible_to(request.user).mondays()]
    return render(request, "journal/family_week_list.html", {"weeks": weeks, "door": door})


def show_week(
    request: AuthenticatedHttpRequest, share: Share, door: Door, week: Week, note: NoteForm | None = None
) -> HttpResponse:
    """One that holds shared moments; the others are not there. Its neighbours are the next that do."""
    moments, today = share.moments.visible_to(request.user), today_of(share)
    mondays = moments.mondays()
    if week.monday not in mondays:
        raise Http404
    at = mondays.index(week.monday)
    shown = {
        "week": SeenWeek.of(week, moments.with_words().stories(week.monday, week.sunday), today),
        "later": [(monday, Week(monday).label(today)) for monday in mondays[:at][-1:]],
        "earlier": [(monday, Week(monday).label(today)) for monday in mondays[at + 1 :][:1]],
        "door": door,
        "notes": notes_on(request, share, monday=week.monday),
        "form": note or NoteForm(),
    }
    return render(request, "journal/family_week.html", shown, status=422 if note else 200)


def show_moment(
    request: AuthenticatedHttpRequest, share: Share, door: Door, moment_pk: UUID, note: NoteForm | None = None
) -> HttpResponse:
    moments = share.moments.visible_to(request.user).with_words()
    moment = get_object_or_404(moments, pk=moment_pk)
    moments.tell_repairs([moment])
    shown = {
        "moment": SeenMoment.of(moment, moment.coming_back),
        "monday": Week.of(moment.happened_on).monday,
        "door": door,
        "notes": notes_on(request, share, moment=moment.pk),
        "form": note or NoteForm(),
    }
    return render(request, "journal/family_moment.html", shown, status=422 if note else 200)


def notes_on(request: AuthenticatedHttpRequest, share: Share, **place: Any) -> list[SeenNote]:
    """Of the visit, of one `moment` or of the week of one `monday`."""
    return [SeenNote.of(note) for note in Note.objects.visible_to(request.user).standing_on(share, **place)]


def named_week(day: str) -> Week:
    """The week that holds this day; what is no day is not there."""
    try:
        return Week.of(named_day(day))
    except ValueError as error:
        raise Http404 from error
