import time

import pytest
import time_machine
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.accounts.factors import give_app, type_password
from tests.factories import make_share

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


@pytest.fixture
def clock():
    with time_machine.travel(time.time(), tick=False) as clock:
        yield clock


def is_in(client):
    return client.get("/settings/").status_code == 200


def stays_in(client, clock, *, steps, of):
    """Whether each of so many requests, so far apart, still finds someone signed in."""
    for _ in range(steps):
        clock.shift(of)
        if not is_in(client):
            return False
    return True


def test_on_a_shared_phone_half_an_hour_without_a_request_ends_the_session(client, parent, clock):
    type_password(client)
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(30 * MINUTE)
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_on_a_shared_phone_a_parent_who_goes_on_stays_for_twelve_hours_and_no_longer(client, parent, clock):
    type_password(client)
    assert stays_in(client, clock, steps=35, of=20 * MINUTE)
    clock.shift(21 * MINUTE)
    assert not is_in(client)


def test_on_their_own_phone_two_weeks_without_a_request_end_the_session(client, parent, clock):
    type_password(client, remember="on")
    clock.shift(14 * DAY - MINUTE)
    assert is_in(client)
    clock.shift(14 * DAY)
    assert not is_in(client)


def test_on_their_own_phone_a_parent_signs_in_anew_after_thirty_days(client, parent, clock):
    type_password(client, remember="on")
    assert stays_in(client, clock, steps=4, of=7 * DAY)
    clock.shift(2 * DAY - MINUTE)
    assert is_in(client)
    assert client.cookies[project.SESSION_COOKIE_NAME]["max-age"] == MINUTE
    clock.shift(MINUTE)
    assert not is_in(client)


def test_the_switch_is_off_until_someone_ticks_it(client, db):
    page = client.get("/account/login/").content.decode()
    assert 'name="remember"' in page
    assert "checked" not in page


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_staff_stay_an_hour_without_a_request_whatever_they_tick(client, request, clock, who):
    user = request.getfixturevalue(who)
    type_password(client, user.email, remember="on")
    assert stays_in(client, clock, steps=3, of=59 * MINUTE)
    clock.shift(HOUR)
    assert not is_in(client)


def test_a_visitor_stays_an_hour_without_a_request_and_twelve_at_the_longest(client, parent, visitor, clock):
    make_share(parent=parent, reader=visitor)
    type_password(client, visitor.email, remember="on")
    assert stays_in(client, clock, steps=12, of=59 * MINUTE)
    clock.shift(13 * MINUTE)
    assert not is_in(client)


def test_who_comes_to_read_for_families_is_at_work_in_the_sessions_they_have(client, parent, visitor, clock):
    type_password(client, visitor.email, remember="on")
    clock.shift(DAY)
    assert is_in(client)
    make_share(parent=parent, reader=visitor)
    clock.shift(SOON)
    assert not is_in(client)


def test_a_new_member_of_the_staff_is_at_work_in_the_sessions_they_have(client, parent, clock):
    type_password(client, remember="on")
    User.objects.update(is_staff=True)
    assert stays_in(client, clock, steps=2, of=50 * MINUTE)
    clock.shift(HOUR)
    assert not is_in(client)


SOON = 2 * MINUTE


def test_who_reads_no_longer_has_a_parents_times_again(client, parent, visitor, clock):
    share = make_share(parent=parent, reader=visitor)
    type_password(client, visitor.email, remember="on")
    share.end(by=parent)
    clock.shift(SOON)
    assert is_in(client)
    clock.shift(DAY)
    assert is_in(client)


def test_a_second_step_changes_nothing_about_the_times(client, parent, clock):
    give_app(parent)
    type_password(client, remember="on")
    assert client.session.get_expiry_age() <= 30 * MINUTE  # nobody is signed in yet
    assert "_auth_user_id" not in client.session


def test_a_session_that_is_over_stands_in_the_database_as_over(client, parent, clock):
    type_password(client)
    row = Session.objects.get()
    assert (row.expire_date.timestamp() - time.time()) == pytest.approx(30 * MINUTE, abs=1)


def writes_of(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/settings/")
    return [one["sql"] for one in captured if one["sql"].split()[0] in {"UPDATE", "INSERT", "DELETE"}]


def test_within_a_minute_a_request_asks_and_writes_nothing_about_the_times(client, parent, clock):
    type_password(client)
    client.get("/settings/")
    with CaptureQueriesContext(connection) as before:
        client.get("/settings/")
    clock.shift(MINUTE - 1)
    assert writes_of(client) == []
    with CaptureQueriesContext(connection) as after:
        client.get("/settings/")
    assert len(after) == len(before)


def test_after_a_minute_one_request_puts_down_in_two_places_that_someone_is_there_and_the_next_does_not(
    client, parent, clock
):
    type_password(client)
    clock.shift(MINUTE)
    assert len(writes_of(client)) == 2
    assert writes_of(client) == []


def test_a_session_from_before_there_were_times_goes_on_and_has_them_from_then(client, parent, clock):
    type_password(client)
    session = client.session
    del session["began"], session["seen"], session["at_work"]
    session.save()
    assert stays_in(client, clock, steps=2, of=25 * MINUTE)
    clock.shift(31 * MINUTE)
    assert not is_in(client)


def test_someone_signed_out_gets_no_session_by_looking(client, db):
    client.get("/")
    client.get("/account/login/")
    assert not Session.objects.exists()


def test_each_time_can_be_set(client, parent, clock, settings):
    settings.SESSION_TIMES = project.SESSION_TIMES | {"shared phone": (5 * MINUTE, HOUR)}
    type_password(client)
    clock.shift(5 * MINUTE)
    assert not is_in(client)
