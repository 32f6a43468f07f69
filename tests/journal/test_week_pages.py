"""The pages of the weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
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
    older = make_child(parent=parent, name="Leo", birth_month=date(2023, 1, 1))
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
        signed_in.force_login(parent)
        assert signed_in.get("/weeks/2026-03-09/").status_code == 200


@pytest.mark.parametrize(
    ("moment_at", "monday"),
    [
        (datetime(2026, 3, 9, 3, 30, tzinfo=UTC), "2026-03-02"),  # 23:30 on the Sunday that is an hour short
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), "2026-03-09"),  # midnight after it
        (datetime(2025, 11, 3, 4, 30, tzinfo=UTC), "2025-10-27"),  # 23:30 on the Sunday that is an hour long
        (datetime(2025, 11, 3, 5, 0, tzinfo=UTC), "2025-11-03"),
    ],
)
def test_both_clock_changes_keep_a_moment_on_its_own_page(signed_in, parent, child, moment_at, monday):
    parent.time_zone = "America/New_York"
    parent.save()
    make_moment(author=parent, child=child, happened_at=moment_at, text="By the clock here")
    with time_machine.travel(datetime(2026, 3, 10, 15, 0, tzinfo=UTC), tick=False):
        signed_in.force_login(parent)
        assert "By the clock here" in page_of(signed_in, f"/weeks/{monday}/")
        week = date.fromisoformat(monday)
        for other in (week - timedelta(days=7), week + timedelta(days=7)):
            if other <= date(2026, 3, 10):
                assert "By the clock here" not in page_of(signed_in, f"/weeks/{other}/")


def test_each_side_of_the_date_line_has_its_own_week_and_a_day_stands_once(signed_in, parent, child):
    # Wednesday in Kiritimati; five hours later, on the other side of the line, it is still Tuesday.
    made = (("Pacific/Kiritimati", 12, "First"), ("Pacific/Pago_Pago", 17, "Then"), ("Pacific/Kiritimati", 20, "Last"))
    for time_zone, hour, text in made:
        at = datetime(2026, 3, 3, hour, 0, tzinfo=UTC)
        make_moment(author=parent, child=child, happened_at=at, time_zone=time_zone, text=text)
    page = page_of(signed_in)
    assert page.count("Tuesday, March 3") == page.count("Wednesday, March 4") == 1
    assert page.index("Tuesday, March 3") < page.index("Then") < page.index("Wednesday, March 4")
    assert page.index("Wednesday, March 4") < page.index("First") < page.index("Last")


def test_a_held_week_that_is_over_keeps_its_moments_and_shows_no_picture(signed_in, parent, child):
    write(parent, child, "responsive", "responsive", "responsive", "responsive", weeks_ago=1)
    make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=7), felt_unsafe=True, text="It got loud")
    page = page_of(signed_in, LAST_MONDAY)
    assert "You wrote about 5 moments this week." in page
    assert "Some felt scary, so there is no summary this week." in page
    assert MOST not in page
    assert "week-picture" not in page
    assert "It got loud" in page


def test_a_scary_moment_of_one_child_leaves_the_others_week_as_it_is(signed_in, parent, child):
    leo = make_child(parent=parent, name="Leo")
    write(parent, child, "responsive", felt_unsafe=True)
    write(parent, leo, "responsive", "responsive", "responsive", "responsive")
    page = page_of(signed_in)
    assert "It felt scary." in page
    assert MOST in page
    assert page.count('class="week-picture"') == 1


def test_moments_with_no_child_named_never_count_in_a_childs_week(signed_in, parent, child):
    write(parent, child, "responsive", "responsive", "responsive", weeks_ago=1)
    write(parent, None, "missed", "missed", "missed", "missed", weeks_ago=1)
    page = page_of(signed_in, LAST_MONDAY)
    assert "You wrote about 3 moments this week." in page
    assert "You took time to look back at 4 cues that got by you." in page
    assert page.index("Mia ·") < page.index("Moments with no child named")
    alone = page_of(signed_in, f"{LAST_MONDAY}?child={child.pk}")
    assert "Moments with no child named" not in alone
    assert "cues that got by you" not in alone


def test_last_weeks_moments_with_no_child_named_make_no_summary_this_week(signed_in, parent, child):
    write(parent, None, "responsive", weeks_ago=1)
    assert "Moments with no child named" not in page_of(signed_in)


def test_with_several_children_each_has_a_chip_and_the_way_to_other_weeks_keeps_the_choice(signed_in, parent, child):
    leo = make_child(parent=parent, name="Leo")
    page = page_of(signed_in, f"{LAST_MONDAY}?child={leo.pk}")
    assert f'<a class="chip" href="?child={leo.pk}" aria-current="true">Leo</a>' in page
    assert f'<a class="chip" href="?child={child.pk}">Mia</a>' in page
    assert f'<a class="chip" href="{LAST_MONDAY}">All</a>' in page
    assert f'href="/weeks/2026-02-16/?child={leo.pk}" rel="prev"' in page
    assert f'href="/weeks/2026-03-02/?child={leo.pk}" rel="next"' in page


@pytest.mark.parametrize("child", ["x", "0", "%00", "11111111-1111-4111-8111-111111111111"])
def test_a_child_that_nobody_has_is_not_there(signed_in, child):
    assert signed_in.get(f"/weeks/?child={child}").status_code == 404
    assert signed_in.get(f"{LAST_MONDAY}?child={child}").status_code == 404


def test_the_week_before_is_never_spoken_of(signed_in, parent, child):
    write(parent, child, "responsive", "responsive", "responsive", "responsive", weeks_ago=1)
    write(parent, child, "responsive", "missed", "missed")
    page = page_of(signed_in).lower()
    for word in ("last week", "better", "less than", "more than", "%"):
        assert word not in page


@pytest.mark.parametrize(("when", "says"), [("2026-03-01T23:59", False), ("2026-03-02T00:01", True)])
def test_updated_means_changed_after_the_week_was_over_by_the_parents_clock(signed_in, parent, child, when, says):
    parent.time_zone = "America/Bogota"
    parent.save()
    at = datetime.fromisoformat(f"{when}-05:00")
    with time_machine.travel(datetime(2026, 2, 25, 12, 0, tzinfo=UTC), tick=False):
        moment = write(parent, child, "responsive", weeks_ago=1)[0]
    assert "Updated" not in page_of(signed_in, LAST_MONDAY)
    with time_machine.travel(at, tick=False):
        moment.rewrite({"content": moment.content | {"text": "More of it"}}, version=1)
    assert ("Updated" in page_of(signed_in, LAST_MONDAY)) == says


def test_coming_back_later_mends_its_week_and_the_page_says_updated(signed_in, parent, child):
    with time_machine.travel(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), tick=False):
        missed = write(parent, child, "missed", "missed", "missed", "responsive", weeks_ago=1)
    assert "came back after" not in page_of(signed_in, LAST_MONDAY)
    for miss in missed[:2]:
        make_moment(author=parent, child=child, kind="repair", repairs=miss, happened_at=NOON)
    page = page_of(signed_in, LAST_MONDAY)
    assert "You responded in 1 and came back after 2." in page
    assert "Updated" in page
    assert "You came back to an earlier moment this week." in page_of(signed_in)


def test_the_unfinished_week_is_never_called_updated(signed_in, parent, child):
    write(parent, child, "responsive")[0].rewrite({"starred": True}, version=1)
    assert "Updated" not in page_of(signed_in)


def test_a_deleted_moment_changes_its_own_week_at_once_and_no_other(signed_in, parent, child):
    write(parent, child, "responsive", "responsive", "responsive", "missed", weeks_ago=2)
    kept = page_of(signed_in, "/weeks/2026-02-16/").partition("<main")[2]
    gone = write(parent, child, "responsive", "responsive", "responsive", "missed", weeks_ago=1)[0]
    assert MOST in page_of(signed_in, LAST_MONDAY)
    assert signed_in.post(f"/moments/{gone.pk}/delete/").status_code == 302
    assert "You wrote about 3 moments this week." in page_of(signed_in, LAST_MONDAY)
    assert MOST in kept
    assert MOST in page_of(signed_in, "/weeks/2026-02-16/")


def test_a_moment_moved_to_another_week_leaves_the_first_and_joins_the_second(signed_in, parent, child):
    moment = write(parent, child, "responsive", weeks_ago=1)[0]
    form = {"kind": "responsive", "child": child.pk, "text": "Moved", "version": 1, "happened_at": "2026-03-03T12:00"}
    assert signed_in.post(f"/moments/{moment.pk}/edit/", form).status_code == 302
    assert "A quiet week in your journal." in page_of(signed_in, LAST_MONDAY)
    assert "Moved" in page_of(signed_in)


def test_an_empty_current_week_has_a_door_to_write_and_an_earlier_one_has_not(signed_in, child):
    door = '<a class="button button--main" href="/moments/new/">'
    assert door in page_of(signed_in)
    assert door not in page_of(signed_in, LAST_MONDAY)


def test_a_week_of_another_year_says_its_year(signed_in, child):
    assert "December 22 to 28, 2025" in page_of(signed_in, "/weeks/2025-12-22/")
    assert "February 23 to March 1" in page_of(signed_in, LAST_MONDAY)


def test_nobodys_week_shows_anothers_moments(signed_in, stranger, child):
    write(stranger, make_child(parent=stranger, name="Ada"), "responsive", "responsive", weeks_ago=1, text="Not yours")
    write(stranger, None, "missed", weeks_ago=1, text="Not yours")
    page = page_of(signed_in, LAST_MONDAY)
    assert "Not yours" not in page
    assert "Ada" not in page
    assert "A quiet week in your journal." in page


def test_no_name_stands_in_the_title(signed_in, parent, child):
    write(parent, child, "responsive")
    assert "<title>Notes: week</title>" in page_of(signed_in, f"/weeks/?child={child.pk}")


@pytest.mark.parametrize("children", [1, 5])
@pytest.mark.parametrize("count", [10, 1000])
def test_queries_stay_the_same_for_more_moments_and_more_children(signed_in, parent, children, count):
    family = [make_child(parent=parent, name=f"Child {number}") for number in range(children)]
    Moment.objects.bulk_create(
        Moment(
            author=parent,
            child=family[number % children],
            kind=("missed", "responsive")[number % 2],
            happened_at=NOON - timedelta(days=number % 10),
            happened_on=(NOON - timedelta(days=number % 10)).date(),
            time_zone="UTC",
            content={"text": "one more"},
        )
        for number in range(count)
    )
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as queries:
        page_of(signed_in)
    assert len(queries) == 6
