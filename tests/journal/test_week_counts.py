"""How the stories of a week are counted: each sentence of the rule, one test."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.summaries import WeekCounts, summarize
from journal.weeks import Week
from tests.journal.stories import (
    FRIDAY,
    LAST_FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    SUNDAY,
    TUESDAY,
    WEDNESDAY,
    Written,
    missed,
    reflection,
    repair,
    responsive,
    seen_by_parent,
    seen_by_reader,
)

WEEK = Week(MONDAY)


def count(*journal, week=WEEK):
    return WeekCounts.count(seen_by_parent(*journal), week)


def count_for_reader(*journal):
    return WeekCounts.count(seen_by_reader(*journal), WEEK)


def test_a_week_counts_its_responsive_moments_and_its_missed_cues():
    assert count(responsive(), responsive(on=TUESDAY), missed(on=SUNDAY)) == WeekCounts(responsive=2, missed=1, days=3)


def test_a_week_counts_from_its_monday_to_its_sunday_and_no_other_day():
    journal = [responsive(on=day) for day in (LAST_FRIDAY, MONDAY, SUNDAY, NEXT_MONDAY)]
    assert count(*journal) == WeekCounts(responsive=2, days=2)


def test_a_missed_cue_is_mended_once_however_many_repairs_it_has():
    cue = missed()
    once = count(cue, repair(on=TUESDAY, mends=cue))
    assert once == count(cue, repair(on=TUESDAY, mends=cue), repair(on=FRIDAY, mends=cue))
    assert once == WeekCounts(missed=1, missed_repaired=1, days=1)


def test_a_repair_tied_to_no_logged_cue_is_a_moment_of_its_own():
    assert count(repair(on=TUESDAY)) == WeekCounts(repairs_unlinked=1, days=1)


def test_a_repair_tied_to_a_cue_of_this_week_counts_through_that_cue_alone():
    cue = missed()
    assert count(cue, repair(on=SUNDAY, mends=cue)) == WeekCounts(missed=1, missed_repaired=1, days=1)


def test_a_repair_tied_to_a_cue_of_an_earlier_week_is_no_moment_of_this_one():
    cue = missed(on=LAST_FRIDAY)
    assert count(cue, repair(on=TUESDAY, mends=cue)) == WeekCounts(repairs_earlier=1)


def test_a_repair_next_week_mends_this_weeks_cue_and_is_only_a_look_back_there():
    cue = missed(on=SUNDAY)
    journal = (cue, repair(on=NEXT_MONDAY, mends=cue))
    assert count(*journal) == WeekCounts(missed=1, missed_repaired=1, days=1)
    assert count(*journal, week=WEEK.next) == WeekCounts(repairs_earlier=1)


@pytest.mark.parametrize("write", [responsive, missed, repair, reflection])
def test_a_marked_story_of_any_kind_counts_as_unsafe_and_as_nothing_else(write):
    assert count(write(unsafe=True)) == WeekCounts(unsafe=1)


def test_a_marked_repair_mends_nothing():
    cue = missed()
    assert count(cue, repair(on=TUESDAY, mends=cue, unsafe=True)) == WeekCounts(missed=1, unsafe=1, days=1)


def test_a_marked_repair_does_not_undo_an_unmarked_one():
    cue = missed()
    journal = (cue, repair(on=TUESDAY, mends=cue, unsafe=True), repair(on=TUESDAY, mends=cue))
    assert count(*journal) == WeekCounts(missed=1, missed_repaired=1, unsafe=1, days=1)


def test_a_marked_repair_of_an_earlier_cue_is_no_look_back():
    cue = missed(on=LAST_FRIDAY)
    assert count(cue, repair(mends=cue, unsafe=True)) == WeekCounts(unsafe=1)


def test_a_repair_tied_to_a_marked_cue_of_this_week_is_in_no_count():
    cue = missed(unsafe=True)
    assert count(cue, repair(on=TUESDAY, mends=cue)) == WeekCounts(unsafe=1)


def test_a_repair_tied_to_a_marked_cue_of_an_earlier_week_is_a_look_back():
    cue = missed(on=LAST_FRIDAY, unsafe=True)
    assert count(cue, repair(on=TUESDAY, mends=cue)) == WeekCounts(repairs_earlier=1)


def test_for_a_reader_a_repair_whose_cue_they_cannot_see_is_a_moment_of_its_own():
    cue = missed(shared=False)
    tied = count_for_reader(cue, repair(on=TUESDAY, mends=cue))
    assert tied == count_for_reader(cue, repair(on=TUESDAY)) == WeekCounts(repairs_unlinked=1, days=1)


def test_for_a_reader_a_cue_is_mended_only_when_its_repair_is_shared_too():
    cue = missed()
    assert count_for_reader(cue, repair(mends=cue, shared=False)).missed_repaired == 0
    assert count_for_reader(cue, repair(mends=cue)).missed_repaired == 1


def test_reflections_are_never_counted():
    assert count(reflection(), reflection(on=TUESDAY)) == WeekCounts()


def test_days_are_the_different_dates_among_moments_and_no_other_stories():
    cue, earlier = missed(on=TUESDAY), missed(on=LAST_FRIDAY)
    journal = [
        responsive(),
        responsive(),
        cue,
        repair(on=WEDNESDAY, mends=cue),
        earlier,
        repair(on=FRIDAY, mends=earlier),
        reflection(on=SUNDAY),
        missed(on=SUNDAY, unsafe=True),
    ]
    assert count(*journal).days == 2
    assert count(*journal, repair(on=SUNDAY)).days == 3


def test_the_order_of_the_stories_changes_nothing():
    cue = missed()
    journal = (cue, repair(on=TUESDAY, mends=cue), responsive(on=FRIDAY), repair(on=FRIDAY))
    assert len({count(*order) for order in permutations(journal)}) == 1


@pytest.mark.parametrize(
    "impossible",
    [
        {"responsive": -1},
        {"missed": -1},
        {"missed_repaired": -1},
        {"repairs_unlinked": -1, "responsive": 1},
        {"repairs_earlier": -1},
        {"unsafe": -1},
        {"missed": 1, "missed_repaired": 2, "days": 1},
        {"days": 1},
        {"days": -1},
        {"responsive": 1},
        {"responsive": 2, "days": 3},
        {"responsive": 9, "days": 8},
        {"prev_band": "good"},
    ],
)
def test_counts_that_no_week_can_have_are_refused(impossible):
    with pytest.raises(ValueError, match=r".+"):
        WeekCounts(**impossible)


@st.composite
def journals(draw):
    days = st.sampled_from([LAST_FRIDAY, MONDAY, TUESDAY, FRIDAY, SUNDAY, NEXT_MONDAY])
    flags = {"unsafe": st.integers(0, 5).map(lambda number: number == 0), "shared": st.booleans()}
    cues = draw(st.lists(st.builds(missed, on=days, **flags), max_size=6))
    others = st.builds(Written, st.sampled_from(["responsive", "reflection"]), days, st.none(), *flags.values())
    repairs = st.builds(repair, on=days, mends=st.sampled_from([None, *cues]), **flags)
    return [*cues, *draw(st.lists(others, max_size=6)), *draw(st.lists(repairs, max_size=6))]


@given(journal=journals(), data=st.data())
def test_a_private_story_never_changes_what_a_reader_is_told(journal, data):
    cues = [written for written in journal if written.kind == "missed"]
    kind = data.draw(st.sampled_from(["responsive", "missed", "repair", "reflection"]))
    mends = data.draw(st.sampled_from([None, *cues])) if kind == "repair" else None
    private = Written(kind, data.draw(st.sampled_from([MONDAY, SUNDAY])), mends, data.draw(st.booleans()), False)
    assert summarize(count_for_reader(*journal, private)) == summarize(count_for_reader(*journal))


@given(journal=journals())
def test_a_second_repair_of_a_cue_changes_no_count_of_its_own_week(journal):
    mending = [written for written in journal if written.kind == "repair" and written.mends and not written.unsafe]
    again = [repair(on=written.on, mends=written.mends) for written in mending if written.mends.on in WEEK]
    assert count(*journal, *again) == count(*journal)


@given(journal=journals())
def test_any_journal_makes_counts_that_a_week_can_have(journal):
    counts = count(*journal)
    assert counts.written + counts.repairs_earlier <= len(journal)
