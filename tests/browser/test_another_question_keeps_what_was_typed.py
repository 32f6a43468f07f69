"""Another question, or none: what was typed and chosen stays, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.clock import last_week, typed
from tests.browser.writing import EACH_WAY, WRITE, is_saved, save, write

TEXT = "She laughed.\nSo did I."


def fill(page):
    write(page, TEXT)
    page.get_by_role("radio", name="Wanted to play").check()
    page.get_by_role("radio", name="Cheered").check()
    page.get_by_role("radio", name="Happy").check()
    page.get_by_role("radio", name="Another time").check()
    page.get_by_label("Day and time").fill(typed(last_week(1, 10)))
    page.get_by_label("Keep this one with a star").check()


def is_as_filled(page):
    expect(page.get_by_label("Your words")).to_have_value(TEXT)
    for chosen in ("Wanted to play", "Cheered", "Happy", "Another time"):
        expect(page.get_by_role("radio", name=chosen)).to_be_checked()
    expect(page.get_by_label("Day and time")).to_have_value(typed(last_week(1, 10)))
    expect(page.get_by_label("Keep this one with a star")).to_be_checked()


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_what_was_typed_stays(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    fill(page)
    question = page.locator("#question")
    first = question.inner_text()
    page.get_by_role("button", name="Show me another").click()
    expect(question).not_to_have_text(first)
    is_as_filled(page)
    second = question.inner_text()
    save(page)
    is_saved(page)
    expect(page.get_by_text(second)).to_be_visible()
    expect(page.get_by_text("She laughed.")).to_be_visible()


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_writing_without_a_question_keeps_it_too(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    fill(page)
    page.get_by_role("button", name="Write without a question").click()
    expect(page.locator("#question")).to_have_text("Write what you like. A few words are plenty.")
    is_as_filled(page)
    page.get_by_role("button", name="Show me a question").click()
    expect(page.get_by_role("button", name="Show me another")).to_be_visible()
    is_as_filled(page)
    save(page)
    is_saved(page)


def test_with_javascript_the_page_stays_where_it_is(new_journal):
    page = new_journal(WRITE)
    expect(page.locator("script[src*=htmx]")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.documentElement.dataset.here = 'still'")
    first = page.locator("#question").inner_text()
    page.get_by_role("button", name="Show me another").click()
    expect(page.locator("#question")).not_to_have_text(first)
    expect(page.locator("[data-here=still]")).to_have_count(1)


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_today_shows_another_question_too(scripts, new_journal):
    page = new_journal("/", java_script_enabled=scripts)
    question = page.locator("#today-question p.prompt")
    first = question.inner_text()
    page.get_by_role("button", name="Show me another").click()
    expect(question).not_to_have_text(first)
    second = question.inner_text()
    page.get_by_role("link", name="Answer it").click()
    expect(page.locator("#question")).to_have_text(second)
