"""When a new moment happened: now unless it is said, by the parent's own clock."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import User
from tests.factories import make_child
from tests.journal.writing import NEW, form_of, only_moment, problem, read, rows, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

NOT_YET = "That time has not come yet. Pick an earlier one."
LONG_AGO = "That is a long time ago. Check the year."
UNREADABLE = "We can't read that day and time. Write it like 2026-03-04 15:30."
UNBORN = "That is before the month of birth. Check the day, or the child."


@pytest.fixture
def lives_in(signed_in, parent):
    """Moves the parent to a time zone."""

    def move(time_zone):
        User.objects.filter(pk=parent.pk).update(time_zone=time_zone)

    return move


def kept_time():
    """The instant and the local day that the one moment is kept with."""
    moment = only_moment()
    return moment.happened_at.isoformat(), moment.happened_on.isoformat(), moment.time_zone


def test_an_empty_date_is_now(signed_in, wednesday):
    wednesday.move_to(datetime(2026, 3, 4, 15, 0, 7, tzinfo=UTC))
    send_new(signed_in, happened_at="")
    assert kept_time() == ("2026-03-04T15:00:07+00:00", "2026-03-04", "UTC")


def test_a_time_is_by_the_parents_own_clock(signed_in, lives_in):
    lives_in("America/Bogota")
    send_new(signed_in, happened_at="2026-03-03T22:30")
    assert kept_time() == ("2026-03-04T03:30:00+00:00", "2026-03-03", "America/Bogota")


def test_a_time_may_have_an_offset_and_its_day_is_still_the_parents(signed_in, lives_in):
    lives_in("America/Bogota")
    send_new(signed_in, happened_at="2026-03-04T01:30+02:00")
    assert kept_time() == ("2026-03-03T23:30:00+00:00", "2026-03-03", "America/Bogota")


@pytest.mark.parametrize(
    ("when", "instant"),
    [
        ("now", "2026-03-04T15:00:00+00:00"),
        ("earlier", "2026-03-04T13:00:00+00:00"),
        ("last_night", "2026-03-04T02:00:00+00:00"),
    ],
)
def test_without_scripts_a_quick_choice_sets_the_time(signed_in, lives_in, when, instant):
    lives_in("America/Bogota")
    send_new(signed_in, when=when, happened_at="")
    assert only_moment().happened_at.isoformat() == instant


def test_earlier_today_is_never_yesterday(signed_in, wednesday):
    wednesday.move_to(datetime(2026, 3, 4, 0, 40, tzinfo=UTC))
    send_new(signed_in, when="earlier")
    assert kept_time()[:2] == ("2026-03-04T00:00:00+00:00", "2026-03-04")


def test_a_typed_time_counts_more_than_a_quick_choice(signed_in):
    send_new(signed_in, when="last_night", happened_at="2026-03-02T07:45")
    assert kept_time()[0] == "2026-03-02T07:45:00+00:00"


def test_another_time_wants_to_be_typed(signed_in):
    page = send_new(signed_in, when="other", happened_at="", text="Typed")
    assert page.status_code == 422
    assert problem(page, "happened_at") == "Pick the day and the time, or tap “Just now”."
    assert form_of(page)["text"] == "Typed"
    assert rows() == {}


def test_an_unknown_quick_choice_is_refused(signed_in):
    assert send_new(signed_in, when="tomorrow").status_code == 422
    assert rows() == {}


def test_the_form_tells_the_quick_choices_which_time_it_is_here(signed_in, lives_in):
    lives_in("Pacific/Kiritimati")
    assert 'data-now="2026-03-05T05:00"' in read(signed_in.get(NEW, {"kind": "missed"}))


def test_a_clock_that_runs_ahead_is_forgiven_up_to_fourteen_hours(signed_in):
    assert send_new(signed_in, happened_at="2026-03-05T05:00").status_code == 302
    assert kept_time()[1] == "2026-03-05"


def test_a_time_more_than_fourteen_hours_ahead_is_refused(signed_in):
    page = send_new(signed_in, happened_at="2026-03-05T05:01", text="Typed")
    assert page.status_code == 422
    assert problem(page, "happened_at") == NOT_YET
    assert form_of(page)["happened_at"] == "2026-03-05T05:01"
    assert rows() == {}


def test_the_month_of_birth_has_moments_from_its_first_day(signed_in, child):
    assert send_new(signed_in, child=child.pk, happened_at="2025-10-01T00:00").status_code == 302
    assert only_moment().happened_on == date(2025, 10, 1)


def test_a_time_before_the_month_of_birth_is_refused(signed_in, child):
    page = send_new(signed_in, child=child.pk, happened_at="2025-09-30T23:59", text="Typed")
    assert page.status_code == 422
    assert problem(page, "happened_at") == UNBORN
    assert form_of(page)["text"] == "Typed"
    assert rows() == {}


def test_the_month_of_birth_is_by_the_parents_own_date(signed_in, parent, lives_in):
    lives_in("Pacific/Kiritimati")
    child = make_child(parent=parent, birth_month=date(2025, 10, 1))
    assert send_new(signed_in, child=child.pk, happened_at="2025-09-30T09:59Z").status_code == 422
    assert send_new(signed_in, child=child.pk, happened_at="2025-09-30T10:00Z").status_code == 302


def test_with_no_child_named_a_time_may_go_back_to_the_year_2000(signed_in):
    assert send_new(signed_in, happened_at="2000-01-01T00:00").status_code == 302
    assert only_moment().happened_on == date(2000, 1, 1)


@pytest.mark.parametrize("typed", ["1999-12-31T23:59", "1900-01-01T00:00", "0001-01-01T00:00"])
def test_a_time_before_the_year_2000_is_refused(signed_in, typed):
    page = send_new(signed_in, happened_at=typed)
    assert page.status_code == 422
    assert problem(page, "happened_at") == LONG_AGO
    assert rows() == {}


@pytest.mark.parametrize(
    "typed",
    ["soon", "2026-02-30T10:00", "2026-03-04", "0001-01-01T00:00Z", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"],
)
@pytest.mark.parametrize("time_zone", ["America/New_York", "Pacific/Kiritimati"])
def test_what_is_no_time_is_refused_and_never_an_error(signed_in, lives_in, typed, time_zone):
    lives_in(time_zone)
    page = send_new(signed_in, happened_at=typed)
    assert page.status_code == 422
    assert problem(page, "happened_at") == UNREADABLE
    assert form_of(page)["happened_at"] == typed
    assert rows() == {}


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2025-11-02T01:30", "2025-11-02T05:30:00+00:00"),
        ("2025-11-02T01:30-05:00", "2025-11-02T06:30:00+00:00"),
        ("2025-03-09T02:30", "2025-03-09T07:30:00+00:00"),
    ],
)
def test_on_the_days_the_clock_changes_a_repeated_hour_is_the_first_and_a_skipped_one_moves_on(
    signed_in, lives_in, typed, instant
):
    lives_in("America/New_York")
    send_new(signed_in, happened_at=typed)
    assert kept_time()[0] == instant
    assert kept_time()[1] == typed[:10]


@pytest.mark.parametrize(
    ("time_zone", "day"), [("Pacific/Kiritimati", "2026-03-05"), ("Pacific/Pago_Pago", "2026-03-03")]
)
def test_on_both_sides_of_the_date_line_now_is_the_parents_own_day(signed_in, lives_in, time_zone, day):
    lives_in(time_zone)
    with time_machine.travel(datetime(2026, 3, 4, 10, 30, tzinfo=UTC), tick=False):
        send_new(signed_in)
    assert kept_time()[1:] == (day, time_zone)
