"""The journal and its weeks, as Chromium prints them: for families who prefer paper."""

import re
from uuid import uuid4

import pytest

from tests.browser.clock import last_week, typed
from tests.browser.paper import print_page, words_of_each, words_on
from tests.pages import LANGUAGES, Page

FURNITURE = {
    "en": ("Leave fast", "Settings", "Skip to", "Share moments", "Just me", "Read more", "Show more", "browser's menu"),
    "es": ("Salir rápido", "Ajustes", "Ir a la página", "Compartir", "Solo yo", "Leer más", "Ver más", "tu navegador"),
}
LONG = "She looked up and waited for me, and I put the basket down. " * 12
# How light each text is, from 0 to 1, and whatever is not white behind it.
INK = """() => [...document.querySelectorAll("main *, footer *")].filter((one) => one.checkVisibility()).map((one) => {
  const light = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, opaque] = canvas.getImageData(0, 0, 1, 1).data;
    return opaque ? (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 : 1;
  };
  const { color, backgroundColor } = getComputedStyle(one);
  return [light(color), light(backgroundColor)];
})"""


def week(band, *, all_children=False):
    return Page("week", f"/weeks/{{{band}}}/" + ("" if all_children else f"?child={{{band}_child}}"), "parent")


@pytest.fixture
def long_week(new_journal):
    """A parent's week of thirty long moments; the page of the week before this one."""
    page = new_journal("/moments/new/?kind=responsive")
    child = page.locator("[name=child]").first.get_attribute("value")
    for number in range(30):
        sent = {
            "csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value(),
            "id": str(uuid4()),
            "kind": "responsive",
            "child": child,
            "happened_at": typed(last_week(number % 7, 9)),
            "text": f"Moment {number} begins. {LONG} Moment {number} ends.",
        }
        assert page.request.post("/moments/new/", form=sent).ok
    page.goto(f"/weeks/{last_week(0, 9).date()}/")
    return page


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_usual_week_is_one_page_without_what_is_for_the_screen(language, paper, visit):
    page = visit(week("most"), language)
    printed = print_page(page, paper)
    words = words_on(printed)
    assert len(printed.pages) == 1
    assert printed.root_object["/Lang"] == language
    assert page.locator("h1").inner_text() in words
    assert [thing for thing in FURNITURE[language] if thing in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_childs_week_begins_a_page(language, visit):
    page = visit(week("most", all_children=True), language)
    heads = [" ".join(head.split()) for head in page.locator("article .eyebrow").all_inner_texts()]
    assert len(heads) > 1
    for printed in (print_page(page), print_page(page, "A4", landscape=True)):
        words = words_of_each(printed)
        assert [[page.startswith(head) for page in words].count(True) for head in heads] == [1] * len(heads)


def test_a_long_week_runs_on_and_loses_nothing(long_week):
    printed = print_page(long_week)
    words = words_on(printed)
    assert len(printed.pages) > 1
    assert sorted(map(int, re.findall(r"Moment (\d+) ends\.", words))) == list(range(30))


def test_the_journal_prints_its_moments_whole(long_week):
    long_week.goto("/moments/")
    on_screen = long_week.locator("main").inner_text()
    assert "begins." in on_screen
    assert "ends." not in on_screen
    words = words_on(print_page(long_week))
    shown = re.findall(r"Moment (\d+) begins\.", words)
    assert len(shown) == 15
    assert re.findall(r"Moment (\d+) ends\.", words) == shown
    assert [thing for thing in FURNITURE["en"] if thing in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_are_told_by_their_names_and_the_picture_by_a_table(language, visit):
    page = visit(week("most"), language)
    words = words_on(print_page(page))
    kinds = [kind.splitlines()[0] for kind in page.locator(".moment-kind").all_inner_texts()]
    assert len(kinds) == page.locator(".moment .mark").count() > 3
    assert all(words.count(kind) >= kinds.count(kind) for kind in kinds)
    rows = page.locator(".week-table td").all_inner_texts()
    assert rows
    assert all(row in words for row in rows)


@pytest.mark.parametrize("path", [week("most"), week("held"), Page("journal", "/moments/", "parent")], ids=str)
def test_it_is_dark_on_white_whatever_the_screen_is(path, visit):
    page = visit(path, "en")
    page.emulate_media(media="print", color_scheme="dark")
    inks = page.evaluate(INK)
    page.emulate_media(media="null", color_scheme="null")
    assert len(inks) > 20
    assert max(text for text, _behind in inks) < 0.4
    assert min(behind for _text, behind in inks) > 0.99


def test_it_says_of_which_day_it_is(visit):
    page = visit(week("most"), "en")
    assert re.search(r"As it was on \w+\.? \d+, \d{4}\.", words_on(print_page(page)))
    assert "As it was on" not in page.locator("main").inner_text()
