"""A tab that stays open shows nothing once the share is ended, however it is looked at again."""

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.paper import print_page, words_on
from tests.browser.server import ROOT

SECRET = "She laughed at the spoon."
WITHIN = 2_000
ELSEWHERE = "/families/guide/"


def run(server, *words):
    command = [sys.executable, "-m", "tests.browser.shares", *words]
    return subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE).stdout


@pytest.fixture(scope="module")
def remembering(browser_type, browser_type_launch_args):
    """A browser as people have it: it keeps pages it left in memory for Back, which Playwright's own does not."""
    kept = {"ignore_default_args": ["--disable-back-forward-cache"]}
    browser = browser_type.launch(**browser_type_launch_args | kept)
    yield browser
    browser.close()


@pytest.fixture
def made(server):
    return json.loads(run(server, "make"))


@pytest.fixture
def tab(remembering, browser_context_args, server, made):
    """tab(): a page of the reader's with shared words on it. Not watched: its 404s are what is looked for."""
    contexts = []

    def open_tab(guarded=True) -> Page:
        contexts.append(remembering.new_context(**browser_context_args))
        contexts[-1].add_cookies([{"name": "session", "value": made["session"], "url": server.address}])
        page = contexts[-1].new_page()
        if not guarded:
            for script in ("private", "leave"):
                page.route(f"**/js/{script}*.js", lambda route: route.abort())
        look_at(page, made)
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def end(server, made):
    """end(): the parent ends the share."""
    return lambda: run(server, "end", made["share"])


def look_at(page, made, path=""):
    page.goto(f"/families/{made['share']}/{path}")
    expect(page.get_by_text(SECRET)).to_be_visible()


def focus(page):
    page.evaluate("dispatchEvent(new Event('focus'))")


# Ways of looking again: what was done before the share ended, and what after it.


def stay(page, made):
    pass


def leave(page, made):
    page.goto(ELSEWHERE)


def read_on_and_return(page, made):
    """There is something to go forward to."""
    look_at(page, made, "sheet/")
    page.go_back(wait_until="commit")
    expect(page.get_by_text(SECRET)).to_be_visible()


def go_back(page):
    page.go_back(wait_until="commit")


def go_forward(page):
    page.go_forward(wait_until="commit")


def lose_the_line(page):
    page.context.set_offline(True)


def go_back_without_a_line(page):
    """The browser says that it is not connected, or shows the page from memory."""
    lose_the_line(page)
    try:
        page.go_back(wait_until="commit", timeout=WITHIN)
    except Error as error:
        assert "ERR_INTERNET_DISCONNECTED" in str(error) or "Timeout" in str(error)  # noqa: PT017


def print_it(page):
    """What comes out is looked at by `is_shown`."""


WAYS = {
    "focus": (stay, focus),
    "Back": (leave, go_back),
    "forward": (read_on_and_return, go_forward),
    "offline": (stay, lose_the_line),
    "offline and Back": (leave, go_back_without_a_line),
    "print": (stay, print_it),
}
each_way = pytest.mark.parametrize("way", list(WAYS))


def look_again(way, page, made, end):
    before, after = WAYS[way]
    before(page, made)
    end()
    after(page)


@each_way
def test_however_it_is_looked_at_again_it_shows_nothing(way, tab, made, end):
    page = tab()
    look_again(way, page, made, end)
    if way != "print":
        expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    assert SECRET not in words_on(print_page(page))
    page.context.set_offline(False)
    page.wait_for_timeout(WITHIN)
    expect(page.get_by_text(SECRET)).to_be_hidden()


@each_way
def test_the_control_without_the_scripts_still_shows_it(way, tab, made, end):
    page = tab(guarded=False)
    look_again(way, page, made, end)
    page.wait_for_timeout(WITHIN)
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert SECRET in words_on(print_page(page))


def test_it_stays_while_the_share_is_live(tab):
    page = tab()
    with page.expect_response(lambda answer: answer.url.endswith("/status/")) as answer:
        focus(page)
    assert answer.value.status == 204
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert SECRET in words_on(print_page(page))
    lose_the_line(page)
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    page.context.set_offline(False)
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.reload()
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_it_is_blank_when_nobody_answers(tab):
    page = tab()
    page.route("**/status/", lambda route: None)
    focus(page)
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)


def test_reloading_it_shows_nothing(tab, end):
    page = tab()
    end()
    assert page.reload().status == 404
    assert SECRET not in page.content()


def test_the_blank_tab_is_at_the_families_and_back_shows_nothing(tab, end, server):
    page = tab()
    end()
    focus(page)
    expect(page).to_have_url(f"{server.address}/families/")
    page.go_back(wait_until="commit")
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    assert SECRET not in page.content()


def test_a_starter_fills_the_message(tab):
    page = tab()
    page.get_by_text("Ways to begin").click()
    page.get_by_role("button", name="Use these words").first.click()
    expect(page.locator("#id_text")).to_have_value("Thank you for sharing this.")
