"""Whose phone it is: opened by its person alone, closed and wiped for good, and true about what waits."""

import pytest
from playwright.sync_api import expect

from tests.browser.line import BEFORE
from tests.browser.phones import COUNT, make_own, own_phone, seal_many, sign_in, waiting
from tests.browser.writing import WRITE, save, write
from tests.factories import PASSWORD

WORDS = "We sang in the basement."
LEFT = """async () => [await indexedDB.databases(), await caches.keys(), await navigator.serviceWorker.getRegistrations()]"""


@pytest.fixture
def context(on_the_line):
    return on_the_line


@pytest.fixture
def session(families):
    return families["parents"].pop()


@pytest.fixture
def phone(context, line, session):
    sign_in(context, line, session)
    page = context.new_page()
    make_own(page)
    return page


def until(page, holds):
    """Waits until it holds: what a worker does is seen by nobody."""
    for _try in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It never held.")


def is_open(page):
    return own_phone(page)["shown"]


@pytest.mark.usefixtures("families")
def test_signed_in_again_on_whatever_page_the_doors_open(context, line):
    page = context.new_page()

    def come_in(goes_on):
        page.goto(f"/account/login/?next={goes_on}")
        page.get_by_label("E-mail").fill("newcomer-en@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("my own phone").check()
        page.get_by_role("button", name="Sign in", exact=True).click()

    come_in("/phone/")
    expect(page.locator("[data-phone-ready]")).to_be_visible()
    context.clear_cookies(name="session")
    come_in("/moments/")
    expect(page).to_have_title("Notes: journal")
    until(page, lambda: is_open(page))
    line.cut()
    page.goto("/")
    expect(page.locator("[data-shell-doors]")).to_be_visible()


def test_signed_in_without_saying_so_it_stays_closed_and_can_be_wiped(context, line, session, server):
    (without,) = server.more_sessions(session, 1)
    sign_in(context, line, session)
    phone = context.new_page()
    make_own(phone)
    phone.evaluate("async () => outbox.hide()")
    sign_in(context, line, without)
    phone.goto("/moments/")
    until(phone, lambda: not own_phone(phone)["due"])
    asked = []
    context.on("request", lambda request: asked.append(request.url) if request.url.endswith("/outbox/") else None)
    phone.goto("/moments/")
    phone.goto("/phone/")
    phone.wait_for_timeout(500)
    assert asked == []
    assert not is_open(phone)
    phone.get_by_role("button", name="Wipe it from this phone").click()
    expect(phone.get_by_text("Saved.")).to_be_visible()
    until(phone, lambda: phone.evaluate(LEFT) == [[], [], []])


def test_on_the_phone_of_another_nothing_is_offered_to_wipe(phone, context, line, families):
    sign_in(context, line, families["parents"].pop())
    phone.goto("/phone/")
    expect(phone.get_by_role("button", name="This is my own phone")).to_be_visible()
    phone.wait_for_timeout(500)
    expect(phone.get_by_role("button", name="Wipe it from this phone")).to_be_hidden()


def test_all_deleted_nothing_stays_on_the_phone_and_not_before(phone, line, line_watcher):
    line_watcher.told = line_watcher.told | {("/settings/delete/", 422)}  # the first word is wrong
    seal_many(phone, line, [WORDS])
    line.mend()
    line.fate = lambda: BEFORE
    phone.goto("/settings/delete/")
    for word in ("no", "delete"):
        assert len(waiting(phone)) == 1
        phone.get_by_role("textbox").fill(word)
        phone.get_by_role("button", name="Delete everything").click()
    expect(phone.get_by_text("It is all deleted.")).to_be_visible()
    until(phone, lambda: phone.evaluate(LEFT) == [[], [], []])


def test_all_deleted_what_another_has_waiting_here_stays(phone, line):
    seal_many(phone, line, [WORDS, WORDS])
    phone.evaluate(
        "async () => { const [one] = await outbox.waiting(); await outbox.put({ ...one, person: 'another' }); }"
    )
    line.mend()
    line.fate = lambda: BEFORE
    phone.goto("/settings/delete/")
    phone.get_by_role("textbox").fill("delete")
    phone.get_by_role("button", name="Delete everything").click()
    expect(phone.get_by_text("It is all deleted.")).to_be_visible()
    until(phone, lambda: own_phone(phone) is None)
    assert [entry["person"] for entry in waiting(phone)] == ["another"]


def test_switched_off_what_another_has_waiting_here_stays(phone, line):
    seal_many(phone, line, [WORDS, WORDS])
    phone.evaluate(
        "async () => { const [one] = await outbox.waiting(); await outbox.put({ ...one, person: 'another' }); }"
    )
    line.mend()
    line.fate = lambda: BEFORE
    phone.goto("/phone/")
    phone.get_by_role("button", name="Switch off, and wipe it").click()
    expect(phone.get_by_role("button", name="This is my own phone")).to_be_visible()
    until(phone, lambda: own_phone(phone) is None)
    assert [entry["person"] for entry in waiting(phone)] == ["another"]


def test_all_deleted_and_the_answer_lost_the_phone_writes_nothing_for_them(phone, line):
    phone.goto("/settings/delete/")
    phone.get_by_role("textbox").fill("delete")
    line.cut()
    phone.get_by_role("button", name="Delete everything").click()
    until(phone, lambda: not is_open(phone))


def test_thrown_away_in_one_tab_it_is_not_said_to_be_sent_in_another(phone, line):
    seal_many(phone, line, ["Spoilt."])
    phone.evaluate("async () => { const [one] = await outbox.waiting(); await outbox.put({ ...one, why: 409 }); }")
    other = phone.context.new_page()
    for page in (other, phone):
        page.goto("/offline/")
        expect(page.locator(COUNT)).to_have_text("One moment waits on this phone.")
    phone.get_by_text("Throw this one away").click()
    phone.get_by_role("button", name="Throw it away").click()
    for page in (other, phone):
        expect(page.locator(COUNT)).to_be_hidden()


def test_a_form_that_was_opened_before_the_phone_became_anothers_is_not_sealed_to_them(phone, line):
    line.cut()
    phone.goto("/moments/new/?kind=responsive")
    phone.get_by_label("Your words").fill(WORDS)
    phone.evaluate("async () => outbox.change((own) => ({ ...own, person: 'another' }))")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_text("Not kept. It is still here on this page.")).to_be_visible()
    assert waiting(phone) == []


