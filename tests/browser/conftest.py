"""A served app and a watched Chromium for every test."""

import os
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.clock import ZONE
from tests.browser.line import Line
from tests.browser.phones import LARGE, LOCALES, PHONE
from tests.browser.server import NEUTRAL, served
from tests.browser.visiting import Visitor, regulars_of, visits
from tests.browser.watcher import Watcher

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    name = "browser_" + re.sub(r"\W", "_", os.environ.get("PYTEST_XDIST_WORKER", "main"))
    with served(tmp_path_factory.mktemp("served"), name) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server):
    return server.address


@pytest.fixture(scope="session")
def families(server):
    """Sessions and rows: see families.py."""
    return server.families()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Chromium's sandbox does not start as root, and /dev/shm is small in a container.
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"viewport": PHONE, "locale": LOCALES["en"], "timezone_id": ZONE}


@pytest.fixture(scope="module")
def large_letters(browser_type, browser_type_launch_args):
    """A browser whose owner asked for letters of twice the size, by its own settings."""
    arguments = [*browser_type_launch_args["args"], f"--blink-settings=defaultFontSize={LARGE}"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": arguments})
    yield browser
    browser.close()


@pytest.fixture
def watcher(server):
    """Fails the test on whatever no page may do."""
    return Watcher(server.address)


@pytest.fixture
def new_context(browser: Browser, browser_context_args, watcher, _artifacts_recorder):
    """A browser of its own, watched: new_context(java_script_enabled=False) and the like."""
    contexts = []

    def make(**options) -> BrowserContext:
        context = browser.new_context(**browser_context_args | options)
        contexts.append(context)
        _artifacts_recorder.on_did_create_browser_context(context)
        watcher.watch(context)
        return context

    yield make
    try:
        watcher.check()
    finally:
        for context in contexts:
            _artifacts_recorder.on_will_close_browser_context(context)
            context.close()


@pytest.fixture
def line(server):
    line = Line(server.address)
    yield line
    line.close()


@pytest.fixture
def line_watcher(line):
    """As `watcher`, for what goes over the line."""
    watcher = Watcher(line.address)
    watcher.allow_a_broken_line()
    return watcher


@pytest.fixture
def on_the_line(browser, browser_context_args, line, line_watcher):
    """A watched window whose requests go over the line that can be cut."""
    context = browser.new_context(**browser_context_args | {"base_url": line.address})
    line_watcher.watch(context)
    yield context
    try:
        line_watcher.check()
    finally:
        context.close()


@pytest.fixture
def come_in(new_context, server) -> Callable[..., Page]:
    """come_in(session): a page of someone who signed in."""

    def come_in(session: str, **options) -> Page:
        context = new_context(**options)
        context.add_cookies([{"name": "session", "value": session, "url": server.address}])
        return context.new_page()

    return come_in


@pytest.fixture
def neutral_site(watcher) -> Callable[[BrowserContext], None]:
    """neutral_site(context): something answers there for the site that "Leave fast" goes to."""

    def stand_in(context: BrowserContext) -> None:
        watcher.allow_host(NEUTRAL)
        page = "<!doctype html><title>The weather</title>"
        context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body=page, content_type="text/html"))

    return stand_in


@pytest.fixture
def new_journal(new_context, families, server) -> Callable[..., Page]:
    """A page of a parent with one child, Mia, who has written nothing yet."""

    def open_journal(path: str = "/", **options) -> Page:
        context = new_context(**options)
        session = families["parents"].pop()
        context.add_cookies([{"name": "session", "value": session, "url": server.address}])
        page = context.new_page()
        page.goto(path)
        return page

    return open_journal


@pytest.fixture(scope="session")
def meet(browser: Browser, browser_context_args, families, server):
    """meet(who, language): a person with a window of their own; browser=another, viewport=… and the like may be told."""

    def come(who: str, language: str, browser: Browser = browser, **options: object) -> Visitor:
        context = browser.new_context(**browser_context_args | {"locale": LOCALES[language]} | options)
        # "Leave fast" goes on by itself: there it is told to stay.
        context.route(f"{NEUTRAL}**", lambda route: route.fulfill(status=204))
        if who:
            session = families[language]["sessions"][who]
            context.add_cookies([{"name": "session", "value": session, "url": server.address}])
        visitor = Visitor(context, server, families[language]["rows"])
        visitor.watcher.allow_host(NEUTRAL)
        return visitor

    return come


@pytest.fixture(scope="session")
def regulars(meet):
    """The same for one person and language all along."""
    with regulars_of(meet) as come_again:
        yield come_again


@pytest.fixture
def visit(meet, regulars):
    """visit(page of tests/pages.py, language): the browser's page."""
    with visits(meet, regulars) as open_page:
        yield open_page
