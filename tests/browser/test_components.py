"""The page of all components keeps the rules of every page. It is there in development mode alone."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.template.loader import get_template
from playwright.sync_api import expect

from tests.browser.phones import LOCALES
from tests.browser.test_every_page import AXE

PATH = "/components/"


@pytest.mark.parametrize("language", LOCALES)
def test_axe_finds_nothing_and_it_fits_the_narrowest_screen(language, new_context):
    page = new_context(locale=LOCALES[language]).new_page()
    page.goto(PATH)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.evaluate(AXE_SCRIPT)
    for width, scheme in ((320, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = AxeResults(page.evaluate("(options) => axe.run(options)", AXE))
        assert not found.violations_count, found.generate_report()


def test_each_style_that_most_pages_are_made_of_is_shown(new_context):
    page = new_context().new_page()
    page.goto(PATH)
    told = " ".join(page.locator("main code").all_text_contents())
    shown = (".button", ".door", ".card", ".list", ".notice", ".reader", ".field", ".chips", ".check", ".savebar")
    for name in (*shown, ".draft-state", ".moment", ".mark", ".icon", ".week-picture", ".week-table"):
        assert name in told
        assert page.locator(f"main {name}").count()


def test_what_waits_and_what_was_begun_are_shown_in_every_state(new_context):
    page = new_context().new_page()
    page.goto(PATH)
    part = page.locator("[data-part=waiting]")
    words = get_template("journal/partials/outbox_words.html").template.source
    for said in re.findall(r'translate "([^"#]+)"', words):
        assert part.get_by_text(said, exact=True).count(), said
    for said in (
        "You began writing on",
        "Something from your phone needs a look",
        "Not kept yet.",
        "Both texts are here.",
    ):
        assert part.get_by_text(said).count(), said
