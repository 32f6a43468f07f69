"""Whoever speaks instead of typing: whole phrases come in at once, are revised, and are kept as they stand.

So the field is a plain one, and no script of ours stands between what is said and what it holds.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_drafts import KEPT, close_and_return, is_offered, state
from tests.browser.writing import WRITE, is_saved, journal_holds, save

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
# What a field may be told about what is typed, and the one thing that listens to keys: Shift, three times, leaves.
BETWEEN = re.compile(r"""addEventListener\(\s*"(key\w+|beforeinput|composition\w+|paste|textInput)\"""")
KEYS = {"leave.js": ["keydown"]}
HELD_BACK = {"autocomplete": "off", "autocorrect": "off", "spellcheck": "false", "autocapitalize": "off"}


@pytest.fixture
def page(new_journal):
    page = new_journal(WRITE)
    page.get_by_label("Your words").focus()
    return page


@pytest.fixture
def speak(page):
    """speak(*guesses, said): what is heard so far, guess by guess, and in the end what was said."""
    session = page.context.new_cdp_session(page)

    def say(*guesses):
        for guess in guesses:
            session.send(
                "Input.imeSetComposition", {"text": guess, "selectionStart": len(guess), "selectionEnd": len(guess)}
            )
        session.send("Input.insertText", {"text": guesses[-1]})

    say.guess = lambda guess: session.send(
        "Input.imeSetComposition", {"text": guess, "selectionStart": len(guess), "selectionEnd": len(guess)}
    )
    return say


def words(page):
    return page.get_by_label("Your words")


def test_phrases_that_come_in_at_once_are_kept(page):
    page.keyboard.insert_text("He stacked three cups and laughed. ")
    page.keyboard.insert_text("Then he gave me one, “for you”.\n¿Quieres más?")
    expect(state(page)).to_have_text(KEPT)
    save(page)
    is_saved(page)
    journal_holds(page, "He stacked three cups and laughed. Then he gave me one, “for you”.\n¿Quieres más?")


def test_a_phrase_that_is_heard_better_and_better_is_kept_once(page, speak):
    speak("He's", "He stacked", "He stacked three cups ")
    speak("and", "and left", "and laughed.")
    expect(words(page)).to_have_value("He stacked three cups and laughed.")
    save(page)
    is_saved(page)
    journal_holds(page, "He stacked three cups and laughed.")


def test_keeping_what_is_half_said_does_not_break_it_off(page, speak):
    speak("He stacked three cups ")
    speak.guess("and left")
    expect(state(page)).to_have_text(KEPT)
    speak("and laughed.")
    expect(words(page)).to_have_value("He stacked three cups and laughed.")
    expect(state(page)).to_have_text("")
    expect(state(page)).to_have_text(KEPT)
    page = close_and_return(page)
    expect(is_offered(page)).to_be_visible()
    page.get_by_role("link", name="Go on").click()
    expect(words(page)).to_have_value("He stacked three cups and laughed.")


@pytest.mark.parametrize("path", [WRITE, "/offline/", "/guide/"])
def test_every_field_of_words_is_a_plain_one(path, new_journal):
    page = new_journal(path)
    assert page.locator("[contenteditable], [onkeydown], [role=textbox]").count() == 0
    for field in page.locator("textarea, input[type=text], input[type=search]").all():
        told = {name: field.get_attribute(name) for name in HELD_BACK}
        assert {name for name, value in told.items() if value == HELD_BACK[name]} == set()
        assert field.get_attribute("readonly") is None


def test_no_script_stands_between_what_is_said_and_the_field():
    listening = {path.name: BETWEEN.findall(path.read_text(encoding="utf-8")) for path in SCRIPTS.glob("*.js")}
    assert {name: found for name, found in listening.items() if found} == KEYS


def test_tab_leads_out_of_the_words(page):
    page.keyboard.insert_text("A line.")
    page.keyboard.press("Tab")
    expect(words(page)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(words(page)).to_be_focused()
    expect(words(page)).to_have_value("A line.")
