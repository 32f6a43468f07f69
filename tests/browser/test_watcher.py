"""The watcher itself: each thing that no page may do fails the test."""

import re

import pytest

from tests.browser.watcher import Watcher

IMAGE = "() => { new Image().src = 'https://elsewhere.example/' }"
TROUBLES = {
    "another host": (IMAGE, "request to another host: https://elsewhere.example/"),
    "an image against the policy": (IMAGE, "console error: policy violation: img-src https://elsewhere.example/"),
    "a style against the policy": (
        "() => document.body.setAttribute('style', 'color: tan')",
        "console error: policy violation: style-src-attr inline",
    ),
    "an error in the console": ("() => console.error('on purpose')", "console error: on purpose"),
    "an error of the page": ("() => { setTimeout(() => { throw 'on purpose' }) }", "page error: on purpose"),
    "a part that is missing": ("() => fetch('/nothing-here/').then(() => null)", "answer 404: "),
    "a part that breaks": ("() => fetch('/broken/').then(() => null)", "answer 500: "),
}


@pytest.fixture
def watched(browser, browser_context_args, server):
    """A page, and its watcher, for troubles that are meant."""
    watcher = Watcher(server.address)
    context = browser.new_context(**browser_context_args)
    watcher.watch(context)
    context.route("**/broken/", lambda route: route.fulfill(status=500, body="Broken"))
    page = context.new_page()
    page.goto("/privacy/")
    yield page, watcher
    context.close()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_watcher_sees(trouble, watched):
    page, watcher = watched
    script, told = TROUBLES[trouble]
    page.evaluate(script)
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve))")
    with pytest.raises(AssertionError, match=re.escape(told)):
        watcher.check()


def test_the_watcher_sees_a_page_that_breaks(watched):
    page, watcher = watched
    page.goto("/broken/")
    with pytest.raises(AssertionError, match="answer 500: "):
        watcher.check()


def test_a_page_that_behaves_is_no_trouble(watched):
    page, watcher = watched
    page.goto("/nothing-here/")
    watcher.check()