def test_wiped_while_it_is_sealed_nobody_says_that_it_is_kept(phone, line):
    phone.goto("/phone/")
    told = phone.evaluate(
        """async () => {
          const { person } = await outbox.phone();
          await outbox.wipeOf(person);
          return outbox.put({ id: "1" }).then(() => "kept", () => "not kept");
        }"""
    )
    assert told == "not kept"


@pytest.mark.parametrize(("answer", "said"), [(409, "We can't open it"), (413, "It is too long for us to take in.")])
def test_what_can_never_go_is_thrown_away_after_a_second_tap(phone, line, answer, said):
    seal_many(phone, line, ["Spoilt.", "Later."])
    phone.evaluate(
        "async (why) => { const [one] = await outbox.waiting(); await outbox.put({ ...one, why }); }", answer
    )
    phone.reload()
    expect(phone.get_by_text(said)).to_be_visible()
    phone.get_by_text("Throw this one away").click()
    assert len(waiting(phone)) == 2
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.locator(COUNT)).to_have_text("One moment waits on this phone.")
    expect(phone.get_by_text("Throw this one away")).to_be_hidden()
    assert len(waiting(phone)) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (404, "We could not take it in."),
        (429, "A lot came in at once."),
        (500, "We could not take it in."),
    ],
)
def test_each_answer_is_told_and_may_go_later(phone, line, answer, said):
    seal_many(phone, line, [WORDS])
    phone.evaluate(
        "async (why) => { const [one] = await outbox.waiting(); await outbox.put({ ...one, why }); }", answer
    )
    phone.reload()
    expect(phone.get_by_text(said)).to_be_visible()
    expect(phone.get_by_text("Throw this one away")).to_be_hidden()


@pytest.mark.parametrize("ticked", [True, False])
def test_saved_on_a_dead_line_it_says_that_readers_come_later(context, line, families, server, ticked):
    (session,) = server.more_sessions(families["en"]["sessions"]["sharing"], 1)
    sign_in(context, line, session)
    phone = context.new_page()
    make_own(phone)
    phone.goto(WRITE)
    write(phone, WORDS)
    if ticked:
        phone.locator("[name=shares]").first.check(force=True)
    line.cut()
    save(phone)
    expect(phone.locator("[data-shell-kept]")).to_be_visible()
    expect(phone.get_by_text("it comes in as “Just me”.")).to_be_visible(visible=ticked)


def test_left_while_the_line_is_slow_it_stays_closed(phone):
    told = phone.evaluate(
        """async () => {
          const { ask } = outbox;
          outbox.ask = async () => { const told = await ask(); await outbox.hide(); return told; };
          return outbox.renew(await outbox.phone());
        }"""
    )
    assert told is False
    assert not is_open(phone)


def test_wiped_while_the_line_is_slow_it_stays_wiped(context, line, session):
    sign_in(context, line, session)
    phone, held = context.new_page(), []
    phone.route("**/outbox/", lambda route: held.append(route))
    phone.goto("/phone/")
    phone.get_by_role("button", name="This is my own phone").click()
    switch = phone.get_by_role("button", name="Switch off, and wipe it")
    expect(switch).to_be_visible()
    until(phone, lambda: held)
    phone.evaluate("() => { HTMLFormElement.prototype.submit = () => {}; }")  # as if that line were as slow
    switch.click()
    phone.wait_for_timeout(500)
    with phone.expect_response("**/outbox/"):
        held[0].continue_()
    phone.wait_for_timeout(500)
    assert phone.evaluate(LEFT) == [[], [], []]
