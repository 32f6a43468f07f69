"""However often Save is tapped, and by whichever way back, one writing is one moment."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing import EACH_WAY, WRITE, is_saved, journal_holds, save, write


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_back_and_save_again_keeps_one(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    write(page, "We looked at the rain.")
    save(page)
    is_saved(page)
    go_back_to_the_form(page)
    expect(page.get_by_label("Your words")).to_have_value("We looked at the rain.")
    save(page)
    is_saved(page)
    journal_holds(page, "We looked at the rain.")


def test_back_and_save_again_keeps_one_of_no_words_either(new_journal):
    page = new_journal(WRITE)
    save(page)
    is_saved(page)
    go_back_to_the_form(page)
    save(page)
    is_saved(page)
    page.goto("/moments/")
    expect(page.locator(".moment")).to_have_count(1)


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_back_and_other_words_are_shown_both(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    write(page, "We looked at the rain.")
    save(page)
    is_saved(page)
    go_back_to_the_form(page)
    write(page, "We looked at the rain. It was loud.")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This moment was changed in another place")
    save(page)
    is_saved(page)
    journal_holds(page, "We looked at the rain. It was loud.")


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_the_next_door_leads_to_another_moment(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    write(page, "One.")
    save(page)
    is_saved(page)
    page.goto(WRITE)
    write(page, "Two.")
    save(page)
    is_saved(page)
    journal_holds(page, "Two.", "One.")


def go_back_to_the_form(page):
    """The page is asked for anew; the browser puts in what was typed."""
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("I responded")


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_a_double_click_keeps_one(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    write(page, "We looked at the rain.")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    is_saved(page)
    journal_holds(page, "We looked at the rain.")


def test_with_javascript_a_second_tap_sends_nothing(new_journal):
    page = new_journal(WRITE)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    write(page, "We looked at the rain.")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    is_saved(page)
    assert len(sent) == 1
