"""Which question is asked: the rules of choosing, one question a day and a way to see others.

A question fits the child's age and the kind of moment. It is not shown again for two weeks; when all were shown,
the one not seen for longest comes first. Among those left, the day decides, so a page shows the same one all day.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, FilteredRelation, IntegerField, Q, QuerySet, UUIDField

from accounts.models import User
from accounts.prepared import prepared
from journal.ages import OLDEST
from journal.languages import language
from journal.models import Child, Kind, Prompt, PromptOffer
from journal.models.prompts import PromptKind

REST_THEMES = frozenset({"breaks", "not-alone", "grace"})
UNSEEN_FOR = timedelta(days=14)
# A wording's version and the first fields of a Question, and a page's offer of it: day, turn, page.
WORDING = ("texts__version", "texts__id", "texts__text", "id", "kind", "theme__slug")
Wording = tuple[int, int, str, int, str, str]
Offer = tuple[date, int, str]


@dataclass(frozen=True)
class Asker:
    """For whom, about which child, on which local date, on which page ('' is Today, else a kind of moment)."""

    author: User
    child: Child | None
    day: date
    page: str = ""

    @property
    def prompt_kind(self) -> str:
        return PromptKind.ANY if self.page == Kind.REFLECTION else self.page

    @property
    def months(self) -> int | None:
        """The child's age; a question for an older child than any is one for the oldest."""
        return min(self.child.months_old(self.day), OLDEST - 1) if self.child else None


class Question(NamedTuple):
    """A fitting question in its current wording, and when this parent last saw it about this child.

    `id` names the wording (PromptText). `turn_today` is its last turn on this very page today.
    """

    id: int
    text: str
    prompt_id: int
    kind: str
    theme: str
    seen_on: date | None
    seen_turn: int | None
    turn_today: int | None

    @property
    def moment_kind(self) -> str:
        """The kind of moment an answer to it makes."""
        return Kind.REFLECTION if self.kind == PromptKind.ANY else self.kind


def fitting(kind: Any, months: Any, day: Any, code: Any) -> QuerySet[Prompt]:
    """Questions published on a day, of a kind or of any, for an age; with no child named, those for every age.

    Each with all its wordings in a language.
    """
    prompts = Prompt.objects.published(day, code)
    if kind:
        prompts = prompts.filter(kind=kind)
    if months is None:
        return prompts.filter(age_min_months=0, age_max_months=OLDEST)
    return prompts.filter(age_min_months__lte=months, age_max_months__gt=months)


@prepared(
    author=UUIDField(),
    child=UUIDField(),
    since=DateField(),
    kind=CharField(),
    months=IntegerField(),
    day=DateField(),
    code=CharField(),
)
def wordings(author: Any, child: Any, since: Any, **which: Any) -> QuerySet[Prompt, Any]:
    """The fitting questions in all their wordings, joined with this parent's offers since a day."""
    offered = {"offers__author": author, "offers__offered_on__gte": since}
    offered |= {"offers__child": child} if child else {"offers__child__isnull": True}
    mine = FilteredRelation("offers", condition=Q(**offered))
    return fitting(**which).annotate(mine=mine).values_list(*WORDING, "mine__offered_on", "mine__turn", "mine__kind")


def questions(asker: Asker) -> list[Question]:
    """One query: the fitting questions joined with this parent's offers of the last two weeks.

    Older offers no longer matter: a question not seen since is fresh, and while one is fresh none else is asked.
    """
    rows = wordings(
        author=asker.author,
        child=asker.child,
        since=asker.day - UNSEEN_FOR,
        kind=asker.prompt_kind or None,
        months=asker.months,
        day=asker.day,
        code=language(),
    )
    offers: dict[Wording, list[Offer]] = {}
    for *wording, day, turn, page in rows:
        offers.setdefault(tuple(wording), []).extend([(day, turn, page)] if day else [])
    # The newest version of a question comes last and stays.
    newest = {wording[3]: wording for wording in sorted(offers)}
    return [Question(*wording[1:], *last_seen(asker, offers[wording])) for wording in newest.values()]


def last_seen(asker: Asker, offers: Sequence[Offer]) -> tuple[date | None, int | None, int | None]:
    """The last day, the last turn of today, and the last turn of today on this very page."""
    today = [(turn, page) for day, turn, page in offers if day == asker.day]
    return (
        max((day for day, _turn, _page in offers), default=None),
        max((turn for turn, _page in today), default=None),
        max((turn for turn, page in today if page == asker.prompt_kind), default=None),
    )


def shown_today(among: Sequence[Question]) -> Question | None:
    """The question this page shows today, if it has one yet."""
    shown = [one for one in among if one.turn_today is not None]
    return max(shown, key=lambda one: one.turn_today or 0, default=None)


def offer(asker: Asker, among: Sequence[Question], *, prefer_rest: bool = False) -> Question | None:
    """Choose the next question and write it down; None when none fits.

    Asked again and again it goes round: none comes back until all have been through.
    """
    last = shown_today(among)
    chosen = choose(asker, among if asker.page else unasked(among), prefer_rest=prefer_rest)
    if chosen:
        turn = 0 if last is None else (last.turn_today or 0) + 1
        PromptOffer.record(
            author=asker.author,
            child=asker.child,
            day=asker.day,
            kind=asker.prompt_kind,
            turn=turn,
            prompt_id=chosen.prompt_id,
        )
    return chosen


def current_question(asker: Asker) -> Question | None:
    """The question on a page today; chosen and written down when the day has none yet."""
    among = questions(asker)
    return shown_today(among) or offer(asker, among)


def choose(asker: Asker, among: Sequence[Question], *, prefer_rest: bool = False) -> Question | None:
    fresh = [one for one in among if one.seen_on is None or one.seen_on < asker.day - UNSEEN_FOR]
    if fresh:
        rest = [one for one in fresh if one.theme in REST_THEMES] if prefer_rest else []
        return min(rest or fresh, key=lambda one: place(asker, one))
    return min(among, key=lambda one: (one.seen_on, one.seen_turn or 0), default=None)


def unasked(among: Sequence[Question]) -> list[Question]:
    """What Today may show next: a missed cue at most once a day, and never as the first of the day."""
    shown = [one for one in among if one.turn_today is not None]
    may_miss = bool(shown) and not any(one.kind == Kind.MISSED for one in shown)
    return [one for one in among if may_miss or one.kind != Kind.MISSED]


def place(asker: Asker, question: Question) -> bytes:
    """A place in an order that differs from parent to parent and day to day, and stays the same all day."""
    child = asker.child.pk if asker.child else ""
    words = f"{asker.author.pk}:{child}:{asker.day}:{asker.page}:{question.prompt_id}"
    return hashlib.sha256(words.encode()).digest()
