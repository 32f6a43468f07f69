"""What somebody finds on a phone after its parent has signed out or left fast: not a word that was written."""

import gzip
import re
import zlib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.line import BEFORE
from tests.browser.phones import make_own, sign_in, waiting, write_without_signal
from tests.browser.server import NEUTRAL
from tests.browser.writing import WRITE, save, write

CANARY = "Zanahoria-canary-under-the-stairs"
DUMP = """async () => {
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request)).text());
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    for (const store of database.objectStoreNames) {
      kept.push(await new Promise((resolve) => {
        const all = database.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => resolve(JSON.stringify(all.result));
      }));
    }
    database.close();
  }
  return kept.join("\\n");
}"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "profile"


@pytest.fixture
def context(playwright, folder, line, browser_type_launch_args):
    """A browser that keeps its profile on the disk."""
    context = playwright.chromium.launch_persistent_context(
        str(folder), base_url=line.address, **browser_type_launch_args
    )
    yield context
    context.close()


def stand_in(context):
    """Something answers for the neutral site. Not before it is needed: with it the browser keeps no HTTP cache."""
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<!doctype html><title>The weather</title>"))


# Where Chromium keeps open tabs with what is typed in their fields, so that it can bring them back after a crash. A page
# that is saved may be gone back to with its words, which asks for just that; the empty page asks for none of it.
TABS = "Sessions"


PACKED = b"\x1f\x8b\x08"


def on_the_disk(folder, words):
    """The files of the profile that these words stand in, in the usual ways of writing them.

    History, cookies, storage and the HTTP cache, which keeps an answer packed as it came.
    """
    forms = [words.encode(), words.encode("utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    return [str(path) for path in files if any(form in part for part in parts_of(path) for form in forms)]


def parts_of(path):
    """What a file holds, and what is packed in it."""
    held = path.read_bytes()
    yield held
    for found in re.finditer(re.escape(PACKED), held):
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(held[found.start() :])


@pytest.mark.parametrize("way", ["Sign out", "Leave fast"])
def test_after_leaving_not_a_word_is_on_the_phone(context, folder, line, families, way):
    sign_in(context, line, families["parents"].pop())
    page = context.new_page()
    make_own(page)
    page.goto(WRITE)
    write(page, f"{CANARY} online")
    save(page)
    page.goto("/moments/")
    expect(page.get_by_text(CANARY)).to_be_visible()
    line.cut()
    write_without_signal(page, f"{CANARY} offline")
    line.mend()
    line.fate = lambda: BEFORE  # it waits still
    page.goto("/settings/")
    stand_in(context)
    page.get_by_role("button", name=way).click()
    expect(page).to_have_title("The weather" if way == "Leave fast" else "Notes")
    line.cut()
    page.goto(f"{line.address}/")
    expect(page.locator("[data-shell-closed]")).to_be_visible()
    expect(page.locator("[data-shell]")).to_be_hidden()
    expect(page.locator("[data-outbox]")).to_be_hidden()
    assert len(waiting(page)) == 1
    assert CANARY not in page.evaluate(DUMP)
    context.close()
    assert on_the_disk(folder, f"{CANARY} offline") == []
    assert [path for path in on_the_disk(folder, CANARY) if TABS not in path] == []


def test_leaving_without_a_signal_ends_the_session_before_anything_is_shown(context, line, families):
    sign_in(context, line, families["parents"].pop())
    page = context.new_page()
    make_own(page)
    page.goto("/")
    line.cut()
    stand_in(context)
    page.get_by_role("button", name="Leave fast").click()
    expect(page).to_have_title("The weather")
    page.goto(f"{line.address}/")
    expect(page.locator("[data-shell-closed]")).to_be_visible()
    expect(page.locator("[data-shell]")).to_be_hidden()
    line.mend()
    page.goto(f"{line.address}/moments/")
    expect(page).to_have_title("Notes: sign in")


@pytest.mark.parametrize("cut", ["before leaving", "after leaving"])
def test_without_a_line_back_is_the_offline_page(context, line, families, cut, server):
    session = families["parents"].pop()
    sign_in(context, line, session)
    page = context.new_page()
    make_own(page)
    page.goto(WRITE)
    write(page, CANARY)
    save(page)
    stand_in(context)
    for again in server.more_sessions(session, 5):
        sign_in(context, line, again)
        page.goto("/moments/")
        expect(page.get_by_text(CANARY)).to_be_visible()
        if cut == "before leaving":
            line.cut()
        page.get_by_role("button", name="Leave fast").click()
        expect(page).to_have_title("The weather")
        line.cut()
        page.go_back(wait_until="commit")
        expect(page.locator("[data-shell-closed]")).to_be_visible()
        assert CANARY not in page.content()
        assert "Mia" not in page.content()
        line.mend()
        # Where the way out that waited goes through.
        page.goto("/moments/")
        expect(page).to_have_title("Notes: sign in")


def test_control_the_look_finds_a_word_that_is_kept_open(context, folder, line, families):
    sign_in(context, line, families["parents"].pop())
    page = context.new_page()
    page.goto("/")
    page.evaluate(f"() => localStorage.setItem('kept', '{CANARY}')")
    assert CANARY in page.evaluate(DUMP)
    page.evaluate(f"async () => (await caches.open('kept')).put('/kept', new Response('{CANARY}'))")
    context.close()
    assert on_the_disk(folder, CANARY)


class Careless(BaseHTTPRequestHandler):
    """A page that may be kept, packed as our own come."""

    def do_GET(self):
        page = gzip.compress(f"<!doctype html><title>Notes</title><p>{CANARY}</p>".encode())
        self.send_response(200)
        for name, value in {"Content-Encoding": "gzip", "Cache-Control": "max-age=600"}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


def test_control_the_look_finds_what_the_cache_keeps_packed_and_what_history_keeps(context, folder):
    with HTTPServer(("127.0.0.1", 0), Careless) as careless:
        Thread(target=careless.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{careless.server_port}/?seen=canary-in-an-address")
        context.close()
        careless.shutdown()
    assert [path for path in on_the_disk(folder, CANARY) if "Cache" in path]
    assert [path for path in on_the_disk(folder, "canary-in-an-address") if "History" in path]
