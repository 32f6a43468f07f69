"""When something happened, from what was typed or tapped."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.clock import format_local, parse_local, quick_choice

BOGOTA = ZoneInfo("America/Bogota")
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
CAIRO = ZoneInfo("Africa/Cairo")


def at(written):
    return datetime.fromisoformat(written)


@pytest.mark.parametrize(
    "typed", ["2026-03-04T15:30", "2026-03-04 15:30", " 2026-03-04T15:30\n", "2026-03-04T15:30:59"]
)
def test_a_time_without_an_offset_is_by_the_clock_of_the_zone(typed):
    assert parse_local(typed, BOGOTA) == at("2026-03-04T20:30Z")


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-03-04T15:30Z", "2026-03-04T15:30Z"),
        ("2026-03-04T15:30+00:00", "2026-03-04T15:30Z"),
        ("2026-03-04T15:30+05:30", "2026-03-04T10:00Z"),
        ("2026-03-04T15:30:10.123-03:00", "2026-03-04T18:30Z"),
    ],
)
def test_a_time_with_an_offset_is_by_that_offset_whatever_the_zone(typed, instant):
    assert parse_local(typed, BOGOTA) == at(instant)


def test_an_hour_that_comes_twice_is_the_first_one():
    assert parse_local("2026-11-01T01:30", NEW_YORK) == at("2026-11-01T01:30-04:00")


def test_the_second_time_of_a_repeated_hour_can_be_told_by_its_offset():
    assert parse_local("2026-11-01T01:30-05:00", NEW_YORK) == at("2026-11-01T06:30Z")


def test_a_skipped_hour_moves_on_by_the_skip():
    assert parse_local("2026-03-08T02:30", NEW_YORK) == at("2026-03-08T03:30-04:00")


def test_a_skipped_day_moves_on_by_the_skip():
    assert format_local(parse_local("2011-12-30T10:00", APIA), APIA) == "2011-12-31T10:00"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2026-03-04",
        "15:30",
        "2026-13-04T15:30",
        "2026-02-30T15:30",
        "2026-03-04T24:30",
        "2026-03-04T15:60",
        "2026-3-4T15:30",
        "2026-W10-3T15:30",
        "20260304T1530",
        "0000-01-01T00:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "2026-03-04T15:30+24:00",
        "2026-03-04T15:30+99:99",
        "\u0662\u0660\u0662\u0666-03-04T15:30",
        "2026-03-04T15:30\x00",
        "1772638200",
        "2026-03-04T15:30" * 1000,
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        parse_local(typed, BOGOTA)


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(Z|[+-]\d\d:\d\d)?", fullmatch=True))
@example("9999-12-31T23:59")
def test_whatever_is_typed_is_an_instant_or_a_plain_refusal(typed):
    try:
        instant = parse_local(typed, NEW_YORK)
    except ValueError:
        return
    assert instant.tzinfo is UTC


@settings(derandomize=True, deadline=None)
@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_that_is_shown_and_sent_back_is_the_same_minute_but_for_a_repeated_hour(instant):
    minute = instant.replace(second=0, microsecond=0)
    if minute.astimezone(NEW_YORK).fold == 0:
        assert parse_local(format_local(instant, NEW_YORK), NEW_YORK) == minute


@pytest.mark.parametrize(
    ("when", "now", "instant"),
    [
        ("now", "2026-03-04T15:30:07-05:00", "2026-03-04T15:30:07-05:00"),
        ("", "2026-03-04T15:30:07-05:00", "2026-03-04T15:30:07-05:00"),
        ("earlier", "2026-03-04T15:30-05:00", "2026-03-04T13:30-05:00"),
        ("earlier", "2026-03-04T02:00-05:00", "2026-03-04T00:00-05:00"),
        ("earlier", "2026-03-04T00:10-05:00", "2026-03-04T00:00-05:00"),
        ("last_night", "2026-03-04T15:30-05:00", "2026-03-03T21:00-05:00"),
        ("last_night", "2026-03-04T00:10-05:00", "2026-03-03T21:00-05:00"),
        ("last_night", "2026-03-01T23:50-05:00", "2026-02-28T21:00-05:00"),
    ],
)
def test_a_quick_choice_is_by_the_clock_of_the_zone(when, now, instant):
    assert quick_choice(when, at(now), BOGOTA) == at(instant)


def test_two_hours_ago_are_two_hours_on_the_day_the_clock_changes():
    assert quick_choice("earlier", at("2026-03-08T04:00-04:00"), NEW_YORK) == at("2026-03-08T01:00-05:00")


def test_last_night_is_nine_by_the_clock_before_the_clock_changed():
    assert quick_choice("last_night", at("2026-03-08T10:00-04:00"), NEW_YORK) == at("2026-03-07T21:00-05:00")


def test_on_the_day_the_clock_goes_back_an_hour_comes_twice_and_two_hours_are_still_two_hours():
    assert quick_choice("earlier", at("2026-11-01T02:30-05:00"), NEW_YORK) == at("2026-11-01T01:30-04:00")
    assert quick_choice("earlier", at("2026-11-01T00:30-04:00"), NEW_YORK) == at("2026-11-01T00:00-04:00")
    assert quick_choice("last_night", at("2026-11-02T08:00-05:00"), NEW_YORK) == at("2026-11-01T21:00-05:00")


def test_where_midnight_is_skipped_earlier_today_begins_with_the_first_minute_there_is():
    assert quick_choice("earlier", at("2026-04-24T01:30+03:00"), CAIRO) == at("2026-04-24T01:00+03:00")


@pytest.mark.parametrize(
    ("zone", "earlier", "last_night"),
    [
        ("Pacific/Kiritimati", "2026-03-05T00:00+14:00", "2026-03-04T21:00+14:00"),
        ("Pacific/Pago_Pago", "2026-03-03T21:30-11:00", "2026-03-02T21:00-11:00"),
    ],
)
def test_on_both_sides_of_the_date_line_the_same_instant_has_its_own_today(zone, earlier, last_night):
    now = at("2026-03-04T10:30Z")
    assert quick_choice("earlier", now, ZoneInfo(zone)) == at(earlier)
    assert quick_choice("last_night", now, ZoneInfo(zone)) == at(last_night)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "UTC"])
@pytest.mark.parametrize("typed", ["0001-01-01T00:00Z", "0001-01-01T00:00", "9999-12-31T23:59Z", "9999-12-31T23:59"])
def test_at_the_ends_of_the_calendar_a_time_has_a_local_date_or_is_refused(typed, zone):
    try:
        instant = parse_local(typed, ZoneInfo(zone))
    except ValueError:
        return
    assert instant.astimezone(ZoneInfo(zone)).year in (1, 9999)
