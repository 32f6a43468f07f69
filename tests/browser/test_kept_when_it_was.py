"""What was written without a signal keeps the time when it was, whatever zone the phone is in, however late it goes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.clock import ZONE, now, typed
from tests.browser.phones import make_own, sign_in, wait_until_sent
from tests.browser.writing import WRITE, save, write

WORDS = "We sang in the basement."
# In no zone of clock.py is it this time.
ELSEWHERE = "Asia/Kathmandu"
A_DAY_BEHIND = """() => {
  const Real = Date;
  self.Date = class extends Real {
    constructor(...told) { told.length ? super(...told) : super(Real.now() - 24 * 60 * 60 * 1000); }
  };
}"""


def time_kept(page):
    """Of the newest moment, as the journal gives it to be changed: on its author's clock."""
    page.goto("/moments/")
    page.locator(".moment a").first.click()
    page.get_by_role("link", name="Change").click()
    return page.locator("[name=happened_at]").input_value()


@pytest.fixture(params=[ZONE, ELSEWHERE])
def away(browser, browser_context_args, line, families, request):
    """A phone whose own clock is set to a zone, and its zone."""
    context = browser.new_context(**browser_context_args | {"base_url": line.address, "timezone_id": request.param})
    sign_in(context, line, families["parents"].pop())
    page = context.new_page()
    make_own(page)
    yield page, ZoneInfo(request.param)
    context.close()


@pytest.mark.parametrize("way", ["just now", "typed"])
def test_written_without_a_signal_it_keeps_the_time_when_it_was(away, line, way):
    page, zone = away
    yesterday = now().replace(second=0, microsecond=0) - timedelta(days=1)
    line.cut()
    page.goto(WRITE)
    page.clock.set_fixed_time(yesterday)
    page.reload()
    write(page, WORDS)
    if way == "typed":
        page.get_by_role("radio", name="Another time").check()
        page.locator("[name=happened_at]").fill(typed(yesterday.astimezone(zone)))
    save(page)
    expect(page.locator("[data-shell-kept]")).to_be_visible()
    page.clock.set_fixed_time(now())
    line.mend()
    page.goto("/")
    wait_until_sent(page)
    assert time_kept(page) == typed(yesterday)


def test_saved_on_a_dead_line_it_keeps_the_time_when_it_was(away, line):
    page, _zone = away
    page.goto(WRITE)
    write(page, WORDS)
    line.cut()
    (worker,) = page.context.service_workers
    worker.evaluate(A_DAY_BEHIND)
    save(page)
    expect(page.locator("[data-shell-kept]")).to_be_visible()
    line.mend()
    page.goto("/")
    wait_until_sent(page)
    late = now() - datetime.fromisoformat(time_kept(page)).replace(tzinfo=ZoneInfo(ZONE))
    assert timedelta(days=1) <= late < timedelta(days=1, minutes=5)
