"""The pages of the weeks."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Moment, PromptOffer
from tests.factories import NOON, make_child, make_moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
LAST_MONDAY = "/weeks/2026-02-23/"
MOST = "You were responsive most of the time in what you wrote down."


@pytest.fixture
def wednesday():
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=False):
        yield


def page_of(client, address="/weeks/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def write(parent, child, *kinds, weeks_ago=0, **fields):
    """One moment a day, from Monday on."""
    monday = NOON - timedelta(days=2, weeks=weeks_ago)
    return [
        make_moment(author=parent, child=child, kind=kind, happened_at=monday + timedelta(days=day), **fields)
        for day, kind in enumerate(kinds)
    ]


def test_the_current_week_is_summed_up_as_it_stands_and_says_so_far(signed_in, parent, child):
    make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=2))
    write(parent, child, "responsive", "responsive", "responsive")
    page = page_of(signed_in)
    assert MOST in page
    assert "so far" in page
    assert "You wrote about 4 times you responded." in page


def test_an_unfinished_week_has_no_support_line(signed_in, parent, child):
    write(parent, child, "missed", "missed", "missed")
    make_moment(author=parent, child=child, kind="missed")
    page = page_of(signed_in)
    assert "You took time to look back at 4 cues that got by you." in page
    assert "If this week felt heavy" not in page


def test_a_finished_hard_week_has_a_support_line_that_leads_to_help(signed_in, parent, child):
    write(parent, child, "missed", "missed", "missed", "missed", weeks_ago=1)
    page = page_of(signed_in, LAST_MONDAY)
    assert "If this week felt heavy, you don&#x27;t have to carry it alone." in page
    assert '<a href="/help/">Find support.</a>' in page


def test_the_second_hard_week_running_says_so_and_a_quiet_week_breaks_the_run(signed_in, parent, child):
    write(parent, child, "missed", "missed", "missed", "responsive", weeks_ago=2)
    write(parent, child, "missed", "missed", "missed", "responsive", weeks_ago=1)
    assert "Hard stretches happen." in page_of(signed_in, LAST_MONDAY)
    assert "Hard stretches happen." not in page_of(signed_in, "/weeks/2026-02-16/")


def test_a_held_week_has_no_summary_and_no_picture_and_help_first_even_unfinished(signed_in, parent, child):
    write(parent, child, "responsive", felt_unsafe=True)
    page = page_of(signed_in)
    assert "There is no summary this week." in page
    assert '<a href="/help/">Find help.</a>' in page
    assert "week-picture" not in page


def test_a_quiet_week_says_so_and_nothing_is_counted(signed_in, child):
    page = page_of(signed_in, LAST_MONDAY)
    assert "A quiet week in your journal." in page
    assert "This is about what you wrote down" not in page


def test_a_day_that_is_no_monday_leads_to_its_monday(signed_in):
    assert signed_in.get("/weeks/2026-02-25/").url == LAST_MONDAY
    assert signed_in.get("/weeks/20260223/").url == LAST_MONDAY


@pytest.mark.parametrize(
    "day", ["2026-03-09", "2026-03-11", "9999-12-31", "1999-01-04", "0001-01-01", "x", "2026-02-30"]
)
def test_a_week_to_come_and_a_week_that_is_none_are_not_there(signed_in, day):
    assert signed_in.get(f"/weeks/{day}/").status_code == 404


def test_earlier_weeks_are_linked_and_later_ones_up_to_the_current(signed_in, child):
    page = page_of(signed_in)
    assert 'href="/weeks/2026-02-23/" rel="prev"' in page
    assert 'rel="next"' not in page
    assert 'href="/weeks/2026-03-02/" rel="next"' in page_of(signed_in, LAST_MONDAY)


def test_the_first_week_there_is_has_none_before_it(signed_in, child):
    assert 'rel="prev"' not in page_of(signed_in, "/weeks/1999-12-27/")


def test_each_child_has_a_summary_in_the_forms_order_and_one_can_be_chosen(signed_in, parent, child):
    older = make_child(parent=parent, name="Leo", birth_month=datetime(2023, 1, 1, tzinfo=UTC).date())
    write(parent, child, "responsive")
    page = page_of(signed_in)
    assert page.index("Leo ·") < page.index("Mia ·")
    chosen = page_of(signed_in, f"/weeks/?child={older.pk}")
    assert "Leo ·" in chosen
    assert "Mia ·" not in chosen


def test_anothers_child_is_not_there(signed_in, stranger):
    assert signed_in.get(f"/weeks/?child={make_child(parent=stranger).pk}").status_code == 404


def test_moments_with_no_child_named_are_summed_up_apart_when_there_are_any(signed_in, parent, child):
    assert "Moments with no child named" not in page_of(signed_in)
    write(parent, None, "responsive")
    page = page_of(signed_in)
    assert "Moments with no child named" in page
    assert "A quiet week in your journal." in page


def test_they_are_the_only_summary_of_a_parent_who_named_no_child(signed_in, parent):
    write(parent, None, "responsive")
    page = page_of(signed_in)
    assert "You wrote about 1 moment this week." in page
    assert "Moments with no child named" not in page


def test_the_counts_line_can_be_hidden(signed_in, parent, child):
    write(parent, child, "responsive", "responsive", "responsive", "missed", weeks_ago=1)
    assert "You wrote about 4 moments and responded in 3." in page_of(signed_in, LAST_MONDAY)
    parent.shows_counts = False
    parent.save()
    page = page_of(signed_in, LAST_MONDAY)
    assert MOST in page
    assert "You wrote about 4 moments" not in page


def test_a_late_entry_changes_its_own_week_at_once_and_the_page_says_updated(signed_in, parent, child):
    with time_machine.travel(datetime(2026, 2, 28, 12, 0, tzinfo=UTC), tick=False):
        write(parent, child, "responsive", "responsive", "responsive", weeks_ago=1)
    before = page_of(signed_in, LAST_MONDAY)
    assert MOST not in before
    assert "Updated" not in before
    make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=7))
    after = page_of(signed_in, LAST_MONDAY)
    assert MOST in after
    assert "Updated" in after


def test_an_edited_moment_changes_its_own_week_at_once(signed_in, parent, child):
    moment = write(parent, child, "responsive", "responsive", "responsive", "missed", weeks_ago=1)[0]
    form = {"kind": "missed", "child": child.pk, "text": "", "version": 1, "happened_at": "2026-02-23T12:00"}
    assert signed_in.post(f"/moments/{moment.pk}/edit/", form).status_code == 302
    assert "You took time to look at 4 moments this week." in page_of(signed_in, LAST_MONDAY)


def test_the_week_is_shown_as_a_picture_in_words_and_day_by_day(signed_in, parent, child):
    missed = write(parent, child, "missed", text="Rubbed her eyes")[0]
    later = missed.happened_at + timedelta(hours=1)
    make_moment(author=parent, child=child, kind="repair", repairs=missed, happened_at=later, text="Held her")
    page = page_of(signed_in)
    assert "week-picture" in page
    assert "One cue got by me, mended the same day" in page
    assert "Monday, March 2" in page
    assert page.index("Rubbed her eyes") < page.index("Held her")
    assert "moment--sewn" in page


def test_every_week_says_what_most_of_the_time_means_why_and_what_it_is_about(signed_in, parent, child):
    write(parent, child, "responsive")
    page = page_of(signed_in)
    assert "Children do not need every cue answered." in page
    assert "/guide/good-enough/" in page
    assert "Big moments are easier to recall than small ones." in page
    assert "This is about what you wrote down, not every moment with your child." in page


def test_it_speaks_spanish(signed_in, parent, child):
    parent.language = "es"
    parent.save()
    write(parent, child, "responsive", "responsive", "responsive", "missed", weeks_ago=1)
    page = page_of(signed_in, LAST_MONDAY)
    assert "Respondiste la mayor parte de las veces, según lo que escribiste." in page
    assert "del 23 de febrero al 1 de marzo" in page


def test_nothing_of_a_week_is_stored(signed_in, parent, child):
    write(parent, child, "responsive")
    tables = (Moment, PromptOffer, Session)
    before = [table.objects.count() for table in tables]
    page_of(signed_in)
    assert [table.objects.count() for table in tables] == before


def test_a_moment_stays_in_its_week_after_the_parent_moved(signed_in, parent, child):
    sunday_night = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
    make_moment(author=parent, child=child, happened_at=sunday_night, time_zone="America/Los_Angeles", text="Late")
    parent.time_zone = "Asia/Tokyo"
    parent.save()
    assert "Late" in page_of(signed_in, LAST_MONDAY)
    assert "Late" not in page_of(signed_in, "/weeks/2026-03-02/")


def test_today_is_by_the_parents_own_clock(signed_in, parent, child):
    parent.time_zone = "Pacific/Auckland"
    parent.save()
    with time_machine.travel(datetime(2026, 3, 8, 12, 0, tzinfo=UTC), tick=False):
        assert signed_in.get("/weeks/2026-03-09/").status_code == 200


@pytest.mark.parametrize("children", [1, 5])
@pytest.mark.parametrize("count", [10, 300])
def test_queries_stay_the_same_for_more_moments_and_more_children(signed_in, parent, children, count):
    family = [make_child(parent=parent, name=f"Child {number}") for number in range(children)]
    for number in range(count):
        make_moment(author=parent, child=family[number % children], kind=("missed", "responsive")[number % 2])
    with CaptureQueriesContext(connection) as queries:
        page_of(signed_in)
    assert len(queries) == 5
