"""A form that comes back with mistakes has everything that was typed and chosen, and says what to look at."""

import pytest
from playwright.sync_api import expect

from tests.browser.clock import now, typed
from tests.browser.writing import EACH_WAY, journal_holds, save, write

each_way = pytest.mark.parametrize("scripts", **EACH_WAY)


@each_way
def test_a_moment_in_the_future_keeps_what_was_typed(scripts, new_journal):
    page = new_journal("/moments/new/?kind=missed", java_script_enabled=scripts)
    write(page, "She cried.\nI slept.")
    page.get_by_role("radio", name="Hungry").check()
    page.get_by_role("radio", name="Was busy").check()
    page.get_by_role("radio", name="Sad").check()
    page.get_by_label("This felt scary or unsafe").check()
    page.get_by_role("radio", name="Another time").check()
    right = now().replace(second=0, microsecond=0)
    page.get_by_label("Day and time").fill(typed(right.replace(year=right.year + 1, month=1, day=1)))
    save(page)

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("One thing to look at")
    expect(alert).to_contain_text("What you typed is still here.")
    expect(alert.get_by_role("link")).to_have_text("That time has not come yet. Pick an earlier one.")
    field = page.get_by_label("Day and time")
    expect(field).to_be_visible()
    expect(field).to_have_accessible_description("That time has not come yet. Pick an earlier one.")
    expect(page.get_by_label("Your words")).to_have_value("She cried.\nI slept.")
    for chosen in ("Hungry", "Was busy", "Sad", "Another time"):
        expect(page.get_by_role("radio", name=chosen)).to_be_checked()
    expect(page.get_by_label("This felt scary or unsafe")).to_be_checked()

    field.fill(typed(right))
    save(page)
    expect(page.get_by_text("You marked it: felt scary or unsafe.")).to_be_visible()
    journal_holds(page, "She cried.\nI slept.")


@each_way
def test_a_child_without_a_name_keeps_its_month(scripts, new_journal):
    page = new_journal("/children/new/", java_script_enabled=scripts)
    month = page.get_by_label("Month and year of birth")
    month.fill("2025-04")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text("Write a name. A nickname is fine.")
    expect(month).to_have_value("2025-04")


def test_signing_up_with_a_short_password_keeps_the_e_mail(new_context):
    page = new_context().new_page()
    page.goto("/account/signup/")
    page.get_by_label("E-mail").fill("keeps@example.com")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("alert")).to_contain_text("One thing to look at")
    expect(page.get_by_role("alert")).not_to_contain_text("What you typed is still here.")  # the password is not
    expect(page.get_by_label("E-mail")).to_have_value("keeps@example.com")
