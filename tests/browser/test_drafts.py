"""A moment that is half written is there again, whatever closed the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.clock import today
from tests.browser.writing import EACH_WAY, WRITE, is_saved, journal_holds, save, write

WORDS = "He stacked three cups and"
KEPT = "What you typed is kept. Save when you are ready."
NOT_KEPT = "Not kept yet. It is still here on this page."


def state(page):
    return page.locator("[data-draft-state]")


def is_offered(page):
    return page.get_by_role("heading", name="You began writing on")


def go_on(page):
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)


def field(page, name):
    return page.locator(f".form [name={name}]").input_value()


def close_and_return(page, path="/"):
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(path)
    return page


@pytest.mark.parametrize("path", ["/", WRITE])
def test_a_closed_tab_loses_nothing(path, new_journal):
    page = new_journal(WRITE)
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)
    page = close_and_return(page, path)
    expect(is_offered(page)).to_be_visible()
    if path == WRITE:
        expect(page.get_by_label("Your words")).to_have_value("")
    go_on(page)
    save(page)
    is_saved(page)
    journal_holds(page, WORDS)
    page.goto("/")
    expect(is_offered(page)).to_have_count(0)


def test_control_without_the_script_a_closed_tab_loses_it(new_journal, watcher):
    page = new_journal()
    page.context.route("**/draft*.js", lambda route: route.abort())
    page.goto(WRITE)
    write(page, WORDS)
    page.wait_for_timeout(2500)
    page = close_and_return(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    expect(is_offered(page)).to_have_count(0)
    assert watcher.forget()


def test_leaving_before_the_pause_keeps_it_too(new_journal):
    page = new_journal(WRITE)
    write(page, WORDS)
    page.goto("/")
    page.wait_for_timeout(1000)
    page.reload()
    expect(is_offered(page)).to_be_visible()


def test_what_is_typed_while_a_save_is_under_way_is_kept_after_it(new_journal):
    page, held = new_journal(WRITE), []
    page.route("**/drafts/save/", lambda route: held.append(route) if not held else route.continue_())
    write(page, "He stacked")
    page.wait_for_timeout(1700)
    write(page, WORDS)
    page.wait_for_timeout(1700)
    held[0].continue_()
    expect(state(page)).to_have_text(KEPT)
    go_on(close_and_return(page))


def test_closed_while_the_first_save_is_held_it_is_kept(new_journal):
    page, held = new_journal(WRITE), []
    page.route("**/drafts/save/", lambda route: held.append(route) if not held else route.continue_())
    write(page, WORDS)
    page.wait_for_timeout(1700)
    assert held
    page.goto("/")
    page.wait_for_timeout(1000)
    page.reload()
    go_on(page)


def test_after_a_save_that_was_stopped_what_is_typed_is_kept(new_journal):
    page = new_journal(WRITE)
    page.clock.install()
    page.route("**/moments/new/", lambda route: route.fulfill(status=204))  # leaves the page, as Stop does
    write(page, "He stacked")
    save(page)
    write(page, WORDS)
    expect(state(page)).to_have_text(NOT_KEPT)
    page.clock.run_for(12_000)
    expect(state(page)).to_have_text(KEPT)
    go_on(close_and_return(page))


def test_reloaded_and_begun_anew_what_was_kept_before_is_offered_still(new_journal):
    page = new_journal(WRITE)
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)
    page.reload()
    expect(page.get_by_label("Your words")).to_have_value("")
    write(page, "Another story.")
    expect(state(page)).to_have_text(KEPT)
    save(page)
    is_saved(page)
    page.goto("/")
    go_on(page)


def test_a_tab_with_the_history_of_another_takes_nothing_from_it(new_journal):
    """As a browser doubles a tab: with what is typed there, and with the state of its history."""
    page = new_journal(WRITE)
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)
    doubled = page.context.new_page()
    doubled.add_init_script(
        f"""history.replaceState({page.evaluate("JSON.stringify(history.state)")}, "");
        addEventListener("load", () => document.querySelector("textarea").value = "He stacked three cups and");"""
    )
    doubled.goto(WRITE)
    doubled.get_by_label("Your words").press_sequentially(" so")
    expect(state(doubled)).to_have_text(KEPT)
    write(doubled, "Quite another story.")
    expect(state(doubled)).to_have_text("")
    expect(state(doubled)).to_have_text(KEPT)
    assert field(doubled, "id") == field(page, "id")
    assert field(doubled, "page") != field(page, "page")
    page.goto("/drafts/")
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("Quite another story.")).to_be_visible()


def test_left_soon_after_a_save_that_was_stopped_what_was_typed_is_kept(new_journal):
    page = new_journal(WRITE)
    page.route("**/moments/new/", lambda route: route.fulfill(status=204))  # leaves the page, as Stop does
    write(page, "He stacked")
    save(page)
    write(page, WORDS)
    page.goto("/")
    page.wait_for_timeout(1000)
    page.reload()
    go_on(page)


def test_saved_and_left_nothing_is_begun(new_journal):
    """Whatever was chosen: the page has nothing more to keep once it is saved."""
    page = new_journal(WRITE)
    write(page, WORDS)
    page.get_by_role("radio", name="Earlier today").locator("..").click()
    save(page)
    is_saved(page)
    page.wait_for_timeout(1000)
    page.goto("/drafts/")
    expect(page.get_by_text("Nothing is begun.")).to_be_visible()


def test_back_and_shortened_it_says_nothing_that_is_not_so(new_journal, watcher):
    page, sent = new_journal(WRITE), []
    page.on("request", lambda request: sent.append(request.url) if "/drafts/save/" in request.url else None)
    write(page, WORDS)
    save(page)
    is_saved(page)
    page.go_back()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    sent.clear()
    with page.expect_response("**/drafts/save/") as answered:
        write(page, WORDS[:10])
    assert answered.value.status == 409
    expect(state(page)).to_have_text("")
    page.wait_for_timeout(2000)
    assert len(sent) == 1
    watcher.troubles.clear()


def test_back_to_what_was_typed_it_saw_no_more_than_it_did(new_journal):
    """Gone on with in another place meanwhile, both keep their words."""
    page = new_journal(WRITE)
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)
    page.goto("/")
    go_on(page)
    write(page, f"{WORDS} two")
    expect(state(page)).to_have_text(KEPT)
    here = page.url
    page.goto("/help/")
    other = page.context.new_page()
    other.goto(here)
    write(other, f"{WORDS} three more.")
    expect(state(other)).to_have_text(KEPT)
    page.go_back()
    expect(page.get_by_label("Your words")).to_have_value(f"{WORDS} two")
    write(page, f"{WORDS} two at home.")
    expect(state(page)).to_have_text(KEPT)
    page.goto("/drafts/")
    for text in ("two at home.", "three more."):
        expect(page.get_by_text(f"{WORDS} {text}")).to_be_visible()


def test_tapped_twice_what_was_typed_after_the_first_tap_is_kept(new_journal):
    page, sent = new_journal(WRITE), []
    page.route("**/moments/new/", lambda route: route.fulfill(status=204))
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    write(page, "He stacked")
    save(page)
    write(page, WORDS)
    save(page)
    page.goto("/")
    page.wait_for_timeout(1000)
    assert len([url for url in sent if url.endswith("/moments/new/")]) == 1
    page.reload()
    go_on(page)


@pytest.mark.parametrize("typed", [True, False], ids=["words", "a choice"])
def test_back_to_what_was_typed_it_is_the_same_page(typed, new_journal):
    page = new_journal(WRITE)
    if typed:
        write(page, WORDS)
    else:
        page.get_by_role("checkbox", name="Keep this one with a star").check()
    before = field(page, "page")
    page.goto("/")
    page.go_back()
    expect(page.get_by_label("Your words")).to_have_value(WORDS if typed else "")
    assert field(page, "page") == before


def test_back_to_a_cue_that_was_picked_it_is_the_same_page_and_asked_for_anew_another(new_journal):
    page = new_journal("/moments/new/?kind=missed")
    write(page, "She called.")
    save(page)
    page.goto("/moments/new/?kind=repair")
    page.get_by_label("What I came back to").select_option(index=1)
    before = field(page, "page")
    page.goto("/")
    page.go_back()
    assert field(page, "page") == before
    page.reload()
    assert field(page, "page") != before


def test_kept_is_said_when_the_server_said_so_and_not_before(new_journal, watcher):
    page = new_journal(WRITE)
    page.route("**/drafts/save/", lambda route: route.abort())
    write(page, WORDS)
    expect(state(page)).to_have_text(NOT_KEPT)
    watcher.troubles.clear()
    page.unroute("**/drafts/save/")
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)


def test_once_the_server_answers_again_it_is_kept_by_itself(new_journal, watcher):
    page = new_journal(WRITE)
    page.clock.install()
    page.route("**/drafts/save/", lambda route: route.abort())
    write(page, WORDS)
    page.clock.run_for(2_000)
    expect(state(page)).to_have_text(NOT_KEPT)
    watcher.troubles.clear()
    page.unroute("**/drafts/save/")
    page.clock.run_for(11_000)
    expect(state(page)).to_have_text(KEPT)


@pytest.mark.parametrize("status", [302, 403, 422])
def test_an_answer_that_is_no_yes_is_none(status, new_journal, watcher):
    page = new_journal(WRITE)
    page.route("**/drafts/save/", lambda route: route.fulfill(status=status, headers={"Location": "/account/login/"}))
    write(page, WORDS)
    expect(state(page)).to_have_text(NOT_KEPT)
    watcher.troubles.clear()


def test_no_word_stands_in_an_address(new_journal):
    page = new_journal(WRITE)
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)
    assert urls
    assert not any("cups" in url for url in urls)


def test_put_away_it_is_under_begun(new_journal):
    page = new_journal(WRITE)
    write(page, WORDS)
    expect(state(page)).to_have_text(KEPT)
    page.goto("/")
    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_text("Put away. It is under")).to_be_visible()
    expect(is_offered(page)).to_have_count(0)
    page.goto("/moments/")
    page.get_by_role("link", name="Begun, not saved yet").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    go_on(page)


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_a_session_that_ended_loses_nothing(scripts, new_journal, server):
    page = new_journal(WRITE, java_script_enabled=scripts)
    write(page, WORDS)
    session = next(one for one in page.context.cookies() if one["name"] == "session")
    page.context.clear_cookies(name="session")
    save(page)
    expect(page).to_have_title("Notes: sign in")
    assert WORDS not in page.content()
    page.context.add_cookies([session])  # signed in again
    page.goto(page.url.partition("next=")[2])
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    save(page)
    is_saved(page)
    journal_holds(page, WORDS)


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_a_refused_save_and_a_closed_tab_lose_nothing(scripts, new_journal):
    page = new_journal(f"{WRITE}&child=", java_script_enabled=scripts)
    write(page, WORDS)
    page.get_by_role("radio", name="Another time").locator("..").click()
    page.get_by_label("Day and time").fill(f"{today().year + 2}-01-01T10:00")
    save(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page = close_and_return(page)
    go_on(page)
