"""In a basement: the journal opens, a moment is written, and it is in the journal once there is a line again."""

import pytest
from playwright.sync_api import Error, expect

from tests.browser.line import AFTER, BEFORE, WHOLE
from tests.browser.phones import (
    COUNT,
    journal_of,
    make_own,
    seal_many,
    sign_in,
    wait_until_sent,
    waiting,
    write_without_signal,
)
from tests.browser.writing import WRITE, save

WORDS = "We sang in the basement, zanahoria."


@pytest.fixture
def context(on_the_line):
    return on_the_line


@pytest.fixture
def signed_in(context, line, families):
    sign_in(context, line, families["parents"].pop())
    return context.new_page()


@pytest.fixture
def phone(signed_in):
    make_own(signed_in)
    return signed_in


def test_written_without_a_signal_it_is_in_the_journal_once(phone, line):
    line.cut()
    write_without_signal(phone, WORDS)
    expect(phone.locator(COUNT)).to_have_text("One moment waits on this phone.")
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]


def test_once_it_is_kept_the_page_asks_nobody_to_try_again(phone, line):
    line.cut()
    write_without_signal(phone, WORDS)
    expect(phone.get_by_text("Try again in a while.")).to_be_hidden()


def test_another_time_that_was_not_picked_is_asked_for_when_it_arrives(phone, line):
    line.cut()
    phone.goto("/moments/new/?kind=responsive")
    phone.get_by_label("Your words").fill(WORDS)
    phone.get_by_text("Another time").click()
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-shell-kept]")).to_be_visible()
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    phone.goto("/")
    phone.get_by_role("link", name="Go on").click()
    expect(phone.locator("#id_happened_at_error")).to_contain_text("Pick the day and the time")


def test_a_coming_back_that_is_written_without_a_signal_is_tied_to_its_missed_cue(phone, line):
    phone.goto("/moments/new/?kind=missed")
    save(phone)
    phone.get_by_role("link", name="Write how I came back").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("came back")
    way = phone.url
    line.cut()
    phone.goto(way)
    phone.get_by_label("Your words").fill(WORDS)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-shell-kept]")).to_be_visible()
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    phone.goto("/moments/")
    phone.locator(".moment-open", has_text=WORDS).click()
    expect(phone.get_by_role("link", name="The cue you came back to")).to_be_visible()


def test_control_on_a_phone_that_is_not_ones_own_nothing_opens(signed_in, line):
    signed_in.goto("/phone/")
    line.cut()
    with pytest.raises(Error):
        signed_in.goto("/")


def test_two_writings_of_one_page_are_both_sent(phone, line):
    """Back restores the page with its id, and something else is written on it."""
    phone.goto(WRITE)
    line.fate = lambda: BEFORE
    for text in ("The first.", "Quite another."):
        phone.get_by_label("Your words").fill(text)
        save(phone)
        expect(phone.locator("[data-shell-kept]")).to_be_visible()
        phone.go_back()
    assert len({entry["form"] for entry in waiting(phone)}) == 1
    assert len(waiting(phone)) == 2
    line.fate = lambda: WHOLE
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == ["The first."]
    phone.goto("/")
    phone.get_by_role("link", name="Go on").click()
    expect(phone.get_by_label("Your words")).to_have_value("Quite another.")


def test_what_an_older_worker_has_put_away_is_sent(phone, line):
    seal_many(phone, line, [WORDS])
    phone.evaluate(
        """async () => {
          const [{ id: key, form: id, ...sealed }] = await outbox.waiting();
          await outbox.put({ id, ...sealed });
          await outbox.done(key);
        }"""
    )
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]


def test_what_is_added_while_another_tab_sends_goes_too(phone, line):
    seal_many(phone, line, ["First."])
    line.mend()
    phone.evaluate(
        """async () => {
          const first = (await outbox.waiting())[0], { done } = outbox;
          outbox.done = async (key) => {
            outbox.done = done;
            await outbox.seal(crypto.randomUUID(), { kind: "responsive", text: "Second." });
            await done(key);
          };
          await outbox.send(true);  // the worker may be at it still, since the page was opened
        }"""
    )
    assert waiting(phone) == []


