"""What waits goes out with no page of the journal open: the browser wakes the worker when there is a line again."""

import time

import pytest

from tests.browser.line import AFTER, WHOLE
from tests.browser.phones import make_own, sign_in, waiting, write_without_signal

WORDS = "Written in the basement, sent from the pocket."
# What the browser waits for between its own tries is minutes: it is woken by hand.
TAG = "outbox"


@pytest.fixture
def context(on_the_line):
    return on_the_line


class Browser:
    """The browser itself, beside an empty tab of its own."""

    def __init__(self, context, line):
        self.line = line
        self.log = context.new_cdp_session(context.new_page())
        self.workers = {}
        self.log.on("ServiceWorker.workerRegistrationUpdated", self.note)
        self.log.send("ServiceWorker.enable")

    def note(self, event):
        self.workers |= {one["scopeURL"]: one["registrationId"] for one in event["registrations"]}

    def wake_worker(self):
        sent = {"origin": self.line.address, "registrationId": self.workers[f"{self.line.address}/"], "tag": TAG}
        self.log.send("ServiceWorker.dispatchSyncEvent", sent | {"lastChance": False})


@pytest.fixture
def asleep(context, line, families):
    """asleep(): the phone's browser and its parent's session; a moment waits, and no page of the journal is open."""

    def go_to_sleep():
        session = families["parents"].pop()
        sign_in(context, line, session)
        browser, page = Browser(context, line), context.new_page()
        make_own(page)
        line.cut()
        write_without_signal(page, WORDS)
        assert len(waiting(page)) == 1
        page.close()
        return browser, session

    return go_to_sleep


def settled(server, session):
    """The journal's texts, a while after the first is there; none when none comes."""
    for _ in range(50):
        if server.texts_of(session):
            break
        time.sleep(0.2)
    time.sleep(0.5)
    return server.texts_of(session)


def test_woken_the_worker_sends_what_waits_once(asleep, line, server, context):
    browser, session = asleep()
    line.mend()
    browser.wake_worker()
    assert settled(server, session) == [WORDS]
    browser.wake_worker()
    assert settled(server, session) == [WORDS]
    page = context.new_page()
    page.goto("/offline/")
    assert waiting(page) == []


def test_woken_on_a_line_that_breaks_after_the_server_has_it_it_is_there_once(asleep, line, server):
    browser, session = asleep()
    line.fate = lambda: AFTER
    line.mend()
    browser.wake_worker()
    assert settled(server, session) == [WORDS]
    line.fate = lambda: WHOLE
    before = line.posts
    browser.wake_worker()
    assert settled(server, session) == [WORDS]
    assert line.posts == before + 1


def wake_by_hand(worker):
    """What the worker answers to a browser that wakes it: "done", or why to try again."""
    return worker.evaluate(
        """() => {
          let answer;
          dispatchEvent(Object.assign(new Event("sync"), { waitUntil: (promise) => { answer = promise; } }));
          return answer.then(() => "done", (error) => error.message);
        }"""
    )


def test_woken_without_a_line_the_browser_is_told_to_try_again(asleep, line, context):
    asleep()
    (worker,) = context.service_workers
    assert wake_by_hand(worker) == "It waits still."
    line.mend()
    assert wake_by_hand(worker) == "done"


def test_woken_while_a_page_sends_the_worker_waits_for_its_turn(asleep, line, server, context):
    _browser, session = asleep()
    (worker,) = context.service_workers
    held = """() => new Promise((held) => {
      navigator.locks.request("outbox", () => new Promise((free) => { self.free = free; held(); }));
    })"""
    worker.evaluate(held)
    line.mend()
    worker.evaluate("() => setTimeout(() => self.free(), 500)")
    assert wake_by_hand(worker) == "done"
    assert server.texts_of(session) == [WORDS]


def test_control_nobody_wakes_it_and_it_waits(asleep, line, server):
    _browser, session = asleep()
    line.mend()
    time.sleep(2)
    assert server.texts_of(session) == []
