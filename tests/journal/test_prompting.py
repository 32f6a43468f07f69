"""Which question is asked: content/prompts' rules of choosing, against the database."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import OperationalError

from journal.models import Prompt, PromptOffer, PromptText
from journal.prompting import Asker, current_question, offer, questions, shown_today
from tests.factories import NOON, make_child, make_prompt

TODAY = date(2026, 3, 4)
pytestmark = pytest.mark.django_db


def ask(parent, child, *, page="", day=TODAY, prefer_rest=False):
    asker = Asker(author=parent, child=child, day=day, page=page)
    among = questions(asker)
    return shown_today(among) or offer(asker, among, prefer_rest=prefer_rest)


def ask_another(parent, child, *, page="", day=TODAY):
    asker = Asker(author=parent, child=child, day=day, page=page)
    return offer(asker, questions(asker))


def slugs(asked):
    return {Prompt.objects.get(pk=one.prompt_id).slug for one in asked if one}


def fitting_slugs(parent, child, *, page="", day=TODAY):
    return slugs(questions(Asker(author=parent, child=child, day=day, page=page)))


def test_a_question_fits_the_childs_age_from_the_first_month_up_to_the_last_exclusive(parent, child):
    make_prompt(slug="young", ages=(0, 5))
    make_prompt(slug="fits", ages=(5, 6))
    make_prompt(slug="older", ages=(6, 60))
    assert fitting_slugs(parent, child) == {"fits"}


def test_a_child_of_five_and_more_gets_the_last_bands_questions(parent):
    grown = make_child(parent=parent, birth_month=date(2019, 1, 1))
    make_prompt(slug="last", ages=(36, 60))
    make_prompt(slug="young", ages=(0, 36))
    assert fitting_slugs(parent, grown) == {"last"}


def test_with_no_child_named_only_questions_for_every_age_fit(parent):
    make_prompt(slug="every-age", ages=(0, 60))
    make_prompt(slug="babies", ages=(0, 12))
    assert fitting_slugs(parent, None) == {"every-age"}


@pytest.mark.parametrize(
    ("page", "expected"),
    [("responsive", "r"), ("missed", "m"), ("repair", "p"), ("reflection", "a")],
)
def test_a_form_asks_questions_of_its_kind(parent, child, page, expected):
    for slug, kind in (("r", "responsive"), ("m", "missed"), ("p", "repair"), ("a", "any")):
        make_prompt(slug=slug, kind=kind)
    assert fitting_slugs(parent, child, page=page) == {expected}


def test_drafts_and_retired_questions_are_never_asked(parent, child):
    make_prompt(slug="draft", published_at=None)
    make_prompt(slug="retired", retired_at=NOON)
    assert ask(parent, child) is None


def test_a_question_is_asked_in_its_newest_words_and_the_active_language(parent, child, settings):
    prompt = make_prompt(slug="smile", text="Old words?")
    PromptText.objects.create(prompt=prompt, language="en", version=2, text="New words?")
    assert ask(parent, child).text == "New words?"
    from django.utils import translation

    with translation.override("es"):
        assert ask(parent, child).text == "ES Old words?"


def test_the_days_question_stays_the_same_all_that_day(parent, child):
    for number in range(9):
        make_prompt(slug=f"p{number}")
    first = ask(parent, child)
    assert [ask(parent, child).prompt_id for _ in range(3)] == [first.prompt_id] * 3
    assert PromptOffer.objects.count() == 1


def test_the_days_question_stays_the_same_when_it_could_not_be_written_down(parent, child):
    for number in range(9):
        make_prompt(slug=f"p{number}")
    first = ask(parent, child)
    PromptOffer.objects.all().delete()
    assert ask(parent, child).prompt_id == first.prompt_id


def test_two_parents_need_not_be_asked_the_same(parent, stranger):
    for number in range(20):
        make_prompt(slug=f"p{number}")
    days = [TODAY + timedelta(days=day) for day in range(14)]
    ours, theirs = ([ask(author, None, day=day).prompt_id for day in days] for author in (parent, stranger))
    assert ours != theirs


def test_a_child_that_is_not_born_yet_is_asked_about_as_a_newborn(parent):
    unborn = make_child(parent=parent, birth_month=date(2026, 6, 1))
    make_prompt(slug="newborn", ages=(0, 1))
    make_prompt(slug="older", ages=(1, 60))
    assert fitting_slugs(parent, unborn) == {"newborn"}


def test_the_age_is_that_of_the_day_the_question_is_asked_on(parent, child):
    make_prompt(slug="five", ages=(0, 6))
    make_prompt(slug="six", ages=(6, 60))
    assert fitting_slugs(parent, child, day=date(2026, 3, 31)) == {"five"}
    assert fitting_slugs(parent, child, day=date(2026, 4, 1)) == {"six"}


def test_a_day_has_its_own_question_for_each_child_and_each_page(parent, child):
    sibling = make_child(parent=parent, name="Leo")
    for number in range(9):
        make_prompt(slug=f"p{number}")
    for _ in range(2):
        for whose in (child, sibling, None):
            for page in ("", "responsive"):
                ask(parent, whose, page=page)
    assert PromptOffer.objects.count() == 6


def test_two_pages_at_once_write_one_row(parent, child):
    prompt = make_prompt(slug="one")
    for _ in range(2):
        PromptOffer.record(author=parent, child=child, day=TODAY, kind="", turn=0, prompt_id=prompt.pk)
        PromptOffer.record(author=parent, child=None, day=TODAY, kind="", turn=0, prompt_id=prompt.pk)
    assert PromptOffer.objects.count() == 2


def test_none_shown_in_the_last_fourteen_days_is_shown_again(parent, child):
    for number in range(20):
        make_prompt(slug=f"p{number}")
    asked = [ask(parent, child, day=TODAY + timedelta(days=day)).prompt_id for day in range(15)]
    assert len(set(asked)) == 15


@pytest.mark.parametrize(("days", "shown"), [(14, "other"), (15, "seen")])
def test_a_question_rests_for_fourteen_days_and_may_be_asked_on_the_fifteenth(parent, child, days, shown):
    seen = make_prompt(slug="seen")
    PromptOffer.record(author=parent, child=child, day=TODAY, kind="", turn=0, prompt_id=seen.pk)
    other = make_prompt(slug="other")
    later = TODAY + timedelta(days=days)
    if shown == "seen":
        PromptOffer.record(author=parent, child=child, day=later, kind="missed", turn=0, prompt_id=other.pk)
    assert slugs([ask(parent, child, day=later)]) == {shown}


def test_what_was_seen_on_a_form_is_not_asked_on_today_either(parent, child):
    make_prompt(slug="one")
    make_prompt(slug="two")
    on_the_form = ask(parent, child, page="responsive")
    assert ask(parent, child).prompt_id != on_the_form.prompt_id


def test_when_all_were_shown_the_longest_unseen_comes_first(parent, child):
    for number in range(3):
        make_prompt(slug=f"p{number}")
    asked = [ask(parent, child, day=TODAY + timedelta(days=day)).prompt_id for day in range(6)]
    assert asked[3:] == asked[:3]


def test_today_never_begins_with_a_missed_cue(parent, child):
    make_prompt(slug="missed", kind="missed")
    assert ask(parent, child) is None
    make_prompt(slug="responsive")
    assert slugs([ask(parent, child)]) == {"responsive"}


def test_today_asks_about_a_missed_cue_at_most_once_a_day(parent, child):
    for number in range(4):
        make_prompt(slug=f"m{number}", kind="missed")
    make_prompt(slug="r0")
    make_prompt(slug="r1")
    asked = [ask(parent, child)] + [ask_another(parent, child) for _ in range(6)]
    assert sum(one.kind == "missed" for one in asked) == 1


def test_show_me_another_goes_round_without_repeating_until_all_are_through(parent, child):
    for number in range(6):
        make_prompt(slug=f"p{number}")
    asked = [ask(parent, child)] + [ask_another(parent, child) for _ in range(11)]
    assert len(slugs(asked[:6])) == 6
    assert [one.prompt_id for one in asked[6:]] == [one.prompt_id for one in asked[:6]]


def test_two_taps_at_once_show_the_question_that_was_written_first(parent, child):
    for number in range(6):
        make_prompt(slug=f"p{number}")
    ask(parent, child)
    asker = Asker(author=parent, child=child, day=TODAY)
    among = questions(asker)
    first, second = offer(asker, among), offer(asker, among)
    assert first.prompt_id == second.prompt_id
    assert ask(parent, child).prompt_id == first.prompt_id
    assert PromptOffer.objects.count() == 2


def test_a_round_of_one_question_stays_with_it(parent, child):
    make_prompt(slug="only")
    assert slugs([ask(parent, child), *(ask_another(parent, child) for _ in range(3))]) == {"only"}


def test_another_question_is_then_the_days_question(parent, child):
    for number in range(6):
        make_prompt(slug=f"p{number}")
    ask(parent, child)
    other = ask_another(parent, child)
    assert ask(parent, child).prompt_id == other.prompt_id


@pytest.mark.parametrize("theme", ["breaks", "not-alone", "grace"])
def test_after_a_hard_week_questions_of_rest_come_first(parent, child, theme):
    for number in range(8):
        make_prompt(slug=f"p{number}")
    make_prompt(slug="rest", kind="any", theme=theme)
    assert slugs([ask(parent, child, prefer_rest=True)]) == {"rest"}


def test_after_a_hard_week_with_no_rest_question_left_others_come(parent, child):
    make_prompt(slug="other")
    assert slugs([ask(parent, child, prefer_rest=True)]) == {"other"}


def test_what_another_parent_saw_changes_nothing(parent, stranger, child):
    for number in range(5):
        make_prompt(slug=f"p{number}")
    first = ask(parent, child)
    PromptOffer.objects.all().delete()
    PromptOffer.record(author=stranger, child=None, day=TODAY, kind="", turn=0, prompt_id=first.prompt_id)
    assert ask(parent, child).prompt_id == first.prompt_id


def test_what_was_seen_about_one_child_may_be_asked_about_another(parent, child):
    make_prompt(slug="only")
    sibling = make_child(parent=parent, name="Leo")
    assert ask(parent, child).seen_on is None
    assert ask(parent, sibling).seen_on is None


def test_choosing_takes_one_query_and_writing_it_down_one(parent, child, django_assert_num_queries):
    for number in range(9):
        make_prompt(slug=f"p{number}")
    asker = Asker(author=parent, child=child, day=TODAY, page="responsive")
    with django_assert_num_queries(2):
        current_question(asker)
    with django_assert_num_queries(1):
        current_question(asker)


@time_machine.travel("2026-03-04 12:00", tick=False)
def test_the_form_keeps_its_question_all_day(signed_in, child):
    for number in range(9):
        make_prompt(slug=f"p{number}", text=f"Question {number}?")
    pages = [signed_in.get("/moments/new/?kind=responsive").content.decode() for _ in range(2)]
    shown = [[number for number in range(9) if f"Question {number}?" in page] for page in pages]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 1


def test_the_page_shows_its_question_when_the_row_cannot_be_written(signed_in, child, monkeypatch):
    make_prompt(text="Asked all the same?")

    def refuse(*_args, **_options):
        raise OperationalError("the disk is full")

    monkeypatch.setattr(type(PromptOffer.objects.all()), "bulk_create", refuse)
    monkeypatch.setattr(PromptOffer.objects, "bulk_create", refuse, raising=False)
    for address in ("/", "/moments/new/?kind=responsive"):
        assert "Asked all the same?" in signed_in.get(address).content.decode()
    assert not PromptOffer.objects.exists()
