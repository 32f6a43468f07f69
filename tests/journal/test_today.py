"""Today, and the landing page for who is signed out."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal.models import Child, Moment, PromptOffer
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


@pytest.fixture
def rest_comes_second(monkeypatch):
    """An ordinary question and one of rest; with nothing preferred the ordinary one is asked."""
    monkeypatch.setattr("journal.prompting.place", lambda asker, question: question.prompt_id)
    make_prompt(slug="other", text="Another question?")
    make_prompt(slug="rest", kind="any", theme="breaks", text="How did you rest?")


def write_week(parent, child, *kinds, weeks_ago=1, **fields):
    """One moment a day, from Monday on."""
    monday = NOON - timedelta(days=2, weeks=weeks_ago)
    for day, kind in enumerate(kinds):
        make_moment(author=parent, child=child, kind=kind, happened_at=monday + timedelta(days=day), **fields)


HARD = ("missed", "missed", "missed", "missed")
MIXED = ("missed", "missed", "missed", "responsive")
GOOD = ("responsive", "responsive", "responsive", "missed")


@pytest.mark.usefixtures("rest_comes_second")
def test_after_a_scary_week_the_day_begins_with_a_question_of_rest(signed_in, parent, child):
    write_week(parent, child, "responsive", felt_unsafe=True)
    assert "How did you rest?" in page_of(signed_in)


@pytest.mark.usefixtures("rest_comes_second")
@pytest.mark.parametrize(
    ("before", "last", "question"),
    [
        ((), HARD, "How did you rest?"),
        (MIXED, MIXED, "How did you rest?"),
        (HARD, MIXED, "How did you rest?"),
        ((), MIXED, "Another question?"),
        (GOOD, MIXED, "Another question?"),
        (HARD, GOOD, "Another question?"),
        (HARD, (), "Another question?"),
        ((), GOOD, "Another question?"),
        ((), (), "Another question?"),
    ],
)
def test_after_a_week_with_a_support_line_it_does_and_after_another_it_need_not(
    signed_in, parent, child, before, last, question
):
    write_week(parent, child, *before, weeks_ago=2)
    write_week(parent, child, *last)
    assert question in page_of(signed_in)


@pytest.mark.usefixtures("rest_comes_second")
def test_a_hard_week_of_one_child_changes_nothing_for_another(signed_in, parent, child):
    write_week(parent, child, *HARD)
    sibling = make_child(parent=parent, name="Leo")
    assert "How did you rest?" in page_of(signed_in, f"/?child={child.pk}")
    assert "Another question?" in page_of(signed_in, f"/?child={sibling.pk}")


def test_after_a_hard_week_another_question_is_one_of_rest_too(signed_in, parent, child, monkeypatch):
    monkeypatch.setattr("journal.prompting.place", lambda asker, question: question.prompt_id)
    make_prompt(slug="other", text="Another question?")
    make_prompt(slug="breaks", kind="any", theme="breaks", text="How did you rest?")
    make_prompt(slug="not-alone", kind="any", theme="not-alone", text="Who listens to you?")
    write_week(parent, child, *HARD)
    assert "How did you rest?" in page_of(signed_in)
    signed_in.post("/another/", {"child": child.pk})
    assert "Who listens to you?" in page_of(signed_in)


# Several children, none, and who is signed out


def test_with_one_child_there_is_no_choice_of_children(signed_in, child):
    assert "Which child" not in page_of(signed_in)


def test_with_several_children_each_has_a_chip_and_the_first_is_chosen(signed_in, parent, child):
    leo = make_child(parent=parent, name="Leo", birth_month=date(2023, 1, 1))
    page = page_of(signed_in)
    assert f'<a class="chip" href="?child={leo.pk}" aria-current="true">Leo</a>' in page
    assert f'<a class="chip" href="?child={child.pk}">Mia</a>' in page
    assert "Leo, 3 years" in page
    chosen = page_of(signed_in, f"/?child={child.pk}")
    assert f'<a class="chip" href="?child={child.pk}" aria-current="true">Mia</a>' in chosen
    assert "Mia, 5 months" in chosen


def test_a_parent_with_children_can_look_at_moments_with_no_child_named(signed_in, parent, child):
    make_moment(author=parent)
    page = page_of(signed_in, "/?child=")
    assert "Responded, one moment" in page
    assert "Mia, 5 months" not in page


def test_with_no_child_named_the_question_fits_every_age(signed_in):
    make_prompt(slug="babies", ages=(0, 12), text="For babies?")
    assert "For babies?" not in page_of(signed_in)
    make_prompt(slug="every-age", text="For every age?")
    page = page_of(signed_in)
    assert "For every age?" in page
    assert signed_in.post("/another/", {"child": ""}).url == "/?child="


def test_the_last_three_moments_of_all_children_stand_there_with_their_names(signed_in, parent, child):
    leo = make_child(parent=parent, name="Leo")
    for number, whose in enumerate([child, leo, None, child]):
        make_moment(author=parent, child=whose, text=f"Number {number}", happened_at=NOON + timedelta(minutes=number))
    page = page_of(signed_in)
    assert "Number 0" not in page
    assert page.index("Number 3") < page.index("Number 2") < page.index("Number 1")
    assert "Today · Leo" in page
    assert page.count("Just me") == 3


def test_a_scary_moment_is_in_no_dot_and_counts_for_nothing(signed_in, parent, child):
    make_moment(author=parent, child=child, felt_unsafe=True, text="It got loud")
    page = page_of(signed_in)
    assert "Responded, one moment" not in page
    assert "It got loud" in page


def test_the_days_begin_and_end_by_the_parents_own_clock(signed_in, parent, child):
    make_moment(author=parent, child=child, happened_at=NOON)
    parent.time_zone = "Pacific/Kiritimati"
    parent.save()
    page = page_of(signed_in)
    assert "Thursday, March 5" in page
    assert "Yesterday" in page


def test_with_no_question_left_the_page_is_whole_without_one(signed_in, child):
    page = page_of(signed_in)
    assert "A question for today" not in page
    assert "I responded" in page
    assert signed_in.post("/another/", {"child": child.pk}).status_code == 302
    assert not PromptOffer.objects.exists()


@pytest.mark.parametrize("child", ["x", "0", "11111111-1111-4111-8111-111111111111", "%00"])
def test_a_child_that_nobody_has_is_not_there(signed_in, child):
    assert signed_in.get(f"/?child={child}").status_code == 404
    assert signed_in.post("/another/", {"child": child}).status_code == 404


def test_show_me_another_is_asked_for_by_post_alone(signed_in, child):
    make_prompt()
    assert signed_in.get("/another/").status_code == 405
    assert not PromptOffer.objects.exists()


def test_a_page_and_its_card_are_not_mistaken_for_each_other(signed_in, child):
    make_prompt()
    answer = signed_in.post("/another/", {"child": child.pk}, headers={"HX-Request": "true"})
    assert "HX-Request" in answer.headers["Vary"]


def test_opening_today_writes_down_the_question_once_and_nothing_else(signed_in, parent, child):
    make_prompt()
    make_moment(author=parent, child=child)
    before = [list(model.objects.values()) for model in (Child, Moment)]
    for _ in range(3):
        page_of(signed_in)
    assert [(offer.kind, offer.turn) for offer in PromptOffer.objects.all()] == [("", 0)]
    assert [list(model.objects.values()) for model in (Child, Moment)] == before


def test_it_speaks_spanish_when_the_parent_does(signed_in, parent, child):
    parent.language = "es"
    parent.save()
    make_prompt()
    page = page_of(signed_in)
    assert "ES What made you two smile?" in page
    assert "5 meses" in page
    assert "I responded" not in page


def test_the_title_is_a_neutral_word(signed_in, client, child):
    assert "<title>Notes: today</title>" in page_of(signed_in)
    assert "<title>Notes</title>" in page_of(Client())


def test_the_landing_page_can_be_read_in_spanish_and_leads_in(client):
    client.post("/language/", {"language": "es", "next": "/"})
    page = page_of(client)
    assert '<html lang="es">' in page
    assert "Respondiste la mayor parte de las veces, según lo que escribiste." in page
    for address in ("/account/signup/", "/account/login/", "/guide/", "/help/", "/privacy/"):
        assert f'"{address}"' in page


@pytest.mark.parametrize("count", [10, 1000])
def test_queries_do_not_grow_with_the_journal_and_stay_at_nine(signed_in, parent, child, count):
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
    assert len([query for query in first_view if "SAVEPOINT" not in query["sql"]]) <= 9
    assert len(second_view) <= 8
