from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from journal.weeks import EARLIEST_DAY, Week

MARCH_2 = Week(date(2026, 3, 2))
EARLIEST = Week(date(1999, 12, 27))
LAST = Week(date(9999, 12, 20))


def test_a_week_is_seven_days_from_monday_to_sunday():
    assert MARCH_2.days == tuple(date(2026, 3, day) for day in range(2, 9))
    assert MARCH_2.sunday == date(2026, 3, 8)


@pytest.mark.parametrize("day", range(3, 9))
def test_a_week_never_begins_on_another_day(day):
    with pytest.raises(ValueError, match="Monday"):
        Week(date(2026, 3, day))


@pytest.mark.parametrize("day", range(2, 9))
def test_every_day_of_a_week_finds_that_week(day):
    assert Week.of(date(2026, 3, day)) == MARCH_2


@pytest.mark.parametrize(("day", "inside"), [(1, False), (2, True), (8, True), (9, False)])
def test_a_week_holds_its_own_days_and_no_others(day, inside):
    assert (date(2026, 3, day) in MARCH_2) is inside


def test_weeks_follow_each_other_across_a_month_and_a_year():
    assert MARCH_2.previous == Week(date(2026, 2, 23))
    assert Week(date(2025, 12, 29)).next == Week(date(2026, 1, 5))


def test_a_later_week_is_the_greater_one():
    assert MARCH_2.next > MARCH_2 > MARCH_2.previous


def test_a_point_in_time_is_no_day():
    with pytest.raises(ValueError, match="local date"):
        Week(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_earliest_week_holds_the_earliest_day_and_has_none_before_it():
    assert Week.of(EARLIEST_DAY) == EARLIEST
    assert EARLIEST.is_earliest
    assert not EARLIEST.next.is_earliest
    with pytest.raises(ValueError, match="range"):
        _ = EARLIEST.previous


def test_a_week_that_ends_before_the_earliest_day_is_refused():
    with pytest.raises(ValueError, match="range"):
        Week.of(date(1999, 12, 26))


def test_the_last_whole_week_of_the_calendar_has_none_after_it():
    assert LAST.sunday == date(9999, 12, 26)
    with pytest.raises(ValueError, match="range"):
        _ = LAST.next


@pytest.mark.parametrize("day", [date.min, date(9999, 12, 27), date.max])
def test_the_ends_of_the_calendar_are_refused_as_any_other_date_out_of_range(day):
    with pytest.raises(ValueError, match="range"):
        Week.of(day)


@given(st.dates(min_value=EARLIEST_DAY, max_value=LAST.sunday))
def test_any_day_in_range_has_exactly_one_week(day):
    week = Week.of(day)
    assert day in week
    assert day in week.days


TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("monday", "english", "spanish"),
    [
        (date(2026, 3, 2), "March 2 to 8", "del 2 al 8 de marzo"),
        (date(2026, 2, 23), "February 23 to March 1", "del 23 de febrero al 1 de marzo"),
        (date(2025, 3, 3), "March 3 to 9, 2025", "del 3 al 9 de marzo de 2025"),
        (
            date(2025, 2, 24),
            "February 24 to March 2, 2025",
            "del 24 de febrero al 2 de marzo de 2025",
        ),
        (
            date(2025, 12, 29),
            "December 29, 2025 to January 4, 2026",
            "del 29 de diciembre de 2025 al 4 de enero de 2026",
        ),
    ],
)
def test_a_week_is_named_in_words_with_its_year_when_that_is_not_this_one(monday, english, spanish):
    with translation.override("en"):
        assert Week(monday).label(TODAY) == english
    with translation.override("es"):
        assert Week(monday).label(TODAY) == spanish


def test_a_week_is_named_without_a_year_when_no_today_is_given():
    with translation.override("en"):
        assert Week(date(2025, 12, 29)).label() == "December 29 to January 4"
