"""htmx comes once the page is painted: on a slow line it would take the room of the first words."""

import pytest

HTMX = "() => window.htmx !== undefined"
# A browser that says when it has painted once it is told to.
UNPAINTED = "window.PerformanceObserver = class { constructor(tell) { window.paint = tell; } observe() {} };"


@pytest.fixture
def unpainted(new_context, families, server):
    context = new_context()
    context.add_init_script(UNPAINTED)
    context.add_cookies([{"name": "session", "value": families["parents"].pop(), "url": server.address}])
    page = context.new_page()
    page.goto("/")
    return page


def test_htmx_waits_for_the_first_paint(unpainted):
    unpainted.wait_for_timeout(500)
    assert not unpainted.evaluate(HTMX)
    unpainted.evaluate("() => paint()")
    unpainted.wait_for_function(HTMX, timeout=1000)


def test_where_no_paint_is_told_htmx_comes_all_the_same(unpainted):
    unpainted.wait_for_function(HTMX, timeout=10_000)


def test_a_painted_page_has_htmx_at_once(new_journal):
    new_journal().wait_for_function(HTMX, timeout=2000)
