"""The same moment changed in two tabs: the second one is shown both texts and puts them together."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing import EACH_WAY, WRITE, journal_holds, save, write


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_the_second_tab_is_shown_both_texts(scripts, new_journal):
    first = new_journal(WRITE, java_script_enabled=scripts)
    write(first, "She waved.")
    save(first)
    first.get_by_role("link", name="Change").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Change this moment")
    second = first.context.new_page()
    second.goto(first.url)
    write(first, "She waved at the cat.")
    save(first)
    expect(first.get_by_text("She waved at the cat.")).to_be_visible()

    write(second, "She waved at me.")
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("This moment was changed in another place")
    kept = second.get_by_role("region", name="What is kept now")
    expect(kept.get_by_text("She waved at the cat.")).to_be_visible()
    expect(second.get_by_label("Your words")).to_have_value("She waved at me.")
    write(second, "She waved at the cat and at me.")
    save(second)
    expect(second.get_by_text("She waved at the cat and at me.")).to_be_visible()
    journal_holds(second, "She waved at the cat and at me.")
