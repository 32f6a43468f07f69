"""Counting against the database: the contract of WeekCounts.of, for every sentence of "Counting"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from journal.models import Moment
from journal.week_counts import WeekCounts
from journal.weeks import Week
from tests.factories import make_moment

pytestmark = pytest.mark.django_db
WEEK = Week(date(2026, 3, 2))


def on(day, hour=12):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


@pytest.fixture
def write(parent, child):
    def write_moment(kind, day, **fields):
        return make_moment(author=parent, child=child, kind=kind, happened_at=on(day), **fields)

    return write_moment


def count(parent, child, week=WEEK, **filters):
    moments = Moment.objects.visible_to(parent).of_child(child).filter(**filters)
    return WeekCounts.of(moments, week)


def test_it_takes_at_most_two_queries(parent, child, write, django_assert_max_num_queries):
    for day in range(2, 9):
        write("repair", day, repairs=write("missed", day))
    with django_assert_max_num_queries(2):
        assert count(parent, child).missed == 7


def test_each_kind_is_counted_once_on_its_days(parent, child, write):
    write("responsive", 2)
    write("responsive", 3)
    write("missed", 3)
    write("repair", 4)
    write("reflection", 5)
    expected = WeekCounts(responsive=2, missed=1, repairs_unlinked=1, days=3, prev_band="empty")
    assert count(parent, child) == expected


def test_two_repairs_of_one_miss_count_once(parent, child, write):
    miss = write("missed", 2)
    write("repair", 2, repairs=miss)
    write("repair", 3, repairs=miss)
    counts = count(parent, child)
    assert (counts.missed, counts.missed_repaired, counts.repairs_unlinked, counts.days) == (1, 1, 0, 1)


def test_a_miss_mended_next_week_is_mended_in_its_own_week_and_earlier_in_the_next(parent, child, write):
    write("repair", 10, repairs=write("missed", 3))
    assert count(parent, child).missed_repaired == 1
    following = count(parent, child, WEEK.next)
    assert (following.repairs_earlier, following.moments) == (1, 0)


def test_a_marked_moment_of_any_kind_counts_as_unsafe_and_nothing_else(parent, child, write):
    for kind in ("responsive", "missed", "repair", "reflection"):
        write(kind, 3, felt_unsafe=True)
    assert count(parent, child) == WeekCounts(unsafe=4, prev_band="empty")


def test_a_miss_whose_only_repair_is_marked_is_not_mended(parent, child, write):
    write("repair", 4, repairs=write("missed", 3), felt_unsafe=True)
    counts = count(parent, child)
    assert (counts.missed, counts.missed_repaired, counts.unsafe) == (1, 0, 1)


def test_a_repair_of_a_marked_miss_of_this_week_is_in_no_count(parent, child, write):
    write("repair", 4, repairs=write("missed", 3, felt_unsafe=True))
    counts = count(parent, child)
    assert (counts.repairs_unlinked, counts.repairs_earlier, counts.unsafe) == (0, 0, 1)


def test_a_repair_of_a_marked_miss_of_an_earlier_week_is_an_earlier_one(parent, child, write):
    miss = make_moment(
        author=parent, child=child, kind="missed", happened_at=on(2) - timedelta(days=9), felt_unsafe=True
    )
    write("repair", 4, repairs=miss)
    counts = count(parent, child)
    assert (counts.repairs_unlinked, counts.repairs_earlier, counts.unsafe) == (0, 1, 0)


def test_a_repair_of_a_miss_outside_what_one_may_see_counts_as_unlinked(parent, child, write):
    miss = write("missed", 3)
    repair = write("repair", 4, repairs=miss)
    assert count(parent, child, pk=repair.pk).repairs_unlinked == 1


def test_a_repair_outside_what_one_may_see_mends_nothing(parent, child, write):
    miss = write("missed", 3)
    write("repair", 4, repairs=miss)
    counts = count(parent, child, pk=miss.pk)
    assert (counts.missed, counts.missed_repaired) == (1, 0)


def test_another_childs_moments_and_anothers_are_left_out(parent, child, stranger, write):
    make_moment(author=parent, child=None, happened_at=on(3))
    make_moment(author=stranger, happened_at=on(3))
    write("responsive", 3)
    assert count(parent, child).responsive == 1
    assert count(parent, None).responsive == 1


def test_the_week_before_gives_its_band(parent, child, write):
    for day in (2, 3, 4, 5):
        write("missed", day)
    assert count(parent, child, WEEK.next).prev_band == "missed_only"


def test_a_moment_belongs_to_the_week_of_its_local_date(parent, child):
    # Sunday evening in Los Angeles is Monday in UTC, and Monday morning in Auckland is Sunday.
    make_moment(author=parent, child=child, happened_at=on(9, 3), time_zone="America/Los_Angeles")
    make_moment(author=parent, child=child, happened_at=on(8, 20), time_zone="Pacific/Auckland")
    assert count(parent, child).responsive == 1
    assert count(parent, child, WEEK.next).responsive == 1


@pytest.mark.parametrize(
    ("moment_at", "monday"),
    [
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), date(2026, 3, 2)),  # 01:59, before the clock goes forward
        (datetime(2026, 3, 9, 3, 30, tzinfo=UTC), date(2026, 3, 2)),  # 23:30 that Sunday, an hour less
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), date(2026, 3, 9)),  # midnight
        (datetime(2026, 11, 2, 4, 30, tzinfo=UTC), date(2026, 10, 26)),  # 23:30 the Sunday it goes back
        (datetime(2026, 11, 2, 5, 0, tzinfo=UTC), date(2026, 11, 2)),
    ],
)
def test_both_clock_changes_keep_a_moment_in_its_week(parent, child, moment_at, monday):
    make_moment(author=parent, child=child, happened_at=moment_at, time_zone="America/New_York")
    assert count(parent, child, Week(monday)).responsive == 1
