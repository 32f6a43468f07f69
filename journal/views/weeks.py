"""The week: for each child the summary, the picture and its words, then the moments day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from journal.models import Child, Moment, Note, Share, SharedMoment, children_of
from journal.models.own_moments import stories_of
from journal.picture import WeekPicture, draw_week
from journal.summaries import WeeklySummary, summarize
from journal.views.addresses import named_child, named_day
from journal.week_counts import Band, WeekCounts
from journal.weeks import Week


@dataclass(frozen=True)
class ChildWeek:
    """One child's week (None: the moments with no child named), as the page shows it."""

    child: Child | None
    week: Week
    summary: WeeklySummary
    picture: WeekPicture | None
    days: Sequence[tuple[date, Sequence[Moment]]]
    is_nameless: bool
    is_updated: bool

    @property
    def is_current(self) -> bool:
        return timezone.localdate() in self.week

    @property
    def support_line(self) -> str:
        """An unfinished week is not answered with support, unless something in it felt scary."""
        unfinished = self.is_current and self.summary.band != Band.HELD
        return "" if unfinished else self.summary.support_line


@require_safe
def week_current(request: AuthenticatedHttpRequest) -> HttpResponse:
    return show_week(request, Week.of(timezone.localdate()))


@require_safe
def week_detail(request: AuthenticatedHttpRequest, day: str) -> HttpResponse:
    try:
        week = Week.of(named_day(day))
    except ValueError as error:
        raise Http404 from error
    if week.monday > timezone.localdate():
        raise Http404
    if day != week.monday.isoformat():
        return redirect("journal:week-detail", week.monday.isoformat())
    return show_week(request, week)


def show_week(request: AuthenticatedHttpRequest, week: Week) -> HttpResponse:
    today = timezone.localdate()
    children = children_of(parent=request.user)
    chosen = named_child(request.GET["child"], children) if "child" in request.GET else None
    first = week if week.is_earliest else week.previous
    stories = stories_of(request.user, first.monday, week.sunday)
    page = {
        **shared_of_week(request, week, stories),
        "week": week,
        "label": week.label(today),
        "is_current": today in week,
        "children": children,
        "chosen": chosen,
        "week_url": reverse("journal:week-detail", args=[week.monday.isoformat()]),
        "shows_counts": request.user.shows_counts,
        "weeks": list(weeks_to_show(stories, week, children, chosen)),
        "previous": None if week.is_earliest else week.previous,
        "previous_label": "" if week.is_earliest else week.previous.label(today),
        "next": week.next if week.next.monday <= today else None,
        "next_label": week.next.label(today),
    }
    return render(request, "journal/week_detail.html", page)


def shared_of_week(request: AuthenticatedHttpRequest, week: Week, stories: Sequence[Moment]) -> dict[str, Any]:
    """Who reads, who of them reads of this week, and its notes; a plain query for a parent who shares with nobody."""
    shares = Share.objects.editable_by(request.user)
    given = list(shares.by_yes()) if shares.exists() else []
    live = [share for share in given if share.is_live]
    written = [story for story in stories if story.happened_on in week] if live else []
    if live:
        SharedMoment.objects.editable_by(request.user).tell_readers(written)
    notes = list(Note.objects.kept_by(request.user).on_week(week.monday)) if given else []
    of_week = {share for story in written for share in story.readers}
    readers = [share for share in live if share in of_week]
    return {"shares": live, "readers": readers, "notes": notes, "monday": week.monday.isoformat()}


def weeks_to_show(
    stories: Sequence[Moment], week: Week, children: Sequence[Child], chosen: Child | None
) -> Iterator[ChildWeek]:
    """Each child's week in the form's order, or the chosen one's; then the moments with no child named, if any."""
    for child in [chosen] if chosen else children:
        yield child_week(child, [story for story in stories if story.child_id == child.pk], week)
    nameless = [story for story in stories if story.child_id is None]
    if not children or (not chosen and any(story.happened_on in week for story in nameless)):
        yield child_week(None, nameless, week, has_children=bool(children))


def child_week(child: Child | None, stories: Sequence[Moment], week: Week, *, has_children: bool = True) -> ChildWeek:
    """From the stories of this week and the one before it; nothing of it is kept."""
    before = "" if week.is_earliest else WeekCounts.count(stories, week.previous).band
    summary = summarize(replace(WeekCounts.count(stories, week), prev_band=before))
    # By local dates: who travels can write of a Tuesday after having written of the Wednesday.
    written = sorted((story for story in stories if story.happened_on in week), key=lambda story: story.happened_on)
    for story in written:
        story.child = child
    return ChildWeek(
        child=child,
        week=week,
        summary=summary,
        picture=None if summary.band == Band.HELD else draw_week(written, week),
        days=[(day, sewn(list(moments))) for day, moments in groupby(written, lambda story: story.happened_on)],
        is_nameless=child is None and has_children,
        is_updated=timezone.localdate() > week.sunday and any(changed_after(story, week) for story in written),
    )


def sewn(moments: list[Moment]) -> list[Moment]:
    """A missed cue is sewn to the coming back that stands right under it."""
    for above, below in pairwise(moments):
        above.is_sewn = below.repairs_id == above.pk
    return moments


def changed_after(story: Moment, week: Week) -> bool:
    """Whether it, or what mends it, was written or changed once the week was over."""
    last = max([story.edited_at, *(repair.edited_at for repair in story.coming_back)])
    return timezone.localdate(last) > week.sunday
