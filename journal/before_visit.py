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
    """One week of shared moments. A child of whom a moment felt scary, or with thoughts alone, has no summary."""

    monday: date
    label: str
    summaries: tuple[SeenSummary, ...]
    days: Sequence[tuple[date, Sequence[SeenMoment]]]

    @classmethod
    def of(cls, week: Week, told: Iterable[Moment], today: date) -> "SeenWeek":
        written = [moment for moment in told if moment.happened_on in week]
        return cls(week.monday, week.label(today), summaries(written, week), by_day(written))

    @property
    def number(self) -> int:
        """How many moments the summaries are made from."""
        return sum(summary.number for summary in self.summaries)


@dataclass(frozen=True)
class Choice:
    """Which of the shared moments of a span the page tells, by id, and the week it sums up."""

    week: Week | None
    bright: UUID | None
    think: UUID | None
    ids: frozenset[UUID]

    @classmethod
    def of(cls, span: Sequence[Glimpse], today: date) -> "Choice":
        """From all of a span, newest first."""
        finished = next((one.happened_on for one in span if Week.of(one.happened_on).sunday < today), None)
        week = Week.of(finished) if finished else None
        bright = [one for one in span if one.kind in BRIGHT]
        starred = [one for one in span if one.starred]
        chosen = next((one.id for one in (*starred, *bright)), None)
        think = next((one.id for one in span if one.kind == Kind.MISSED and one.id != chosen), None)
        told = {one.id for one in span if one.id in (chosen, think) or (week and one.happened_on in week)}
        repairs = {one.id for one in span if one.repairs_id in told}
        return cls(week, chosen, think, frozenset(told | repairs))


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
        span: Sequence[Glimpse],
        choice: Choice,
        told: Sequence[Moment],
    ) -> "BeforeVisit":
        by_id = {moment.pk: moment for moment in told}
        newest = next((moment for moment in reversed(told) if moment.kind in BRIGHT and not moment.felt_unsafe), None)
        bright = by_id[choice.bright] if choice.bright else None
        bright = newest if bright is None or bright.felt_unsafe else bright
        think = by_id[choice.think] if choice.think else None
        return cls(
            ask=ask,
            visit_on=visit_on,
            since=since,
            kinds=kinds_in_words(span),
            week=SeenWeek.of(choice.week, told, today) if choice.week else None,
            bright=SeenMoment.of(bright, bright.coming_back) if bright else None,
            age_line=age_line(bright.child.months_old(bright.happened_on)) if bright and bright.child else "",
            think=SeenMoment.of(think, think.coming_back) if think else None,
            openers=openers(bright, think),
        )


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
