"""The same week in words: one line for each day that has something, none for the others."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from journal.stories import PicturedStory
from journal.weeks import Week

NUMBER_WORDS = {
    2: gettext_noop("two"),
    3: gettext_noop("three"),
    4: gettext_noop("four"),
    5: gettext_noop("five"),
    6: gettext_noop("six"),
    7: gettext_noop("seven"),
    8: gettext_noop("eight"),
    9: gettext_noop("nine"),
    10: gettext_noop("ten"),
}


@dataclass(frozen=True)
class DayWords:
    """One day told in a line, in the language that was active; its name in full and short."""

    day: str
    short_day: str
    sentence: str


def tell_week(stories: Sequence[PicturedStory], week: Week) -> tuple[DayWords, ...]:
    """Tell the week's stories day by day. A cue that is not among them is not spoken of."""
    missed_on = {story.id: story.happened_on for story in stories if story.kind == "missed"}
    told = []
    for number, day in enumerate(week.days):
        parts = list(_tell_day([story for story in stories if story.happened_on == day], missed_on, week))
        if parts:
            told.append(DayWords(str(WEEKDAYS[number]), str(WEEKDAYS_ABBR[number]), _join(parts)))
    return tuple(told)


def _join(parts: Sequence[str]) -> str:
    """A lone part stays bare, as a label does; several are sentences."""
    capitalised = [capfirst(part) for part in parts]
    return " ".join(f"{part}." for part in capitalised) if len(parts) > 1 else capitalised[0]


def _tell_day(stories: Sequence[PicturedStory], missed_on: Mapping[Hashable, date], week: Week) -> Iterator[str]:
    kinds = Counter(story.kind for story in stories)
    if count := kinds["responsive"]:
        yield ngettext("Responded, one moment", "Responded, {count} moments", count).format(count=_number(count))
    yield from _tell_missed([story for story in stories if story.kind == "missed"], week)
    yield from _tell_repairs([story for story in stories if story.kind == "repair"], missed_on, week)
    if count := kinds["reflection"]:
        yield ngettext("A thought", "{count} thoughts", count).format(count=_number(count))


def _tell_missed(missed: Sequence[PicturedStory], week: Week) -> Iterator[str]:
    """The missed cues of one day. Those that were first mended on the same day are told together."""
    later = week.sunday + timedelta(days=1)
    mendings = Counter(min((*story.mended_on, later)) if story.mended_on else None for story in missed)
    for mended, count in mendings.items():
        if mended is None:
            words = ngettext("One cue got by me", "{count} cues got by me", count)
        elif mended == missed[0].happened_on:
            words = ngettext(
                "One cue got by me, mended the same day", "{count} cues got by me, mended the same day", count
            )
        elif mended in week:
            words = ngettext("One cue got by me, mended on {day}", "{count} cues got by me, mended on {day}", count)
        else:
            words = ngettext(
                "One cue got by me, mended in a later week", "{count} cues got by me, mended in a later week", count
            )
        yield words.format(count=_number(count), day=WEEKDAYS[mended.weekday()] if mended else "")


def _tell_repairs(repairs: Sequence[PicturedStory], missed_on: Mapping[Hashable, date], week: Week) -> Iterator[str]:
    """The repairs of one day. One that mends a cue of the same day was told with the cue."""
    tied = [story for story in repairs if story.repairs_id in missed_on]
    for day in sorted({missed_on[story.repairs_id] for story in tied} - {story.happened_on for story in tied}):
        yield _("Came back to {day}").format(day=WEEKDAYS[day.weekday()])
    loose = [story for story in repairs if story.repairs_id not in missed_on]
    earlier = [story for story in loose if story.mends_on is not None and story.mends_on < week.monday]
    if count := len({story.repairs_id for story in earlier}):
        yield ngettext("Came back to an earlier moment", "Came back to {count} earlier moments", count).format(
            count=_number(count)
        )
    if count := len(loose) - len(earlier):
        yield ngettext("Came back after a hard moment", "Came back after {count} hard moments", count).format(
            count=_number(count)
        )


def _number(count: int) -> str:
    """A count as the middle of a sentence says it: up to ten a word, then figures."""
    return _(NUMBER_WORDS[count]) if count in NUMBER_WORDS else str(count)
