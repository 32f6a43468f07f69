"""The weeks that the drawn specimens in data/week_*.svg show."""

from tests.journal.stories import (
    FRIDAY,
    LAST_FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    missed,
    reflection,
    repair,
    responsive,
)


def week_full():
    """Four leaves in a day; a cue mended the same day; two mended later; eight moments in a day; a lone repair."""
    tuesday, wednesday, first, second = (
        missed(on=TUESDAY),
        missed(on=WEDNESDAY),
        missed(on=THURSDAY),
        missed(on=THURSDAY),
    )
    return [
        *(responsive(on=MONDAY) for _ in range(4)),
        tuesday,
        repair(on=TUESDAY, mends=tuesday),
        responsive(on=TUESDAY),
        wednesday,
        responsive(on=WEDNESDAY),
        reflection(on=WEDNESDAY),
        responsive(on=WEDNESDAY),
        first,
        second,
        repair(on=FRIDAY, mends=first),
        repair(on=FRIDAY, mends=wednesday),
        *(responsive(on=SATURDAY) for _ in range(8)),
        repair(on=SUNDAY),
    ]


def week_edges():
    """A repair of an earlier week's cue; two cues mended the same day; one mended days later; one in a later week."""
    before, thursday, sunday = missed(on=LAST_FRIDAY), missed(on=THURSDAY), missed(on=SUNDAY)
    one, two = missed(on=TUESDAY), missed(on=TUESDAY)
    return [
        before,
        responsive(on=MONDAY),
        repair(on=MONDAY, mends=before),
        responsive(on=TUESDAY),
        one,
        two,
        repair(on=TUESDAY, mends=one),
        repair(on=TUESDAY, mends=two),
        thursday,
        responsive(on=FRIDAY),
        responsive(on=SATURDAY),
        responsive(on=SATURDAY),
        responsive(on=SUNDAY),
        sunday,
        repair(on=SUNDAY, mends=thursday),
        repair(on=NEXT_MONDAY, mends=sunday),
    ]


def week_empty():
    return []


def week_mixed():
    tuesday = missed(on=TUESDAY)
    return [
        missed(on=MONDAY),
        tuesday,
        repair(on=TUESDAY, mends=tuesday),
        responsive(on=THURSDAY),
        missed(on=THURSDAY),
        missed(on=FRIDAY),
        reflection(on=SUNDAY),
        missed(on=SUNDAY),
    ]


def week_most():
    tuesday = missed(on=TUESDAY)
    return [
        responsive(on=MONDAY),
        responsive(on=MONDAY),
        responsive(on=TUESDAY),
        tuesday,
        responsive(on=WEDNESDAY),
        repair(on=WEDNESDAY, mends=tuesday),
        responsive(on=FRIDAY),
        missed(on=FRIDAY),
        reflection(on=SATURDAY),
        responsive(on=SUNDAY),
    ]


SPECIMENS = [week_full, week_edges, week_empty, week_mixed, week_most]
