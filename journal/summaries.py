"""The weekly summary: the one rule that turns a week of moments into plain words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from journal.summary_words import SENTENCES
from journal.week_counts import MIN_DAYS, MIN_MOMENTS, Band, WeekCounts

__all__ = ["MIN_DAYS", "MIN_MOMENTS", "Band", "WeekCounts", "WeeklySummary", "summarize"]

Keys = tuple[str, tuple[str, ...], str]
"""The names in SENTENCES of a headline, of its supporting sentences and of a next step."""

HARD_BANDS = frozenset({Band.HELD, Band.MIXED, Band.MISSED_ONLY})
"""A mixed or missed_only week right after one of these is answered with support."""


@dataclass(frozen=True)
class WeeklySummary:
    """A week in words, in the language that was active. `support_line` and `note` are '' when absent."""

    band: Band
    headline: str
    supporting: str
    next_step: str
    support_line: str
    note: str

    @property
    def support_words(self) -> str:
        """The support line without its last sentence."""
        return self.support_line.removesuffix(self.support_link).rstrip()

    @property
    def support_link(self) -> str:
        """The last sentence of the support line: the words of the link to the help page."""
        return re.split(r"(?<=[.?!])\s+", self.support_line)[-1]


def summarize(counts: WeekCounts) -> WeeklySummary:
    """Say one week in plain words, in the active language.

    No score and no trend: the week before can only add the support line.
    """
    headline, supporting, next_step = KEYS_FOR[counts.band](counts)
    return WeeklySummary(
        band=counts.band,
        headline=_say(counts, headline),
        supporting=_say(counts, *supporting),
        next_step=_say(counts, next_step),
        support_line=_say(counts, *_support(counts)),
        note="" if counts.band is Band.EMPTY else _say(counts, "note"),
    )


def _say(counts: WeekCounts, *keys: str) -> str:
    numbers = {
        "t": counts.moments,
        "r": counts.responsive,
        "b": counts.came_back,
        "o": counts.others,
        "all": counts.written,
    }
    return " ".join(str(SENTENCES[key].format(**numbers)).strip() for key in keys)


def _support(counts: WeekCounts) -> tuple[str, ...]:
    if counts.band is Band.HELD:
        return ("safety",)
    if counts.band not in HARD_BANDS:
        return ()
    if counts.prev_band in HARD_BANDS:
        return ("stretch",)
    return ("alone",) if counts.band is Band.MISSED_ONLY else ()


def _whole(name: str) -> Keys:
    return f"{name}.headline", (f"{name}.supporting",), f"{name}.next_step"


def _held(counts: WeekCounts) -> Keys:
    return _whole("held1" if counts.written == 1 else "held")


def _empty(counts: WeekCounts) -> Keys:
    return _whole("empty")


def _few(counts: WeekCounts) -> Keys:
    if counts.moments == 0:
        return _whole("earlier")
    if counts.moments >= MIN_MOMENTS:
        return _whole("one_day")
    alone = counts.moments == 1
    if counts.responsive:
        told, next_step = "few_r1" if counts.responsive == 1 else "few_r", "few_nr" if alone else "few_nrs"
    elif counts.came_back:
        told, next_step = "few_b", "few_nb"
    else:
        told, next_step = "few_m1" if alone else "few_m", "few_nm"
    return ("few_h1", ("few_s1", told), next_step) if alone else ("few_h", ("few_s", told), next_step)


def _most(counts: WeekCounts) -> Keys:
    if counts.others == 0:
        return "most_h", ("most_all",), "most_n"
    if counts.came_back == 0:
        rest = "most_o1" if counts.others == 1 else "most_o"
    elif counts.came_back == counts.others:
        rest = "most_b1" if counts.others == 1 else "most_bo"
    else:
        rest = "most_bp"
    return "most_h", ("most_s", rest), "most_n"


def _came_back(counts: WeekCounts) -> Keys:
    return "back_h", ("back_s" if counts.responsive else "back_s0", "back_t"), "back_n"


def _mixed(counts: WeekCounts) -> Keys:
    if counts.responsive and counts.came_back:
        told = "mix_rb"
    elif counts.responsive:
        told = "mix_r"
    else:
        told = "mix_b"
    return "mix_h", (told, "mix_t"), "mix_n"


def _missed_only(counts: WeekCounts) -> Keys:
    return _whole("only")


KEYS_FOR: Mapping[Band, Callable[[WeekCounts], Keys]] = {
    Band.HELD: _held,
    Band.EMPTY: _empty,
    Band.FEW: _few,
    Band.MOST: _most,
    Band.CAME_BACK: _came_back,
    Band.MIXED: _mixed,
    Band.MISSED_ONLY: _missed_only,
}
