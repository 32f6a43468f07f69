"""A parent's week knows what kind of week came before it."""

from journal.summaries import Band, WeekCounts
from journal.weeks import EARLIEST_DAY, Week
from tests.journal.stories import LAST_FRIDAY, MONDAY, NEXT_MONDAY, missed, repair, responsive, seen_by_parent

WEEK = Week(MONDAY)


class Moments:
    """Stands for a queryset, and remembers what it was asked."""

    def __init__(self, *journal):
        self.journal = journal
        self.asked = []

    def stories(self, first, last):
        self.asked.append((first, last))
        return [story for story in seen_by_parent(*self.journal) if first <= story.happened_on <= last]


def test_a_parents_week_knows_the_band_of_the_week_before():
    before = [missed(on=day) for day in (WEEK.previous.monday, LAST_FRIDAY) for _ in range(2)]
    moments = Moments(*before, responsive())
    assert WeekCounts.of(moments, WEEK) == WeekCounts(responsive=1, days=1, prev_band="missed_only")
    assert moments.asked == [(WEEK.previous.monday, WEEK.sunday)]


def test_the_week_before_is_counted_without_the_one_before_that():
    moments = Moments(missed(on=WEEK.previous.previous.monday), responsive())
    assert WeekCounts.of(moments, WEEK).prev_band == Band.EMPTY


def test_the_earliest_week_has_none_before_it():
    earliest = Week.of(EARLIEST_DAY)
    assert WeekCounts.of(Moments(responsive(on=earliest.sunday)), earliest) == WeekCounts(responsive=1, days=1)


def test_a_repair_this_week_still_mends_a_cue_of_the_week_before():
    cues = [missed(on=LAST_FRIDAY), *(missed(on=WEEK.previous.monday) for _ in range(3))]
    moments = Moments(*cues, repair(on=MONDAY, mends=cues[0]))
    assert WeekCounts.of(moments, WEEK) == WeekCounts(repairs_earlier=1, prev_band="mixed")


def test_a_later_week_changes_nothing_in_this_one():
    moments = Moments(responsive(), missed(on=NEXT_MONDAY, unsafe=True))
    assert WeekCounts.of(moments, WEEK) == WeekCounts(responsive=1, days=1, prev_band="empty")
