"""A tab that stays open shows nothing once the share is ended."""

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import ROOT

SECRET = "She laughed at the spoon."
WITHIN = 2_000


def run(server, *words):
    command = [sys.executable, "-m", "tests.browser.shares", *words]
    return subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE).stdout


@pytest.fixture
def made(server):
    return json.loads(run(server, "make"))


@pytest.fixture
def tab(browser: Browser, browser_context_args, server, made):
    """tab(): a page of the reader's with shared words on it. Not watched: its 404s are what is looked for."""
    contexts = []

    def open_tab() -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        contexts[-1].add_cookies([{"name": "session", "value": made["session"], "url": server.address}])
        return contexts[-1].new_page()

    yield open_tab
    for context in contexts:
        context.close()


def look_at(page, made):
    page.goto(f"/families/{made['share']}/")
    expect(page.get_by_text(SECRET)).to_be_visible()


def focus(page):
    page.evaluate("dispatchEvent(new Event('focus'))")


def test_it_stays_while_the_share_is_live(tab, made):
    page = tab()
    look_at(page, made)
    with page.expect_response(lambda answer: answer.url.endswith("/status/")) as answer:
        focus(page)
    assert answer.value.status == 204
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_the_open_tab_goes_blank_at_focus_and_back_shows_nothing(tab, made, server):
    page = tab()
    look_at(page, made)
    run(server, "end", made["share"])
    focus(page)
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    expect(page).to_have_url(f"{server.address}/families/")
    page.go_back(wait_until="commit")
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    assert SECRET not in page.content()


def test_back_and_forward_show_nothing(tab, made, server):
    page = tab()
    look_at(page, made)
    page.goto("/families/guide/")
    run(server, "end", made["share"])
    page.go_back(wait_until="commit")
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    page.wait_for_load_state()
    assert SECRET not in page.content()


def test_offline_it_is_blank(tab, made):
    page = tab()
    look_at(page, made)
    page.context.set_offline(True)
    expect(page.get_by_text(SECRET)).to_be_hidden(timeout=WITHIN)
    page.context.set_offline(False)
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_the_control_without_the_script_still_shows_it(tab, made, server):
    page = tab()
    page.route("**/private*.js", lambda route: route.abort())
    look_at(page, made)
    run(server, "end", made["share"])
    focus(page)
    page.wait_for_timeout(WITHIN)
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_a_starter_fills_the_message(tab, made):
    page = tab()
    look_at(page, made)
    page.get_by_text("Ways to begin").click()
    page.get_by_role("button", name="Use these words").first.click()
    expect(page.locator("#id_text")).to_have_value("Thank you for sharing this.")


def test_the_sheet_is_one_page(tab, made):
    page = tab()
    page.goto(f"/families/{made['share']}/sheet/")
    expect(page.get_by_text(SECRET)).to_be_visible()
    paper = page.pdf(format="Letter", tagged=True)
    assert paper.count(b"/Type /Page\n") == 1
    assert b"/StructTreeRoot" in paper
