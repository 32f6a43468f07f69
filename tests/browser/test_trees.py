"""The pages of the main job, as a screen reader tells them: roles, names and states, in the order of the page."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phones import make_own, sign_in
from tests.browser.server import ROOT
from tests.browser.trees import KEPT, check, tree
from tests.browser.writing import is_saved, save, write
from tests.pages import KINDS, PAGES

WORDS = "She looked up and I waved."
OF_DRAFTS = ("draft", "draft-from-the-phone", "edit-two-texts")
OF_SHARING = ("sharing", "share-asked", "agree-asked", "end-share", "moment-sharing")


def test_today_and_what_follows_a_moment(new_journal):
    page = new_journal()
    check(page, "today-empty", part="body")
    page.get_by_role("main").get_by_role("link", name="I responded").click()
    write(page, WORDS)
    page.get_by_role("group", name="What I saw").get_by_role("radio", name="Wanted to play").check()
    save(page)
    is_saved(page)
    check(page, "saved")
    for path, name in (("/", "today"), ("/moments/", "journal"), ("/weeks/", "week")):
        page.goto(path)
        check(page, name)
    page.goto("/moments/")
    page.get_by_role("article").get_by_role("link", name=WORDS).click()
    expect(page.get_by_role("link", name="Change")).to_be_visible()
    check(page, "moment")


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_each_kind(kind, new_journal):
    check(new_journal(f"/moments/new/?kind={kind}"), f"write-{kind}")


def test_a_form_that_was_refused(new_journal):
    page = new_journal("/moments/new/?kind=missed")
    page.get_by_role("radio", name="Another time").check()
    page.get_by_label("Day and time").evaluate("(field) => (field.type = 'text')")
    page.get_by_label("Day and time").fill("soon")
    save(page)
    expect(page.get_by_role("heading", name="One thing to look at")).to_be_visible()
    check(page, "write-refused")


@pytest.mark.parametrize("name", [*OF_SHARING, *OF_DRAFTS])
def test_the_pages_of_sharing_and_of_drafts(name, visit):
    check(visit(next(page for page in PAGES if page.name == name), "en"), name)


def test_without_a_signal_and_on_ones_own_phone(on_the_line, line, families):
    sign_in(on_the_line, line, families["parents"].pop())
    page = on_the_line.new_page()
    make_own(page)
    check(page, "own-phone")
    line.cut()
    page.goto("/")
    expect(page.locator("[data-shell-doors]")).to_be_visible()
    check(page, "no-signal-doors")
    page.goto("/moments/new/?kind=missed")
    expect(page.get_by_label("Your words")).to_be_visible()
    check(page, "no-signal-missed")


def test_before_the_visit(new_context, server):
    command = [sys.executable, "-m", "tests.browser.shares", "make", "en"]
    told = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
    made = json.loads(told.stdout)
    context = new_context()
    context.add_cookies([{"name": "session", "value": made["session"], "url": server.address}])
    page = context.new_page()
    page.goto(f"/families/{made['share']}/")
    check(page, "family")


def test_the_whole_way_goes_by_roles_and_names_alone():
    """What is looked up otherwise is read and never acted on: the language of the page, and which choice is made."""
    way = Path(__file__).with_name("journey.py").read_text(encoding="utf-8")
    assert set(re.findall(r"locator\((.*?)\)", way)) == {'"html"', '":checked"'}
    assert not re.search(r"get_by_test_id|query_selector|evaluate", way)


def test_another_name_or_role_is_another_tree(new_journal):
    page = new_journal("/moments/new/?kind=missed")
    page.evaluate("document.querySelector('label[for=id_text]').remove()")
    assert tree(page, "main") != (KEPT / "write-missed.yml").read_text(encoding="utf-8")
