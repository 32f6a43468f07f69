"""The question on the page: answered in its exact words, changed for another, or left out."""

import re

import pytest

from journal.models import PromptText
from tests.factories import NOON, make_child, make_prompt
from tests.journal.writing import ANOTHER, ID, NEW, form_of, only_moment, read, rows, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

HTMX = {"HX-Request": "true"}
TYPED = {
    "id": ID,
    "kind": "missed",
    "text": "Half a sentence",
    "happened_at": "2026-03-03T08:05",
    "when": "last_night",
    "cue": "hungry",
    "did": "was-busy",
    "feeling": "tired",
    "felt_unsafe": "on",
    "starred": "on",
}
FIRST, SECOND = "Which cue got by you?", "When did you see it?"


@pytest.fixture
def questions():
    """Two questions about missed cues, each in two languages."""
    return [make_prompt(slug=slug, kind="missed", text=text) for slug, text in (("first", FIRST), ("second", SECOND))]


def wording(prompt, language="en"):
    return prompt.texts.filter(language=language).latest("version")


def shown(page):
    """The question that stands on the page; '' when it has none."""
    found = re.search(r'<p class="prompt" id="question">(.*?)</p>', read(page))
    return found[1] if found else ""


def test_the_page_asks_a_question_and_the_moment_keeps_it(signed_in, questions):
    page = signed_in.get(NEW, {"kind": "missed"})
    assert shown(page) in (FIRST, SECOND)
    saved = signed_in.post(NEW, form_of(page), follow=True)
    assert only_moment().prompt_text.text == shown(page)
    assert shown(page) in read(saved)


def test_with_no_question_to_ask_the_page_says_to_write_freely(signed_in):
    page = signed_in.get(NEW, {"kind": "missed"})
    assert shown(page) == ""
    assert "Write what you like. A few words are plenty." in read(page)
    assert send_new(signed_in, kind="missed").status_code == 302
    assert only_moment().prompt_text is None


def test_a_question_named_in_the_address_is_the_one_asked(signed_in, questions):
    for prompt in questions:
        page = signed_in.get(NEW, {"kind": "missed", "prompt": wording(prompt).pk})
        assert shown(page) == wording(prompt).text


def test_the_moment_keeps_the_exact_words_it_answered_when_they_are_changed_later(signed_in, questions):
    answered = wording(questions[0])
    moment = send_new(signed_in, kind="missed", prompt=answered.pk).headers["Location"]
    answered.reword("Which cue did you miss?")
    assert wording(questions[0]).text == "Which cue did you miss?"
    assert FIRST in read(signed_in.get(moment))
    assert "Which cue did you miss?" not in read(signed_in.get(moment))


def test_the_moment_keeps_the_words_in_the_language_they_were_read_in(signed_in, questions):
    moment = send_new(signed_in, kind="missed", prompt=wording(questions[0], "es").pk).headers["Location"]
    assert f"ES {FIRST}" in read(signed_in.get(moment))


def test_the_moment_keeps_the_words_of_a_question_that_was_taken_back(signed_in, questions):
    moment = send_new(signed_in, kind="missed", prompt=wording(questions[0]).pk).headers["Location"]
    questions[0].retired_at = NOON
    questions[0].save()
    assert FIRST in read(signed_in.get(moment))


def test_a_question_that_was_taken_back_while_the_page_was_open_can_still_be_answered(signed_in, questions):
    questions[0].retired_at = NOON
    questions[0].save()
    assert send_new(signed_in, kind="missed", prompt=wording(questions[0]).pk).status_code == 302
    assert only_moment().prompt_text == wording(questions[0])


def test_a_question_put_back_to_draft_while_its_page_was_open_can_still_be_answered(signed_in, stranger, questions):
    page = signed_in.get(NEW, {"kind": "missed"})
    for prompt in questions:
        prompt.back_to_draft()
    sent = form_of(page)
    # As the door of Today leads to it.
    assert shown(signed_in.get(NEW, {"kind": "missed", "prompt": sent["prompt"]})) == shown(page)
    assert signed_in.post(NEW, sent).status_code == 302
    assert only_moment().prompt_text.text == shown(page)
    # Nobody else, and nothing that did not stand before them.
    other = next(prompt for prompt in questions if wording(prompt).text != shown(page))
    assert send_new(signed_in, kind="missed", prompt=wording(other).pk).status_code == 422
    signed_in.force_login(stranger)
    assert send_new(signed_in, kind="missed", prompt=sent["prompt"]).status_code == 422


