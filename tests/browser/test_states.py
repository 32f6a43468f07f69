"""Pages as readers set them: large letters, from right to left, their own colours, without motion.

Every page in all of it at once, those of the editors too, and the chief pages in each by itself, with axe and by keyboard.
"""

from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.browser.phones import LARGE
from tests.browser.states import CHIEF_PAGES
from tests.browser.test_every_page import AXE
from tests.browser.test_keyboard import FOCUS, MOST_STOPS
from tests.browser.visiting import regulars_of, visits
from tests.pages import ALL_PAGES, PAGES

PHONE = {"width": 360, "height": 800}
# A screen that is wide for large letters, where the page stands in two columns; and a phone.
SIZES = ({"width": 64 * LARGE, "height": 800}, PHONE)
WALKED = {"today", "write-refused", "agree-asked", "settings"}


def script(name):
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


CUT_OFF, BROKEN_WORDS, FORCED_COLORS, RIGHT_TO_LEFT = map(
    script, ("cut_off.js", "broken_words.js", "forced_colors.js", "right_to_left.js")
)
# A longer word may break on a phone.
LONGEST = 14
# What moves for longer than a blink; the pages have no other motion than these two.
MOTION = """() => [
  ...document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 50),
  ...[...document.querySelectorAll("*")].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0),
].length"""

chief = pytest.mark.parametrize("wanted", CHIEF_PAGES, ids=str)


def fits(page):
    """Nothing is cut off, nothing out of sight."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.evaluate(CUT_OFF) == []


def axe_finds_nothing(page):
    page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate("(options) => axe.run(options)", AXE))
    assert not results.violations_count, results.generate_report()


def walk(page, wanted):
    """By Tab to the end of a page that has all sorts of stops: what has the focus shows it, and nothing lies over it."""
    if wanted.name not in WALKED:
        return
    stops = 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        assert not page.evaluate(FOCUS, page.locator("body").element_handle())[1]
    assert stops > 5


@pytest.fixture(scope="module")
def large_regulars(meet, large_letters):
    with regulars_of(meet, browser=large_letters, viewport=PHONE) as come_again:
        yield come_again


@pytest.fixture
def visit_in_large_letters(meet, large_letters, large_regulars):
    with visits(partial(meet, browser=large_letters, viewport=PHONE), large_regulars) as open_page:
        yield open_page


@pytest.mark.parametrize("wanted", ALL_PAGES, ids=str)
def test_every_page_in_large_letters_holds_however_it_is_read(wanted, visit_in_large_letters):
    """In Spanish, whose words are longer. One visit for all of it: coming to a page takes longer than looking at it."""
    page = visit_in_large_letters(wanted, "es")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{LARGE}px"
    for size in SIZES:
        page.set_viewport_size(size)
        fits(page)
        assert page.evaluate(BROKEN_WORDS, LONGEST) == []
    holds_in_a_readers_own_colours(page)
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOTION) == 0
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate(RIGHT_TO_LEFT)
    for size in SIZES:
        page.set_viewport_size(size)
        fits(page)


def holds_in_a_readers_own_colours(page):
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        assert page.evaluate(FORCED_COLORS) == []
        fits(page)
    page.emulate_media(forced_colors="none", color_scheme="light")


@chief
def test_letters_of_twice_the_size_are_read_by_machines_and_by_keyboard(wanted, visit_in_large_letters):
    page = visit_in_large_letters(wanted, "es")
    axe_finds_nothing(page)
    walk(page, wanted)


@chief
def test_a_page_from_right_to_left_fits_the_narrowest_phone_and_a_wide_screen(wanted, visit):
    page = visit(wanted, "en")
    page.evaluate(RIGHT_TO_LEFT)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
    axe_finds_nothing(page)
    wide = page.locator(".brand").bounding_box()
    assert wide["x"] > 1000, "the page runs from left to right"


@chief
def test_in_a_readers_own_colours_nothing_is_lost(wanted, visit):
    page = visit(wanted, "en")
    page.set_viewport_size(PHONE)
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        assert page.evaluate(FORCED_COLORS) == []
        fits(page)
    axe_finds_nothing(page)
    walk(page, wanted)
    page.emulate_media(forced_colors="none", color_scheme="light")


def test_motion_is_found_where_it_is(visit):
    page = visit(next(page for page in PAGES if page.name == "pause"), "en")
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOTION) > 0


@pytest.mark.parametrize(
    "html",
    [
        "<a style='display: inline-flex; width: 2rem; white-space: nowrap'>Runs over its neighbour</a>",
        "<p style='width: 2rem; overflow: hidden; white-space: nowrap'>Is hidden at the end</p>",
        "<div style='margin-left: -2rem'>Stands outside</div>",
        "<div style='width: 200vw'>Stands outside</div>",
        "<div style='width: 2rem'><a style='display: block; width: 4rem'>Stands outside of its box</a></div>",
    ],
)
def test_what_is_cut_off_is_found(html, browser):
    page = browser.new_page()
    page.set_content(f"<!doctype html>{html}")
    assert page.evaluate(CUT_OFF) != []
    page.close()


def test_a_word_that_is_broken_is_found(browser):
    page = browser.new_page()
    page.set_content("<!doctype html><p style='width: 3rem; overflow-wrap: anywhere'>Overwhelmed</p>")
    assert len(page.evaluate(BROKEN_WORDS, LONGEST)) == 1
    assert page.evaluate(BROKEN_WORDS, 10) == []
    page.close()


def test_what_a_readers_own_colours_hide_is_found(browser):
    page = browser.new_page(forced_colors="active")
    page.set_content("<!doctype html><a class='button--main' style='background: navy; color: white'>Save</a>")
    assert page.evaluate(FORCED_COLORS) != []
    page.close()