@pytest.mark.parametrize("door", ["I responded", "A cue got by me", "I came back", "A thought of my own"])
def test_each_of_the_four_doors_opens(phone, line, door):
    line.cut()
    write_without_signal(phone, WORDS, door)
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]
    phone.get_by_text(WORDS).first.wait_for()
    assert phone.locator(".moment").first.get_by_text(door).count()


@pytest.mark.parametrize("fate", [BEFORE, AFTER])
def test_a_save_whose_line_breaks_is_kept_and_comes_in_once(phone, line, fate):
    phone.goto(WRITE)
    phone.get_by_label("Your words").fill(WORDS)
    line.fate = lambda: fate
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-shell-kept]")).to_be_visible()
    line.fate = lambda: WHOLE
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]


def test_on_the_phone_it_is_sealed(phone, line):
    line.cut()
    write_without_signal(phone, WORDS)
    (entry,) = waiting(phone)
    assert set(entry) == {"id", "form", "person", "at", "key_id", "key", "nonce", "box"}
    assert "zanahoria" not in str(entry)


def test_the_phone_keeps_the_empty_page_and_static_files_alone(phone):
    kept = phone.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()"""
    )
    assert "/offline/" in kept
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline/"]


def test_the_empty_page_asks_which_child_by_age_and_names_none(phone, line):
    phone.goto("/children/new/")
    phone.get_by_label("Name or nickname").fill("Canariette")
    phone.get_by_label("Month and year of birth").fill("2026-01")
    phone.get_by_role("button", name="Add").click()
    expect(phone).to_have_title("Notes: children")
    phone.goto("/phone/")
    expect(phone.locator("[data-phone-ready]")).to_be_visible()
    line.cut()
    phone.goto("/moments/new/?kind=missed")
    assert "Canariette" not in phone.content()
    assert "Mia" not in phone.content()
    expect(phone.get_by_role("radio", name="Second child")).to_have_count(1)
    expect(phone.get_by_role("radio", name="Third child")).to_have_count(0)
    phone.get_by_label("Your words").fill(WORDS)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-shell-kept]")).to_be_visible()
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    phone.reload()
    phone.get_by_role("link", name="Go on").click()
    expect(phone.get_by_text("Say which child this is about, then save.")).to_be_visible()
    expect(phone.get_by_label("Your words")).to_have_value(WORDS)


def test_signed_out_nothing_is_shown_and_all_of_it_stays(phone, line):
    line.cut()
    write_without_signal(phone, WORDS)
    line.mend()
    line.fate = lambda: BEFORE  # nothing goes out yet
    phone.goto("/settings/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone).to_have_title("Notes")
    line.cut()
    phone.goto("/")
    expect(phone.locator("[data-shell-closed]")).to_be_visible()
    expect(phone.locator("[data-shell]")).to_be_hidden()
    expect(phone.locator("[data-outbox]")).to_be_hidden()
    assert len(waiting(phone)) == 1


def test_signed_out_it_waits_and_signed_in_again_it_goes(phone, line, context):
    session = next(one for one in context.cookies() if one["name"] == "session")
    line.cut()
    write_without_signal(phone, WORDS)
    line.mend()
    context.clear_cookies(name="session")
    phone.goto("/offline/")
    expect(phone.get_by_text("Sign in, and it goes.")).to_be_visible()
    assert len(waiting(phone)) == 1
    context.add_cookies([session])
    phone.goto("/moments/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]


def test_another_persons_session_does_not_send_it_and_keeps_it(phone, line, context, families):
    session = next(one for one in context.cookies() if one["name"] == "session")
    line.cut()
    write_without_signal(phone, WORDS)
    line.mend()
    sign_in(context, line, families["parents"].pop())
    phone.goto("/")
    phone.wait_for_timeout(1000)
    assert journal_of(phone) == []
    assert len(waiting(phone)) == 1
    context.add_cookies([session])
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]


def test_what_another_person_writes_goes_into_no_outbox_of_its_owner(phone, line, context, families):
    sign_in(context, line, families["parents"].pop())
    phone.goto(WRITE)
    phone.get_by_label("Your words").fill(WORDS)
    line.cut()
    save(phone)
    expect(phone.locator("[data-draft-state]")).to_have_text("Not kept yet. It is still here on this page.")
    expect(phone.get_by_label("Your words")).to_have_value(WORDS)
    assert waiting(phone) == []


def test_switched_off_everything_is_wiped(phone, line):
    line.cut()
    write_without_signal(phone, WORDS)
    line.mend()
    line.fate = lambda: BEFORE
    phone.goto("/phone/")
    phone.get_by_role("button", name="Switch off, and wipe it").click()
    expect(phone.get_by_role("button", name="This is my own phone")).to_be_visible()
    look = """async () => [await indexedDB.databases(), await caches.keys(), await navigator.serviceWorker.getRegistrations()]"""
    for _ in range(50):  # the wiping goes on while the page is shown
        if (left := phone.evaluate(look)) == [[], [], []]:
            break
        phone.wait_for_timeout(100)
    assert left == [[], [], []]


def test_two_tabs_send_each_once_and_the_oldest_first(phone, line):
    texts = [f"Number {number}." for number in range(8)]
    seal_many(phone, line, texts)
    oldest_first = sorted(waiting(phone), key=lambda entry: entry["at"])
    line.ids, other = [], phone.context.new_page()
    line.mend()
    other.goto("/")
    phone.goto("/")
    wait_until_sent(phone)
    assert line.ids == [entry["form"] for entry in oldest_first]
    assert sorted(journal_of(phone)) == texts


def test_what_could_not_be_kept_as_it_is_is_mended_from_today(phone, line):
    phone.goto("/offline/")
    phone.evaluate(
        f"() => outbox.seal(crypto.randomUUID(), {{ kind: 'responsive', text: '{WORDS}', happened_at: '2999-01-01T10:00' }})"
    )
    phone.goto("/")
    wait_until_sent(phone)
    phone.reload()
    expect(phone.get_by_role("heading", name="Something from your phone needs a look")).to_be_visible()
    phone.get_by_role("link", name="Go on").click()
    expect(phone.get_by_role("alert")).to_contain_text("That time has not come yet.")
    phone.get_by_label("Day and time").fill("2026-03-03T10:00")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You saw it and you answered.")
    assert journal_of(phone) == [WORDS]


def test_no_word_is_in_an_address(phone, line):
    urls = []
    phone.context.on("request", lambda request: urls.append(request.url))
    line.cut()
    write_without_signal(phone, WORDS)
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    assert urls
    assert not any("zanahoria" in url for url in urls)


def test_what_does_not_open_stays_and_says_why_and_the_rest_goes(phone, line):
    seal_many(phone, line, ["Spoilt.", "Whole."])
    phone.evaluate(
        """async () => {
          const [first] = await outbox.waiting();
          await outbox.put({ ...first, box: first.box.slice(0, -8) + btoa("spoilt") });
        }"""
    )
    line.mend()
    phone.goto("/")
    expect(phone.get_by_text("We can't open it: its key is gone, or it was damaged.")).to_be_visible()
    expect(phone.locator(COUNT)).to_have_text("One moment waits on this phone.")
    assert len(waiting(phone)) == 1
    assert journal_of(phone) == ["Whole."]


def test_a_page_opened_before_the_line_went_loses_nothing(phone, line):
    phone.goto(WRITE)
    phone.get_by_label("Your words").fill(WORDS)
    line.cut()
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-shell-kept]")).to_be_visible()
    line.mend()
    phone.goto("/")
    wait_until_sent(phone)
    assert journal_of(phone) == [WORDS]


def test_it_can_be_installed(phone):
    asked = phone.context.new_cdp_session(phone)
    phone.goto("/")
    told = asked.send("Page.getAppManifest")
    assert told["url"].endswith("/manifest.webmanifest")
    assert told["errors"] == []
    assert '"name": "Notes"' in told["data"]