@pytest.mark.parametrize("named", ["draft", "0", "999999999", "9" * 30, "-1", "1.5", "smile", "１"])
def test_a_draft_and_a_question_that_is_not_there_cannot_be_asked_or_answered(signed_in, named):
    draft = make_prompt(slug="draft", kind="missed", text="A draft?", published_at=None)
    number = wording(draft).pk if named == "draft" else named
    assert signed_in.get(NEW, {"kind": "missed", "prompt": number}).status_code == 404
    page = send_new(signed_in, kind="missed", prompt=number, text="Typed")
    assert page.status_code == 422
    assert form_of(page)["text"] == "Typed"
    assert "A draft?" not in read(page)
    assert rows() == {}


def test_after_such_a_refusal_the_page_can_be_saved_as_it_stands(signed_in):
    page = send_new(signed_in, kind="missed", prompt="999999999", text="Typed")
    assert signed_in.post(NEW, form_of(page)).status_code == 302
    assert only_moment().text == "Typed"


def test_a_refused_form_still_shows_its_question(signed_in, questions):
    page = send_new(signed_in, kind="missed", prompt=wording(questions[1]).pk, happened_at="soon")
    assert page.status_code == 422
    assert shown(page) == SECOND
    assert form_of(page)["prompt"] == str(wording(questions[1]).pk)


def test_another_question_keeps_everything_that_was_typed(signed_in, child, questions):
    before = signed_in.get(NEW, {"kind": "missed"})
    typed = TYPED | {"child": str(child.pk)}
    page = signed_in.post(ANOTHER, typed | {"prompt": form_of(before)["prompt"]})
    assert page.status_code == 200
    assert {shown(before), shown(page)} == {FIRST, SECOND}
    kept = form_of(page)
    assert PromptText.objects.get(pk=kept.pop("prompt")).text == shown(page)
    assert kept == typed
    assert rows() == {}


def test_writing_without_a_question_keeps_everything_that_was_typed(signed_in, child, questions):
    typed = TYPED | {"child": str(child.pk)}
    page = signed_in.post(ANOTHER, typed | {"prompt": wording(questions[0]).pk, "without": "1"})
    assert form_of(page) == typed
    assert shown(page) == ""
    signed_in.post(NEW, form_of(page))
    assert only_moment().prompt_text is None


def test_another_question_keeps_the_cue_that_was_chosen_to_come_back_to(signed_in, child):
    send_new(signed_in, kind="missed", child=child.pk)
    typed = {"kind": "repair", "child": str(child.pk), "repairs": str(only_moment().pk), "when": "now", "text": "A hug"}
    assert form_of(signed_in.post(ANOTHER, typed)) == typed


def test_with_htmx_only_the_question_is_answered_so_nothing_typed_is_touched(signed_in, questions):
    before = signed_in.get(NEW, {"kind": "missed"})
    page = signed_in.post(ANOTHER, TYPED | {"prompt": form_of(before)["prompt"]}, headers=HTMX)
    assert {shown(before), shown(page)} == {FIRST, SECOND}
    assert "<html" not in read(page)
    assert "Half a sentence" not in read(page)
    assert 'id="question-card"' in read(page)
    page = signed_in.post(ANOTHER, TYPED | {"without": "1"}, headers=HTMX)
    assert shown(page) == ""
    assert 'name="prompt"' not in read(page)


def test_the_whole_page_and_its_part_are_never_taken_for_each_other(signed_in, questions):
    for headers in ({}, HTMX):
        assert "HX-Request" in signed_in.post(ANOTHER, TYPED, headers=headers).headers["Vary"]


def test_another_question_goes_round_when_all_were_shown(signed_in, questions):
    first = shown(signed_in.get(NEW, {"kind": "missed"}))
    second = shown(signed_in.post(ANOTHER, TYPED))
    assert second != first
    assert shown(signed_in.post(ANOTHER, TYPED)) == first


def test_each_question_has_a_door_to_its_chapter_of_the_guide(signed_in, questions):
    assert 'href="/guide/bond/"' in read(signed_in.get(NEW, {"kind": "missed"}))


def test_a_question_cannot_be_asked_for_another_persons_child(signed_in, stranger, questions):
    theirs = make_child(parent=stranger)
    assert signed_in.post(ANOTHER, TYPED | {"child": theirs.pk}).status_code == 404
    assert signed_in.post(ANOTHER, {"kind": "praise"}).status_code == 404
    assert signed_in.get(ANOTHER).status_code == 405
