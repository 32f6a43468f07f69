"""Today: three doors and a quieter one, the day's question, the week so far, the last moments."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from journal.models import Child, Kind, Moment, Share, children_of
from journal.models.own_moments import newest_of, stories_of
from journal.news import News
from journal.picture import draw_week
from journal.prompting import Asker, offer, questions, shown_today
from journal.sample import sample_week
from journal.summaries import summarize
from journal.views.addresses import named_child
from journal.week_counts import WeekCounts
from journal.weeks import Week

LAST_MOMENTS = 3


# Public: signed out it says what this is.
@require_safe
@login_not_required
def today(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "journal/landing.html", sample_week())
    children = children_of(parent=request.user)
    last = last_moments(request.user, children)
    news = News.of(request.user, last)
    if not (children or last or news.offered) and Share.objects.asked_by(request.user).exists():
        return redirect("journal:family-list")
    child = named_child(request.GET.get("child"), children)
    page = {"children": children, "child": child, "kinds": Kind, "moments": last, "news": news}
    asker = Asker(author=request.user, child=child, day=timezone.localdate())
    shown = question_and_week(asker, has_written=bool(last))
    return render(request, "journal/today.html", page | shown)


def question_and_week(asker: Asker, *, has_written: bool) -> dict[str, Any]:
    """The day's question, and the picture of the week so far."""
    week = Week.of(asker.day)
    among = questions(asker)
    question = shown_today(among)
    # The weeks before matter only to the day's first question.
    first = week if question else week.previous.previous
    stories = stories_of(asker.author, first.monday, week.sunday, child=asker.child) if has_written else []
    if question is None:
        question = offer(asker, among, prefer_rest=needs_rest(stories, week.previous))
    picture = draw_week([story for story in stories if story.happened_on in week], week)
    return {"day": asker.day, "question": question, "picture": picture}


@require_POST
@vary_on_headers("HX-Request")
def today_another(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The next question on Today."""
    child = named_child(request.POST.get("child"), children_of(parent=request.user))
    asker = Asker(author=request.user, child=child, day=timezone.localdate())
    week = Week.of(asker.day).previous
    stories = stories_of(request.user, week.previous.monday, week.sunday, child=child)
    question = offer(asker, questions(asker), prefer_rest=needs_rest(stories, week))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "journal/partials/today_question.html", {"question": question, "child": child})
    return redirect(f"/?child={child.pk if child else ''}")


def needs_rest(stories: list[Moment], week: Week) -> bool:
    """After a week that was held, or that ended with a line of support."""
    before = WeekCounts.count(stories, week.previous).band
    return bool(summarize(replace(WeekCounts.count(stories, week), prev_band=before)).support_line)


def last_moments(parent: User, children: list[Child]) -> list[Moment]:
    names = {child.pk: child for child in children}
    last = newest_of(author=parent, most=LAST_MOMENTS)
    for moment in last:
        moment.child = names.get(moment.child_id) if moment.child_id else None
    return last
