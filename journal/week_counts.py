"""How many of each a week holds, and which kind of week that makes.

More than half is what "most" means; exactly half is not most. Four moments on
two days is a floor for plain speech, not statistical power: nothing here is a
sample.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from journal.stories import Stories, Story
from journal.weeks import Week

MIN_MOMENTS = 4
"""Fewer moments than this are told one by one, and never summed up."""

MIN_DAYS = 2
"""Moments of fewer different dates than this are never summed up."""


class Band(StrEnum):
    """The kinds of week, in the order in which they are tried. Never shown to anyone."""

    HELD = "held"
    EMPTY = "empty"
    FEW = "few"
    MOST = "most"
    CAME_BACK = "came_back"
    MIXED = "mixed"
    MISSED_ONLY = "missed_only"


@dataclass(frozen=True)
class WeekCounts:
    """How many stories of each sort one person sees in one child's week.

    `missed_repaired` are those of `missed` with a repair, whenever it happened.
    `repairs_unlinked` are tied to no missed cue, `repairs_earlier` to one of an
    earlier week. `unsafe` stories count in nothing else. `days` are the
    different dates among the moments. `prev_band` is the band of the week
    before, '' when that is unknown or not to be told.

    Raises ValueError for counts that no week can have.
    """

    responsive: int = 0
    missed: int = 0
    missed_repaired: int = 0
    repairs_unlinked: int = 0
    repairs_earlier: int = 0
    unsafe: int = 0
    days: int = 0
    prev_band: str = ""

    def __post_init__(self) -> None:
        if min(self.responsive, self.missed_repaired, self.repairs_unlinked, self.repairs_earlier, self.unsafe) < 0:
            raise ValueError("A count is never negative.")
        if self.missed_repaired > self.missed:
            raise ValueError("More missed cues are mended than were missed.")
        if not min(self.moments, 1) <= self.days <= min(self.moments, 7):
            raise ValueError("The days do not fit the moments.")
        if self.prev_band not in ("", *Band):
            raise ValueError("The week before has no such band.")

    @property
    def moments(self) -> int:
        """All that is weighed: responsive moments, missed cues, and repairs of cues never written down."""
        return self.responsive + self.missed + self.repairs_unlinked

    @property
    def came_back(self) -> int:
        return self.missed_repaired + self.repairs_unlinked

    @property
    def others(self) -> int:
        """The moments that are not responsive."""
        return self.moments - self.responsive

    @property
    def written(self) -> int:
        """The moments, and the stories marked unsafe."""
        return self.moments + self.unsafe

    @property
    def band(self) -> Band:
        """The first band that fits."""
        if self.unsafe:
            return Band.HELD
        if not self.moments and not self.repairs_earlier:
            return Band.EMPTY
        if self.moments < MIN_MOMENTS or self.days < MIN_DAYS:
            return Band.FEW
        if 2 * self.responsive > self.moments:
            return Band.MOST
        if 2 * (self.responsive + self.came_back) > self.moments:
            return Band.CAME_BACK
        return Band.MIXED if self.responsive or self.came_back else Band.MISSED_ONLY

    @classmethod
    def count(cls, stories: Iterable[Story], week: Week) -> Self:
        """Count each of the week's stories once; those of other weeks are left aside.

        `prev_band` stays ''. So a reader is told the week from this alone.
        """
        written = [story for story in stories if story.happened_on in week]
        safe = [story for story in written if not story.felt_unsafe]
        responsive = [story for story in safe if story.kind == "responsive"]
        missed = [story for story in safe if story.kind == "missed"]
        repairs = [story for story in safe if story.kind == "repair"]
        unlinked = [story for story in repairs if story.mends_on is None]
        return cls(
            responsive=len(responsive),
            missed=len(missed),
            missed_repaired=sum(story.is_mended for story in missed),
            repairs_unlinked=len(unlinked),
            repairs_earlier=sum(story.mends_on is not None and story.mends_on < week.monday for story in repairs),
            unsafe=len(written) - len(safe),
            days=len({story.happened_on for story in (*responsive, *missed, *unlinked)}),
        )

    @classmethod
    def of(cls, moments: Stories, week: Week) -> Self:
        """Count a parent's own week, with the band of the week before, in one call of `moments.stories`."""
        if week.is_earliest:
            return cls.count(moments.stories(week.monday, week.sunday), week)
        stories = moments.stories(week.previous.monday, week.sunday)
        return replace(cls.count(stories, week), prev_band=cls.count(stories, week.previous).band)
