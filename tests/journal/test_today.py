"""Today, and the landing page for who is signed out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal.models import PromptOffer
from tests.factories import NOON, make_child, make_moment, make_prompt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.fixture
def wednesday():
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=False):
        yield


def page_of(client, address="/"):
    return client.get(address).content.decode()


def test_signed_out_it_says_what_this_is_and_shows_nobodys_journal(client, moment):
    page = page_of(client)
    assert "You don't have to be perfect. No parent is." in page
    assert "You were responsive most of the time in what you wrote down." in page
    assert moment.text not in page


def test_there_are_three_doors_and_a_quieter_one_each_with_the_child(signed_in, child):
    page = page_of(signed_in)
    for kind in ("responsive", "missed", "repair", "reflection"):
        assert f"/moments/new/?kind={kind}&amp;child={child.pk}" in page


def test_a_parent_with_no_child_named_can_write_and_is_offered_to_add_one(signed_in):
    page = page_of(signed_in)
    assert "/moments/new/?kind=responsive" in page
    assert "Add a child" in page


def test_the_days_question_can_be_answered_and_has_a_door_to_the_guide(signed_in, child):
    prompt = make_prompt(slug="smile", kind="any", theme="bond")
    page = page_of(signed_in)
    assert "What made you two smile?" in page
    assert f"kind=reflection&amp;prompt={prompt.texts.get(language='en').pk}&amp;child={child.pk}" in page
    assert "/guide/bond/" in page


def test_show_me_another_shows_another_and_keeps_it(signed_in, child):
    for number in range(2):
        make_prompt(slug=f"p{number}", text=f"Question {number}?")
    first = "Question 0?" if "Question 0?" in page_of(signed_in) else "Question 1?"
    assert signed_in.post("/another/", {"child": child.pk}).url == f"/?child={child.pk}"
    assert first not in page_of(signed_in)


def test_show_me_another_answers_htmx_with_the_card_alone(signed_in, child):
    make_prompt()
    answer = signed_in.post("/another/", {"child": child.pk}, headers={"HX-Request": "true"}).content.decode()
    assert "What made you two smile?" in answer
    assert "<html" not in answer


def test_anothers_child_is_not_there(signed_in, stranger):
    make_prompt()
    theirs = make_child(parent=stranger)
    assert signed_in.get(f"/?child={theirs.pk}").status_code == 404
    assert signed_in.post("/another/", {"child": theirs.pk}).status_code == 404
    assert not PromptOffer.objects.exists()


def test_the_week_so_far_is_told_in_words_and_the_last_moments_are_there(signed_in, parent, child):
    make_moment(author=parent, child=child, text="The newest one", happened_at=NOON)
    make_moment(author=parent, child=child, text="Long ago", happened_at=NOON - timedelta(days=40))
    page = page_of(signed_in)
    assert "Responded, one moment" in page
    assert page.index("The newest one") < page.index("Long ago")


def test_the_dots_are_of_the_chosen_child_alone(signed_in, parent, child):
    sibling = make_child(parent=parent, name="Leo")
    make_moment(author=parent, child=child)
    assert "Responded, one moment" in page_of(signed_in, f"/?child={child.pk}")
    assert "Responded, one moment" not in page_of(signed_in, f"/?child={sibling.pk}")


def test_after_a_hard_week_the_day_begins_with_a_question_of_rest(signed_in, parent, child):
    make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=7), felt_unsafe=True)
    make_prompt(slug="other", text="Another question?")
    make_prompt(slug="rest", kind="any", theme="breaks", text="How did you rest?")
    assert "How did you rest?" in page_of(signed_in)


def test_after_an_ordinary_week_it_need_not(signed_in, parent, child):
    make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=7))
    make_prompt(slug="rest", kind="any", theme="breaks", text="How did you rest?")
    for number in range(200):
        make_prompt(slug=f"p{number}", text=f"Ordinary question {number}?")
    assert "Ordinary question" in page_of(signed_in)


@pytest.mark.parametrize("count", [10, 1000])
def test_queries_do_not_grow_with_the_journal_and_stay_at_eight(signed_in, parent, child, count):
    make_prompt()
    first = make_moment(author=parent, child=child, kind="missed")
    type(first).objects.bulk_create(
        type(first)(
            author=parent,
            child=child,
            kind="responsive",
            happened_at=NOON - timedelta(hours=8 * hours),
            happened_on=(NOON - timedelta(hours=8 * hours)).date(),
            time_zone="UTC",
            content={"text": "one more"},
        )
        for hours in range(1, count)
    )
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as first_view:
        signed_in.get("/")
    with CaptureQueriesContext(connection) as second_view:
        signed_in.get("/")
    assert len([query for query in first_view if "SAVEPOINT" not in query["sql"]]) <= 8
    assert len(second_view) <= 7
