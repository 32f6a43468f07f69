"""The pages of one's own phone, with a signal and without, keep the rules of every page in each of their states."""

import pytest
from playwright.sync_api import expect

from tests.browser.line import BEFORE
from tests.browser.phones import LARGE, LOCALES, seal_many, sign_in
from tests.browser.test_every_page import HEIGHT, axe_finds
from tests.browser.test_states import RIGHT_TO_LEFT, fits
from tests.pages import KINDS, LANGUAGES

# Of a window in which the bar with "Save" lies over nothing: else what is half under it is too small for axe.
LOW = 500
# What the server may have said of an entry.
ANSWERS = (400, 404, 409, 413, 429, 500)


def states(page, line):
    """Each state's name, once the page is in it."""
    page.goto("/phone/")
    page.locator("button[name=own_phone]").click()
    expect(page.locator("[data-phone-ready]")).to_be_visible()
    yield "switched on"
    line.cut()
    page.goto("/")
    expect(page.locator("[data-shell-doors]")).to_be_visible()
    yield "doors"
    for kind in KINDS:
        page.goto(f"/moments/new/?kind={kind}")
        expect(page.locator(f"[data-shell-kind={kind}]")).to_be_visible()
        yield f"form of {kind}"
    page.locator("[name=text]").fill("We sang.")
    page.locator("[data-shell-form] .button--main").click()
    expect(page.locator("[data-shell-kept]")).to_be_visible()
    expect(page.locator("[data-outbox-count]")).to_be_visible()
    yield "kept"
    seal_many(page, line, [f"Number {answer}." for answer in ANSWERS])
    page.evaluate(
        """async (answers) => {
          const [, ...entries] = await outbox.waiting();
          for (const [place, entry] of entries.entries()) await outbox.put({ ...entry, why: answers[place] });
        }""",
        ANSWERS,
    )
    line.mend()
    line.fate = lambda: BEFORE  # nothing goes out
    for path in ("/", "/moments/new/?kind=missed", "/phone/", "/offline/"):
        page.goto(path)
        expect(page.locator("[data-outbox-why='409']")).to_be_visible()
        yield f"{path} while much waits"


def holds(page):
    fits_each(page, (320, 360, 1280))
    found = axe_finds(page, height=LOW)
    assert not found, "\n\n".join(f"{where}\n{report}" for where, report in found.items())
    page.evaluate(RIGHT_TO_LEFT)
    fits_each(page, (320, 1280))


def holds_in_large_letters(page):
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{LARGE}px"
    fits_each(page, (360, 64 * LARGE))
    page.evaluate(RIGHT_TO_LEFT)
    fits_each(page, (360, 64 * LARGE))


def fits_each(page, widths):
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        fits(page)


@pytest.fixture
def own_phone(line, families, server):
    """own_phone(browser, language): a page of a parent with several children."""
    contexts = []

    def come(browser, language):
        (session,) = server.more_sessions(families[language]["sessions"]["parent"], 1)
        context = browser.new_context(base_url=line.address, locale=LOCALES[language])
        contexts.append(context)
        sign_in(context, line, session)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


def look(page, line, language, holds):
    """At every state."""
    for state in states(page, line):
        assert page.locator("html").get_attribute("lang") == language
        try:
            holds(page)
        except AssertionError as trouble:
            raise AssertionError(f"{state}: {trouble}") from trouble
    assert state.endswith("much waits")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_fits_and_axe_finds_nothing(language, browser, own_phone, line):
    look(own_phone(browser, language), line, language, holds)


def test_each_state_holds_in_large_letters(large_letters, own_phone, line):
    look(own_phone(large_letters, "es"), line, "es", holds_in_large_letters)
