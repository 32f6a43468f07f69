"""Beside a question: as a parent sees it, what the checks say, and what all questions cover."""

import csv
import re
from pathlib import Path

import pytest

from journal.coverage import Coverage
from journal.models import Prompt
from tests.factories import make_prompt
from tests.journal.editing import PROMPTS

pytestmark = pytest.mark.django_db
CSS = Path(__file__).parents[2] / "static" / "css"


@pytest.fixture
def toddlers(db):
    return make_prompt(slug="hug", ages=(12, 24), kind="missed", text="When did a hug help?")


def preview(editing, prompt, band=""):
    return editing.get(f"{PROMPTS}{prompt.pk}/preview/?band={band}").content.decode()


def test_a_preview_shows_it_in_every_language_light_and_dark(editing, toddlers):
    page = preview(editing, toddlers)
    assert page.count("When did a hug help?") == 4
    assert page.count("ES When did a hug help?") == 2
    assert page.count("phone--dark") == page.count("phone--light") == 2
    assert "Una pregunta para hoy" in page


@pytest.mark.parametrize(("band", "shown"), [("12-24", 4), ("6-12", 0), ("24-36", 0), ("odd", 4)])
def test_a_preview_shows_it_at_the_ages_it_is_asked(editing, toddlers, band, shown):
    page = preview(editing, toddlers, band)
    assert page.count("When did a hug help?") == shown
    assert page.count("Not asked here.") == 4 - shown


def test_a_preview_says_who_would_be_asked(editing, toddlers):
    page = preview(editing, toddlers)
    assert "on the form for “a cue that got by”. Age: 1 to 2 years." in page
    assert "not asked when no child is named" in page
    assert "at most one of its kind stands there a day" in page
    assert "It is also asked when no child is named." in preview(editing, make_prompt())


def test_a_preview_shows_the_newest_words(editing, toddlers):
    toddlers.texts.create(language="en", version=2, text="When did you two hug?")
    page = preview(editing, toddlers)
    assert "When did you two hug?" in page
    assert not re.search(r">When did a hug help\?<", page)


def test_the_previews_colours_are_those_of_the_pages():
    def values(text):
        return dict(re.findall(r"(--[\w-]+): (oklch\([^)]*\));", text))

    tokens, preview_css = (CSS / "tokens.css").read_text(), (CSS / "preview.css").read_text()
    light, dark = tokens.split("prefers-color-scheme: dark")
    ours_light, ours_dark = preview_css.split(".phone--dark")
    for ours, theirs in ((ours_light, light), (ours_dark, dark.split("forced-colors")[0])):
        assert values(ours)
        assert values(ours).items() <= values(theirs).items()


def test_the_checks_answer_while_one_writes_and_keep_nothing(editing):
    page = editing.post(f"{PROMPTS}check/", {"text_en": "You should laugh. <b>x</b>", "text_es": ""}).content.decode()
    assert "“should” presses" in page
    assert "This language is missing" in page
    assert "<b>" not in page
    assert not Prompt.objects.exists()


@pytest.mark.parametrize(("oldest", "warns"), [("12", False), ("13", True), ("x" * 9, False), ("9" * 9, False)])
def test_the_checks_know_the_age_while_one_writes(editing, oldest, warns):
    sent = {"text_en": "What did your baby do?", "text_es": "¿Qué hizo?", "age_max_months": oldest}
    assert ("“your baby”" in editing.post(f"{PROMPTS}check/", sent).content.decode()) == warns


def test_the_starting_questions_leave_no_hole(editing, content):
    assert Coverage.now().holes() == []
    page = editing.get(f"{PROMPTS}coverage/").content.decode()
    assert "Each section has a question" in page
    assert "S22" in page


def test_a_hole_is_told_in_words(editing, content):
    Prompt.objects.filter(source_section="S22").delete()
    Prompt.objects.get(slug="bond-felt-close").texts.filter(language="es").delete()
    for prompt in Prompt.objects.filter(kind="repair", age_min_months=0):
        prompt.retire()
    page = editing.get(f"{PROMPTS}coverage/").content.decode()
    assert "Section S22 has no question in English." in page
    assert "Section S22 has no question in Spanish." in page
    assert "“coming back”, 0 to 3 months: no question in English." in page


def test_a_place_with_words_in_one_language_alone_says_so(editing, toddlers):
    toddlers.texts.filter(language="es").delete()
    page = editing.get(f"{PROMPTS}coverage/").content.decode()
    assert page.count("none in Spanish") == 1


def test_what_is_not_asked_today_covers_nothing(editing, toddlers):
    toddlers.retire()
    assert not Coverage.now().counts


def test_the_table_counts_by_section_kind_age_and_language(toddlers):
    rows = {(section, kind): cells for section, kind, cells in Coverage.now().rows()}
    assert len(rows) == 22 * 4
    assert rows["S1", "a cue that got by"] == ["none", "none", "none", "1", "none", "none"]


def test_the_download_has_every_place_with_its_number(editing, toddlers):
    answer = editing.get(f"{PROMPTS}coverage/download/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="coverage.csv"'
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert len(rows) == 22 * 4 * 6 * 2
    counted = [row for row in rows if row["questions"] != "0"]
    assert [(row["section"], row["kind"], row["months"], row["language"]) for row in counted] == [
        ("S1", "missed", "12-24", "en"),
        ("S1", "missed", "12-24", "es"),
    ]


def test_coverage_asks_as_often_for_many_questions_as_for_few(content, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(Coverage.now().rows())
