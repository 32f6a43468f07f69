"""The week as a picture: a thread of seven swags with a mark for each story.

A leaf is a cue that was answered, an open ring one that got by, a knot the
coming back, and the sewing joins ring and knot. Everything is in units of the
picture's own viewBox, 336 wide, and already a string: a template only loops,
and no number is ever written the way a language writes it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from journal.picture_marks import FIRST_DAY, NEXT_DAY, TOP, WIDTH, Mark, Shape, hang
from journal.picture_words import DayWords, tell_week
from journal.stories import PicturedStory
from journal.weeks import Week

THREAD = f"M0 24{'q24 14 48 0' * 7}"
LOWEST_WHEN_EMPTY = 36
LOWEST_WHEN_NOT = 72
MARGIN_BELOW = 5


@dataclass(frozen=True)
class DayName:
    """The short name of a day, and where its middle stands."""

    x: str
    name: str


@dataclass(frozen=True)
class WeekPicture:
    """What a template needs to draw one week, back to front, and to tell it beside the picture."""

    height: str
    days: tuple[DayName, ...]
    stems: tuple[str, ...]
    thread: str
    sewings: tuple[str, ...]
    shapes: tuple[Shape, ...]
    words: tuple[DayWords, ...]

    @property
    def label(self) -> str:
        """The picture's name for who cannot see it."""
        if self.words:
            return _("The week as a garland. It is told in words in the table below.")
        return _("The week as a garland. It is told in words on this page.")


@dataclass(frozen=True)
class Sewing:
    """One running stitch, and how far down the picture it reaches."""

    path: str
    lowest: int


def draw_week(stories: Iterable[PicturedStory], week: Week) -> WeekPicture:
    """Draw and tell the week's stories, given in the order they happened.

    Stories of other weeks are left out, and so are those marked unsafe.
    """
    shown = [story for story in stories if story.happened_on in week and not story.felt_unsafe]
    garlands = [
        hang(number, [story for story in shown if story.happened_on == day]) for number, day in enumerate(week.days)
    ]
    marks = [mark for garland in garlands for mark in garland.marks]
    sewings = list(_sew(marks, week))
    lowest = max(
        LOWEST_WHEN_NOT if marks else LOWEST_WHEN_EMPTY,
        *(garland.lowest for garland in garlands),
        *(sewing.lowest for sewing in sewings),
    )
    return WeekPicture(
        height=str(lowest + MARGIN_BELOW),
        days=tuple(DayName(str(FIRST_DAY + NEXT_DAY * number), str(name)) for number, name in WEEKDAYS_ABBR.items()),
        stems=tuple(f"M{garland.x} {TOP}V{garland.stem}" for garland in garlands if garland.marks),
        thread=THREAD,
        sewings=tuple(sewing.path for sewing in sewings),
        shapes=tuple(shape for garland in garlands for shape in garland.shapes()),
        words=tell_week(shown, week),
    )


def _sew(marks: Sequence[Mark], week: Week) -> Iterator[Sewing]:
    """First the threads that leave the week, then those that end at a knot."""
    rings = {mark.story.id: mark for mark in marks if mark.story.kind == "missed"}
    for ring in rings.values():
        if any(day > week.sunday for day in ring.story.mended_on):
            yield _into_a_later_week(ring)
    for knot in (mark for mark in marks if mark.story.kind == "repair"):
        if knot.story.repairs_id in rings:
            yield _between(rings[knot.story.repairs_id], knot)
        elif knot.story.mends_on is not None and knot.story.mends_on < week.monday:
            yield _from_an_earlier_week(knot)


def _between(ring: Mark, knot: Mark) -> Sewing:
    start = f"M{ring.x + 8} {ring.y + 8}"
    if ring.x == knot.x:
        return Sewing(f"{start}Q{ring.x + 15} {knot.y - 4} {knot.x + 5} {knot.y}", knot.lowest)
    low = max(ring.y, knot.y) + 28
    return Sewing(f"{start}C{ring.x + 14} {low} {knot.x - 4} {low} {knot.x} {knot.y + 5}", low - 6)


def _from_an_earlier_week(knot: Mark) -> Sewing:
    path = f"M0 {knot.y + 16}Q{knot.x - 8} {knot.y + 24} {knot.x} {knot.y + 5}"
    return Sewing(path, knot.y + 22)


def _into_a_later_week(ring: Mark) -> Sewing:
    path = f"M{ring.x + 8} {ring.y + 8}Q{ring.x + 14} {ring.y + 26} {WIDTH} {ring.y + 20}"
    return Sewing(path, ring.y + 24)
