"""From the first page to the weekly summary, as a new parent goes it on a phone."""

from playwright.sync_api import expect

from tests.browser.clock import ZONE
from tests.browser.journey import Journey

EMAIL = "whole-way@example.com"


def test_a_new_parent_writes_a_week_and_reads_its_summary_in_both_languages_and_in_the_dark(context, server):
    journey = Journey(context.new_page(), server)
    journey.sign_up(EMAIL)
    journey.name_a_child("Mía")
    journey.lives_in(ZONE)
    journey.go_to("Today")
    journey.write_a_week_and_read_it_in_both_languages()
    in_the_dark(journey)


def in_the_dark(journey):
    page = journey.page
    lightness = "getComputedStyle(document.body).backgroundColor.match(/oklch\\(([\\d.]+)/)[1]"
    assert float(page.evaluate(lightness)) > 0.9
    page.emulate_media(color_scheme="dark")
    assert float(page.evaluate(lightness)) < 0.3
    expect(page.get_by_role("heading", level=1)).to_be_visible()
