"""Leave fast goes to another site and signs out on the way; going back shows nothing that was written."""

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.server import NEUTRAL
from tests.browser.writing import EACH_WAY, WRITE, save, write

SECRET = "Nobody else may see this."
PATIENCE = 10
RUNS = 50
# When the button was pressed, and when the blank page was drawn.
WATCH = """() => {
  window.times = {};
  addEventListener("pointerup", () => { times.pressed = performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => { times.blank ??= performance.now(); }))
    .observe(document.documentElement, { attributes: true });
}"""


@pytest.fixture
def journal_with_a_secret(new_journal, neutral_site):
    """A page that shows what was written."""

    def open_journal(**options) -> Page:
        page = new_journal(WRITE, **options)
        neutral_site(page.context)
        write(page, SECRET)
        save(page)
        expect(page.get_by_text(SECRET)).to_be_visible()
        page.goto("/moments/")
        expect(page.get_by_text(SECRET)).to_be_visible()
        return page

    return open_journal


def session_of(page):
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == "session")
    return f"session={cookie['value']}"


def is_away(page):
    expect(page).to_have_url(NEUTRAL)
    expect(page).to_have_title("The weather")


def is_signed_out(page, session, server):
    """The server knows the session no more. The browser asked it on the way out, without waiting for the answer."""
    deadline = time.monotonic() + PATIENCE
    address = f"{server.address}/settings/"
    while page.request.get(address, headers={"cookie": session}, max_redirects=0).status != 302:
        assert time.monotonic() < deadline, "still signed in"


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_back_shows_nothing_that_was_written(scripts, journal_with_a_secret, server):
    page = journal_with_a_secret(java_script_enabled=scripts)
    session = session_of(page)
    page.get_by_role("button", name="Leave fast").click()
    is_away(page)
    is_signed_out(page, session, server)
    for _step in range(2):
        page.go_back(wait_until="commit")
        expect(page).to_have_title("Notes: sign in")
        assert SECRET not in page.content()
        assert "Mia" not in page.content()


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_back_without_a_line_shows_nothing_either(scripts, journal_with_a_secret, neutral_site):
    """On a phone that is not one's own there is no offline page: the browser's own says that there is no line."""
    page = journal_with_a_secret(java_script_enabled=scripts)
    page.get_by_role("button", name="Leave fast").click()
    is_away(page)
    page.context.set_offline(True)
    with suppress(Error):
        page.go_back()
    # Chromium's own page, which no script can look into, or none at all.
    expect(page.get_by_role("main")).to_have_count(0)
    expect(page.get_by_text(SECRET)).to_have_count(0)


def test_the_page_is_blank_before_the_other_one_comes(journal_with_a_secret):
    page = journal_with_a_secret()
    page.context.route(f"{NEUTRAL}**", lambda route: route.fulfill(status=204))  # the other one never comes
    page.get_by_role("button", name="Leave fast").click()
    expect(page.get_by_text(SECRET)).to_be_hidden()


def test_the_page_is_blank_within_a_tenth_of_a_second(journal_with_a_secret):
    page = journal_with_a_secret()
    page.context.route(f"{NEUTRAL}**", lambda route: route.fulfill(status=204))
    page.evaluate(WATCH)
    page.get_by_role("button", name="Leave fast").click()
    expect(page.get_by_text(SECRET)).to_be_hidden()
    page.wait_for_timeout(500)
    times = page.evaluate("() => times")
    assert 0 <= times["blank"] - times["pressed"] < 100


@pytest.mark.parametrize(("scripts", "more"), [(True, 0), (False, 1)], ids=["with scripts", "without"])
def test_leaving_is_no_step_of_its_own_in_the_history(scripts, more, journal_with_a_secret):
    page = journal_with_a_secret(java_script_enabled=scripts)
    devtools = page.context.new_cdp_session(page)

    def steps():
        return [entry["url"] for entry in devtools.send("Page.getNavigationHistory")["entries"]]

    before = steps()
    page.get_by_role("button", name="Leave fast").click()
    is_away(page)
    # With scripts the other site takes the place of the page that was left; without, it comes after it.
    assert steps() == [*before[: len(before) - 1 + more], NEUTRAL]
    assert not any("/leave/" in address for address in steps())


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_back_is_the_sign_in_page_in_fifty_of_fifty_runs(scripts, journal_with_a_secret, server):
    page = journal_with_a_secret(java_script_enabled=scripts)
    seen = []
    for session in server.more_sessions(session_of(page).partition("=")[2], RUNS):
        page.context.add_cookies([{"name": "session", "value": session, "url": server.address}])
        page.goto("/moments/")
        expect(page.get_by_text(SECRET)).to_be_visible()
        page.get_by_role("button", name="Leave fast").click()
        is_away(page)
        page.go_back(wait_until="commit")
        expect(page).to_have_title("Notes: sign in")
        seen.append(page.content())
    assert len(seen) == RUNS
    assert not [text for text in seen if SECRET in text or "Mia" in text]


def test_back_that_is_faster_than_signing_out_shows_nothing(journal_with_a_secret, server):
    page = journal_with_a_secret()
    page.goto("/moments/")
    session = session_of(page)
    slow = []
    page.context.route("**/leave/", lambda route: slow.append(route) if not slow else route.continue_())
    page.get_by_role("button", name="Leave fast").click()
    is_away(page)
    page.go_back(wait_until="commit")
    expect(page).to_have_title("Notes: sign in")
    is_signed_out(page, session, server)


def test_shift_three_times_leaves(journal_with_a_secret, server):
    page = journal_with_a_secret()
    session = session_of(page)
    for _tap in range(3):
        page.keyboard.press("Shift")
    is_away(page)
    is_signed_out(page, session, server)


@pytest.mark.parametrize("keys", [["Shift", "Shift"], ["Shift", "Shift", "a", "Shift"], ["Shift+A"] * 3])
def test_other_keys_do_not(keys, journal_with_a_secret):
    page = journal_with_a_secret()
    for key in keys:
        page.keyboard.press(key)
    page.get_by_role("link", name="Today").click()
    expect(page).to_have_title("Notes: today")


def test_shift_three_times_leaves_while_writing(new_journal, neutral_site):
    page = new_journal(WRITE)
    neutral_site(page.context)
    write(page, SECRET)
    page.get_by_label("Your words").focus()
    for _tap in range(3):
        page.keyboard.press("Shift")
    is_away(page)


def test_signed_out_it_leaves_as_well(new_context, neutral_site):
    context = new_context()
    neutral_site(context)
    page = context.new_page()
    page.goto("/help/")
    page.get_by_role("button", name="Leave fast").click()
    is_away(page)


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_back_after_signing_out_shows_nothing_either(scripts, journal_with_a_secret, server):
    page = journal_with_a_secret(java_script_enabled=scripts)
    page.goto("/settings/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{server.address}/")
    for _step in range(2):
        page.go_back(wait_until="commit")
        expect(page).to_have_title("Notes: sign in")
        assert SECRET not in page.content()
