"""Every component in every state, for who works on the look. In development mode alone: see config/urls.py."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from journal.choices import CUES
from journal.models import Kind, Moment, Offered, Share
from journal.picture import draw_week
from journal.sample import MONDAY, sample_week
from journal.summaries import Band, WeekCounts, summarize
from journal.weeks import Week

# Long ago, so that it is said the same way in every year.
DAY = date(2020, 3, 2)
AT = datetime(2020, 3, 2, 12, tzinfo=UTC)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
MARKS = ("responsive", "missed", "repair", "reflection")
ICONS = ("today", "journal", "weeks", "sharing", "settings", "guide", "me", "note", "star")
WEEKS = [
    WeekCounts(responsive=5, missed=2, missed_repaired=1, days=4),
    WeekCounts(responsive=2, missed=4, missed_repaired=0, days=4, prev_band=Band.MIXED),
    WeekCounts(responsive=2, missed=3, unsafe=1, days=3),
    WeekCounts(),
]


class SampleForm(forms.Form):
    """A field of each sort."""

    text = forms.CharField(label=_("Your words"), widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label=_("Name or nickname"), help_text=_("A first name is enough. They will see it."))
    cue = forms.ChoiceField(label=_("What I saw"), choices=CUES[:4], widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("es", "Español")])
    starred = forms.BooleanField(label=_("Keep this one with a star"))


# Public: it holds no person's words, and in production it is not there.
@require_safe
@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    page = {
        "form": SampleForm(auto_id="plain_%s", initial={"text": LONG, "cue": CUES[0][0]}),
        "refused": SampleForm({"cue": "?", "language": "?"}, auto_id="refused_%s"),
        "moments": list(sample_moments()),
        "offers": [Offered(UUID(int=0), AT, why, others) for why, others in (("", 2), ("refused", 0))],
        "marks": MARKS,
        "icons": ICONS,
        "empty": draw_week([], Week(MONDAY)),
        "summaries": [summarize(counts) for counts in WEEKS],
        **sample_week(),
    }
    return render(request, "journal/components/page.html", page)


def sample_moments() -> list[Moment]:
    """Of each kind, short and long, told to nobody and to someone, one sewn to the next."""
    author, reader = User(language="en"), Share(invited_name="Rosa")
    answered = sample(author, Kind.RESPONSIVE, text="She looked up and I waved.", cue="wants-play", feeling="happy")
    missed = sample(author, Kind.MISSED, text="She called twice. " * 30, did="was-busy")
    repair = sample(author, Kind.REPAIR, text="I sat down with her.")
    silent = sample(author, Kind.MISSED, cue="hungry")
    thought = sample(author, Kind.REFLECTION, text=LONG)
    answered.starred, answered.readers, missed.is_sewn = True, [reader], True
    return [answered, missed, repair, silent, thought]


def sample(author: User, kind: Kind, **content: Any) -> Moment:
    """One that is in no journal."""
    moment = Moment(author=author, kind=kind, happened_on=DAY, content=content)
    moment.coming_back = []
    return moment
