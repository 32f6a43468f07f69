"""Rules that hold on every page, in both languages."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.pages import LANGUAGES, PAGES

# The page behind "Leave fast" goes on at once and has a test of its own.
STAYING = [page for page in PAGES if page.name != "leave"]
pytestmark = [pytest.mark.parametrize("language", LANGUAGES), pytest.mark.parametrize("wanted", STAYING, ids=str)]

HEIGHT = 800
SMALL_TARGETS, CUT_OFF = (
    Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("small_targets.js", "cut_off.js")
)
NEUTRAL_TITLE = re.compile(r"(Notes|Notas)(: [a-zñáéíóú -]{3,20})?")
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Of WCAG 2.2, and left out by axe unless it is named.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def test_it_fits_each_screen_tells_a_stranger_nothing_and_axe_finds_nothing(wanted, language, visit):
    """One visit for all of it: coming to a page takes longer than looking at it."""
    page = visit(wanted, language)
    assert NEUTRAL_TITLE.fullmatch(page.title())
    wide = {}
    for width in (320, 360, 390, 1280):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert all(needed <= width for width, needed in wide.items()), f"scrolls sideways: {wide}"
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    assert not page.evaluate(SMALL_TARGETS, 48)
    found = axe_finds(page)
    assert not found, "\n\n".join(f"{where}\n{report}" for where, report in found.items())
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, "from right to left it scrolls sideways"
    assert page.evaluate(CUT_OFF) == []


def axe_finds(page, height=HEIGHT):
    """Its reports by width and scheme."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = AxeResults(page.evaluate("(options) => axe.run(options)", AXE))
            if results.violations_count:
                found[f"{width} px, {scheme}"] = results.generate_report()
    return found
