"""Rules that hold on every page of the editors' side, in both languages.

Each page is looked at once, so that all of them cost a minute: axe on a phone by day in English, on a wide screen by
night in Spanish, where the words are longer.
"""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.browser.journey import english_left
from tests.browser.test_every_page import AXE, HEIGHT, SMALL_TARGETS
from tests.pages import LANGUAGES
from tests.workshop_pages import workshop

PAGES = list(workshop())
# In the browser's tab stands what kind of page it is, and no word, name or address of a row.
NEUTRAL_TITLE = re.compile(r"(Error: )?(Notes|Notas)(: [A-Za-zÁÉÍÓÚñáéíóú ]{3,40})?")
# Django's sheets import others; to read those axe would write a style of its own into the page.
WITHOUT_STYLES = {"preload": False}
# They show an editor the words of a row in every language, or those that a row has in English.
SHOWING_ENGLISH_WORDS = {"question-preview", "theme-refused", "savedline-refused", "programtexts"}
# What was written down is in the language of who did it, and a person's e-mail in none.
ROWS = "#change-history tbody, #result_list .field-email"
SEEN = {"en": (390, "light"), "es": (1280, "dark")}


def is_a_box_beside_its_label(target):
    """Django's check box stands beside its label, which ticks it too and is as tall as a thumb."""
    return 'type="checkbox"' in target


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", PAGES, ids=str)
def test_an_editors_page_fits_a_phone_and_axe_finds_nothing(wanted, language, visit):
    page = visit(wanted, language)
    assert NEUTRAL_TITLE.fullmatch(page.title())
    wide = {}
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert all(needed <= width for width, needed in wide.items()), f"scrolls sideways: {wide}"
    page.set_viewport_size({"width": 390, "height": HEIGHT})
    small = page.evaluate(SMALL_TARGETS, 48)
    assert [target for target in small if not is_a_box_beside_its_label(target)] == []
    width, scheme = SEEN[language]
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate("(options) => axe.run(options)", AXE | WITHOUT_STYLES))
    assert not results.violations_count, results.generate_report()
    page.locator(ROWS).evaluate_all("(rows) => rows.forEach((row) => row.remove())")
    assert language == "en" or wanted.name in SHOWING_ENGLISH_WORDS or english_left(page, language) == []
