"""The week that the landing page shows: nobody's, drawn and told by the same rules as a real one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from journal.picture import draw_week
from journal.summaries import summarize
from journal.week_counts import WeekCounts
from journal.weeks import Week

MONDAY = date(2026, 3, 2)


@dataclass(frozen=True)
class SampleStory:
    id: int
    kind: str
    happened_on: date
    felt_unsafe: bool = False
    repairs_id: int | None = None
    mends_on: date | None = None
    mended_on: list[date] = field(default_factory=list)

    @property
    def is_mended(self) -> bool:
        return bool(self.mended_on)


def sample_week() -> dict[str, Any]:
    """`picture` and `summary` of six answers, two missed cues, one coming back, and a thought."""
    mon, tue, wed, _thu, fri, sat, sun = Week(MONDAY).days
    stories = [
        SampleStory(1, "responsive", mon),
        SampleStory(2, "responsive", mon),
        SampleStory(3, "responsive", tue),
        SampleStory(4, "missed", tue, mended_on=[wed]),
        SampleStory(5, "responsive", wed),
        SampleStory(6, "repair", wed, repairs_id=4, mends_on=tue),
        SampleStory(7, "responsive", fri),
        SampleStory(8, "missed", fri),
        SampleStory(9, "reflection", sat),
        SampleStory(10, "responsive", sun),
    ]
    week = Week(MONDAY)
    return {"picture": draw_week(stories, week), "summary": summarize(WeekCounts.count(stories, week))}
