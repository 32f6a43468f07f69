"""Signed out, every page can be read in the other language with one tap, and stays so."""

import pytest
from playwright.sync_api import expect

from tests.browser.journey import Journey
from tests.browser.writing import EACH_WAY

each_way = pytest.mark.parametrize("scripts", **EACH_WAY)


@each_way
@pytest.mark.parametrize("path", ["/", "/guide/repair/", "/help/", "/account/signup/", "/account/login/?next=/weeks/"])
def test_the_same_page_in_spanish_and_back(scripts, path, new_context, server):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(path)
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.url == f"{server.address}{path}"
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url == f"{server.address}{path}"


def test_the_choice_holds_on_the_next_page_and_is_the_new_parents_language(new_context, server):
    page = new_context().new_page()
    page.goto("/")
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    journey = Journey(page, server, "es")
    journey.sign_up("idioma@example.com")
    page.goto("/settings/")
    expect(journey.field("Language")).to_have_value("es")


def test_a_phone_that_speaks_spanish_needs_no_tap(new_context):
    page = new_context(locale="es-MX").new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "es")
