"""Before a visit: what the page says, in the order it is read in. Pure: rows come in, words go out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.age_lines import age_line
from journal.models import Kind, Moment
from journal.models.kinds import BRIGHT
from journal.models.moment_queries import Glimpse
from journal.openers import openers
from journal.seen import SeenMoment, by_day
from journal.summaries import Band, WeekCounts, summarize
from journal.weeks import Week

# How many moments are opened to find one that did not feel scary. Each of those took a second confirmation to share.
LOOKED_AT = 10


@dataclass(frozen=True)
class SeenSummary:
    """A week in words, for one child: what the parent would read of these moments, and no next step."""

    child: str
    headline: str
    supporting: str
    note: str
    number: int


@dataclass(frozen=True)
class SeenWeek:
    """One week of shared moments. A child of whom a moment felt scary has no summary: that moment stands `alone`."""

    monday: date
    label: str
    summaries: tuple[SeenSummary, ...]
    alone: tuple[SeenMoment, ...]
    days: Sequence[tuple[date, Sequence[SeenMoment]]]

    @classmethod
    def of(cls, week: Week, told: Iterable[Moment], today: date) -> "SeenWeek":
        written = [moment for moment in told if moment.happened_on in week]
        alone = tuple(SeenMoment.of(moment) for moment in written if moment.felt_unsafe)
        return cls(week.monday, week.label(today), summaries(written, week), alone, by_day(written))

    @property
    def number(self) -> int:
        """How many moments the summaries are made from."""
        return sum(summary.number for summary in self.summaries)


@dataclass(frozen=True)
class Choice:
    """Which of the shared moments the page tells, by id, and the week it sums up, whole.

    `bright` and `think` are in the order they would be taken: whether one felt scary is known once it is opened.
    """

    span: Sequence[Glimpse]
    week: Week | None
    bright: Sequence[UUID]
    think: Sequence[UUID]
    ids: frozenset[UUID]

    @classmethod
    def of(cls, seen: Sequence[Glimpse], since: date, today: date) -> "Choice":
        """From all since the Monday before `since`, newest first."""
        span = [one for one in seen if one.happened_on >= since]
        finished = next((one.happened_on for one in span if Week.of(one.happened_on).sunday < today), None)
        week = Week.of(finished) if finished else None
        starred = [one.id for one in span if one.starred and one.kind != Kind.MISSED]
        bright = [*starred, *(one.id for one in span if one.kind in BRIGHT and one.id not in starred)][:LOOKED_AT]
        think = [one.id for one in span if one.kind == Kind.MISSED][:LOOKED_AT]
        told = {*bright, *think, *(one.id for one in seen if week and one.happened_on in week)}
        repairs = {one.id for one in seen if one.repairs_id in told}
        return cls(span, week, bright, think, frozenset(told | repairs))


@dataclass(frozen=True)
class BeforeVisit:
    """The whole page, but for notes and forms."""

    ask: str
    visit_on: date | None
    since: date
    kinds: str
    week: SeenWeek | None
    bright: SeenMoment | None
    age_line: str
    think: SeenMoment | None
    openers: tuple[str, ...]

    @classmethod
    def of(
        cls,
        *,
        ask: str,
        visit_on: date | None,
        since: date,
        today: date,
        choice: Choice,
        told: Sequence[Moment],
    ) -> "BeforeVisit":
        """A moment that felt scary or unsafe is told in its week, and never picked out here."""
        safe = {moment.pk: moment for moment in told if not moment.felt_unsafe}
        newest = [moment.pk for moment in reversed(told) if moment.kind in BRIGHT]
        bright = next((safe[pk] for pk in (*choice.bright, *newest) if pk in safe), None)
        think = next((safe[pk] for pk in choice.think if pk in safe), None)
        return cls(
            ask=ask,
            visit_on=visit_on,
            since=since,
            kinds=kinds_in_words(choice.span),
            week=SeenWeek.of(choice.week, told, today) if choice.week else None,
            bright=picked_out(bright) if bright else None,
            age_line=age_line(bright.child.months_old(bright.happened_on)) if bright and bright.child else "",
            think=picked_out(think) if think else None,
            openers=openers(bright, think),
        )


def picked_out(moment: Moment) -> SeenMoment:
    """With what mends it and did not feel scary or unsafe."""
    return SeenMoment.of(moment, [repair for repair in moment.coming_back if not repair.felt_unsafe])


def kinds_in_words(span: Sequence[Glimpse]) -> str:
    """How many moments, and which kinds are among them: never how many of each."""
    if not span:
        return _("No shared moments.")
    words = {
        Kind.RESPONSIVE: _("responding"),
        Kind.MISSED: _("a cue that got by"),
        Kind.REPAIR: _("coming back"),
        Kind.REFLECTION: _("a thought"),
    }
    kinds = {one.kind for one in span}
    named = ", ".join(word for kind, word in words.items() if kind in kinds)
    said = ngettext("{count} shared moment: {kinds}.", "{count} shared moments: {kinds}.", len(span))
    return said.format(count=len(span), kinds=named)


def summaries(written: Sequence[Moment], week: Week) -> tuple[SeenSummary, ...]:
    """For each child, the week counted from these alone; none of a child of whom one felt scary or unsafe."""
    names = {moment.child_id: moment.child.name if moment.child else "" for moment in written}
    found = []
    for child_id, name in names.items():
        of_child = [one for one in written if one.child_id == child_id]
        told = summarize(WeekCounts.count(of_child, week))
        if told.band not in (Band.HELD, Band.EMPTY):
            found.append(SeenSummary(name, told.headline, told.supporting, told.note, len(of_child)))
    return tuple(found)
