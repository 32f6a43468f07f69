"""Counting against the database: the contract of WeekCounts.of, for every sentence of "Counting"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from journal.models import Moment
from journal.week_counts import WeekCounts
from journal.weeks import Week
from tests.factories import make_child, make_moment

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


def test_a_marked_repair_does_not_undo_an_unmarked_one(parent, child, write):
    miss = write("missed", 3)
    write("repair", 4, repairs=miss, felt_unsafe=True)
    write("repair", 5, repairs=miss)
    counts = count(parent, child)
    assert (counts.missed, counts.missed_repaired, counts.unsafe) == (1, 1, 1)


def test_a_marked_repair_of_an_earlier_miss_is_unsafe_and_no_look_back(parent, child, write):
    miss = make_moment(author=parent, child=child, kind="missed", happened_at=on(2) - timedelta(days=9))
    write("repair", 4, repairs=miss, felt_unsafe=True)
    assert count(parent, child) == WeekCounts(unsafe=1, prev_band="empty")


def test_a_marked_miss_that_was_come_back_to_marks_nothing_else(parent, child, write):
    write("repair", 3, repairs=write("missed", 3, felt_unsafe=True))
    write("responsive", 4)
    counts = count(parent, child)
    assert (counts.responsive, counts.missed, counts.missed_repaired, counts.unsafe, counts.days) == (1, 0, 0, 1, 1)


def test_a_repair_of_a_miss_of_many_weeks_ago_is_an_earlier_one(parent, child, write):
    miss = make_moment(author=parent, child=child, kind="missed", happened_at=on(2) - timedelta(days=300))
    write("repair", 4, repairs=miss)
    write("repair", 5, repairs=miss)
    counts = count(parent, child)
    assert (counts.repairs_earlier, counts.repairs_unlinked, counts.moments, counts.days) == (2, 0, 0, 0)


def test_days_are_those_of_moments_alone(parent, child, write):
    write("responsive", 2)
    write("responsive", 2)
    write("reflection", 3)
    write("responsive", 4, felt_unsafe=True)
    write("repair", 5, repairs=write("missed", 2))
    assert count(parent, child).days == 1
    write("repair", 6)
    assert count(parent, child).days == 2


def test_the_mark_of_the_week_before_makes_it_held(parent, child, write):
    write("reflection", 5, felt_unsafe=True)
    write("responsive", 10)
    assert count(parent, child, WEEK.next) == WeekCounts(responsive=1, days=1, prev_band="held")


def test_a_repair_that_lost_its_miss_is_one_of_its_own(parent, child, write):
    miss = write("missed", 3)
    write("repair", 4, repairs=miss)
    miss.delete()
    counts = count(parent, child)
    assert (counts.missed, counts.repairs_unlinked) == (0, 1)


def test_another_childs_repair_mends_nothing_here(parent, child, write):
    sibling = make_child(parent=parent, name="Leo")
    make_moment(author=parent, child=sibling, kind="repair", repairs=write("missed", 3), happened_at=on(4))
    assert count(parent, child).missed_repaired == 0
    assert count(parent, sibling).repairs_unlinked == 1


def test_a_stranger_sees_nothing_to_count(parent, child, stranger, write):
    write("responsive", 3)
    moments = Moment.objects.visible_to(stranger).of_child(child)
    assert WeekCounts.of(moments, WEEK) == WeekCounts(prev_band="empty")


def test_stories_come_in_the_order_they_happened_from_the_first_day_to_the_last(parent, child, write):
    for day in (8, 2, 5, 1, 9):
        write("responsive", day)
    stories = Moment.objects.visible_to(parent).of_child(child).stories(WEEK.monday, WEEK.sunday)
    assert [story.happened_on.day for story in stories] == [2, 5, 8]


@pytest.mark.parametrize("number", [1, 60])
def test_stories_take_two_queries_however_many_and_opening_them_takes_none(
    parent, child, write, number, django_assert_num_queries
):
    for _ in range(number):
        write("repair", 4, repairs=write("missed", 3))
    with django_assert_num_queries(2):
        stories = Moment.objects.visible_to(parent).of_child(child).stories(WEEK.monday, WEEK.sunday)
        assert [story.felt_unsafe for story in stories] == [False] * 2 * number
        assert sum(story.is_mended for story in stories if story.kind == "missed") == number
        assert {story.mends_on for story in stories} == {None, date(2026, 3, 3)}


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


def test_both_sides_of_the_date_line_have_their_own_monday(parent, child):
    # One instant: Sunday evening in Pago Pago, Monday evening in Kiritimati.
    for time_zone in ("Pacific/Pago_Pago", "Pacific/Kiritimati"):
        make_moment(author=parent, child=child, happened_at=on(9, 6), time_zone=time_zone)
    assert count(parent, child).responsive == 1
    assert count(parent, child, WEEK.next).responsive == 1


def test_a_moment_stays_in_its_week_after_the_parent_moved(parent, child):
    make_moment(author=parent, child=child, happened_at=on(9, 3), time_zone="America/Los_Angeles")
    parent.time_zone = "Pacific/Auckland"
    parent.save()
    assert count(parent, child).responsive == 1
    assert count(parent, child, WEEK.next).responsive == 0


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
