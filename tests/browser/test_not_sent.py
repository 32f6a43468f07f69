"""What could not be sent stays on its page; and a phone whose disk fails is no phone without a signal."""

import pytest
from playwright.sync_api import expect

from tests.browser.phones import make_own, sign_in, waiting
from tests.browser.test_drafts import KEPT, NOT_KEPT, state
from tests.browser.writing import WRITE, is_saved, journal_holds, save, write

WORDS = "Typed before the line went."
STAYS = "We got no answer, or an error. This page is as you left it. Look whether it was done before you send it again."
# What a full or broken disk answers.
BREAK_THE_STORE = "() => { outbox.phone = outbox.change = () => Promise.reject(new Error('disk')) }"


@pytest.fixture
def context(on_the_line):
    return on_the_line


@pytest.fixture
def phone(context, line, families):
    sign_in(context, line, families["parents"].pop())
    page = context.new_page()
    make_own(page)
    return page


@pytest.fixture
def change(phone):
    """The page where a moment is changed."""
    phone.goto(WRITE)
    write(phone, "As it was.")
    save(phone)
    is_saved(phone)
    phone.goto("/moments/")
    phone.locator(".moment-open").click()
    phone.get_by_role("link", name="Change").click()
    expect(phone.get_by_label("Your words")).to_have_value("As it was.")
    return phone


@pytest.fixture
def worker(phone, context):
    phone.goto("/moments/")
    (worker,) = context.service_workers
    return worker


def test_a_change_that_cannot_be_sent_stays_on_its_page_and_is_kept_when_there_is_a_line(change, line):
    write(change, WORDS)
    line.cut()
    save(change)
    expect(state(change)).to_have_text(NOT_KEPT)
    expect(change.get_by_label("Your words")).to_have_value(WORDS)
    line.mend()
    change.evaluate("() => dispatchEvent(new Event('online'))")
    expect(state(change)).to_have_text(KEPT)
    save(change)
    journal_holds(change, WORDS)


def test_a_change_that_takes_its_time_is_not_given_up(change, line):
    write(change, WORDS)
    line.hold = 13
    save(change)
    expect(change.get_by_text(WORDS)).to_be_visible(timeout=30_000)
    expect(change.get_by_role("heading", name="No signal")).to_have_count(0)
    journal_holds(change, WORDS)


def test_what_cannot_be_sealed_stays_on_its_page(worker, phone, line):
    phone.goto(WRITE)
    write(phone, WORDS)
    worker.evaluate("() => { outbox.seal = () => Promise.reject(new Error('disk')) }")
    line.cut()
    save(phone)
    expect(state(phone)).to_have_text(NOT_KEPT)
    expect(phone.get_by_label("Your words")).to_have_value(WORDS)
    assert waiting(phone) == []


@pytest.mark.parametrize("trouble", ["no line", "a server that breaks"])
def test_every_other_form_stays_on_its_page_too_and_says_so(worker, phone, line, trouble):
    phone.goto("/children/new/")
    phone.get_by_label("Name or nickname").fill("Typed before the line went")
    if trouble == "no line":
        line.cut()
    else:
        worker.evaluate("() => { self.fetch = async () => new Response(null, { status: 503 }) }")
    phone.get_by_role("button", name="Add").click()
    expect(phone.get_by_role("alert")).to_have_text(STAYS)
    expect(phone.get_by_label("Name or nickname")).to_have_value("Typed before the line went")


def test_where_it_could_not_be_said_the_page_without_a_signal_opens(worker, phone, line):
    phone.goto("/children/new/")
    worker.evaluate("() => outbox.hide()")
    line.cut()
    phone.get_by_role("button", name="Add").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("No signal")


def test_with_a_line_a_disk_that_fails_shows_no_page_without_a_signal(worker, phone):
    worker.evaluate(BREAK_THE_STORE)
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Today")


def test_with_a_disk_that_fails_leaving_fast_ends_the_session(worker, phone):
    worker.evaluate(BREAK_THE_STORE)
    phone.evaluate("() => fetch('/leave/', { method: 'POST', redirect: 'manual' })")
    phone.goto("/moments/")
    expect(phone).to_have_title("Notes: sign in")


def test_a_server_that_breaks_has_not_ended_the_session(worker):
    """The mark stays: before any page is shown, it is asked again."""
    marks = worker.evaluate(
        """async () => {
          const ask = self.fetch, marks = [];
          self.fetch = async () => new Response(null, { status: 503 });
          await leaving.now(new Request("/leave/", { method: "POST" }));
          marks.push((await outbox.phone()).leaving);
          marks.push(await leaving.first().then(() => "shown", () => "not shown"));
          marks.push((await outbox.phone()).leaving);
          self.fetch = ask;
          await leaving.first();
          return [...marks, (await outbox.phone()).leaving];
        }"""
    )
    assert marks == [True, "not shown", True, False]


def test_an_error_of_the_worker_is_seen(worker, line_watcher):
    worker.evaluate("() => console.error('on purpose')")
    worker.evaluate("() => null")
    assert line_watcher.forget() == ["console error: on purpose"]
