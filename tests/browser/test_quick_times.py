"""The quick choices of when: one tap, and the moment stands at that time, with JavaScript and without."""

from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.clock import last_week, now, today, typed
from tests.browser.writing import EACH_WAY, WRITE, is_saved, save

each_way = pytest.mark.parametrize("scripts", **EACH_WAY)


def kept_time(page):
    """The time on the saved moment, as its form shows it."""
    is_saved(page)
    page.get_by_role("link", name="Change").click()
    return datetime.fromisoformat(page.get_by_label("Day and time").input_value())


def choose(page, when):
    page.get_by_role("radio", name=when, exact=True).check()


def is_about(kept, wanted):
    return abs(kept - wanted.replace(tzinfo=None)) < timedelta(minutes=3)


@each_way
def test_just_now_is_chosen_already(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    expect(page.get_by_role("radio", name="Just now")).to_be_checked()
    save(page)
    assert is_about(kept_time(page), now())


@each_way
def test_earlier_today_is_two_hours_ago(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    choose(page, "Earlier today")
    save(page)
    assert is_about(kept_time(page), now() - timedelta(hours=2))


@each_way
def test_last_night_is_yesterday_at_nine(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    choose(page, "Last night")
    save(page)
    assert kept_time(page) == datetime.combine(today() - timedelta(days=1), time(21))


@each_way
def test_another_time_is_the_one_that_is_typed(scripts, new_journal):
    page = new_journal(WRITE, java_script_enabled=scripts)
    choose(page, "Another time")
    page.get_by_label("Day and time").fill(typed(last_week(2, 9)))
    save(page)
    assert kept_time(page) == last_week(2, 9)


def test_the_field_shows_when_it_is_wanted_and_takes_the_focus(new_journal):
    page = new_journal(WRITE)
    field = page.get_by_label("Day and time")
    expect(field).to_be_hidden()
    choose(page, "Another time")
    expect(field).to_be_focused()
    choose(page, "Last night")
    expect(field).to_be_hidden()


def test_the_parents_own_clock_counts_and_not_the_phones(new_journal):
    page = new_journal(WRITE, timezone_id="Asia/Kathmandu")
    choose(page, "Last night")
    save(page)
    assert kept_time(page) == datetime.combine(today() - timedelta(days=1), time(21))
