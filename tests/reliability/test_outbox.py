"""The outbox under kills and on a line that breaks: no moment is lost, and none is there twice."""

import itertools
import os
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Error, expect

from tests.browser.line import AFTER, BEFORE, WHOLE, Line
from tests.browser.phones import make_own, seal_many, sign_in, wait_until_sent, waiting

KILLS = int(os.environ.get("KILLS", "50"))
TRIES = int(os.environ.get("TRIES", "1000"))


@pytest.fixture
def line(server):
    line = Line(server.address)
    yield line
    line.close()


@pytest.fixture
def phone_of(playwright, tmp_path, line, browser_type_launch_args):
    """A browser whose profile stays in this folder: what is on the disk is what a next one finds."""

    @contextmanager
    def phone_of():
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path), base_url=line.address, **browser_type_launch_args
        )
        yield context
        with suppress(Error):  # killed
            context.close()

    return phone_of


def kill(folder: Path) -> None:
    """The browser with this profile and all its processes, at once; no other."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                said = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"--user-data-dir={folder}".encode() in said:
                os.kill(int(entry.name), signal.SIGKILL)


def test_the_queue_survives_fifty_kills(phone_of, tmp_path, line, families, server):
    """Each time one moment is written. Every second browser is killed while it keeps it, the others once they said so."""
    session, said, tapped = families["parents"].pop(), [], []
    with phone_of() as context:
        sign_in(context, line, session)
        make_own(context.new_page())
    line.cut()
    for number in range(KILLS):
        with phone_of() as context:
            page = context.new_page()
            page.goto("/moments/new/?kind=responsive")
            page.get_by_label("Your words").fill(f"Written before kill {number}.")
            page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
            tapped.append(f"Written before kill {number}.")
            if number % 2:
                expect(page.locator("[data-shell-kept]")).to_be_visible()
                said.append(tapped[-1])
            time.sleep(number % 5 * 0.01)
            kill(tmp_path)
    line.mend()
    with phone_of() as context:
        sign_in(context, line, session)
        page = context.new_page()
        page.goto("/offline/")
        wait_until_sent(page)
        kept = server.texts_of(session)
    assert set(said) <= set(kept) <= set(tapped)
    assert len(kept) == len(set(kept))
    print(f"{len(said)} said to be kept, {len(kept)} of {len(tapped)} kept, none lost")


# One send in four breaks: half of these before the server has it, half after.
BREAKING = (WHOLE, WHOLE, WHOLE, BEFORE, WHOLE, WHOLE, WHOLE, AFTER)


def breaking():
    fates = itertools.cycle(BREAKING)
    return lambda: next(fates)


def test_a_line_that_breaks_neither_loses_nor_doubles(browser, browser_context_args, line, families, server):
    session = families["parents"].pop()
    context = browser.new_context(**browser_context_args | {"base_url": line.address})
    sign_in(context, line, session)
    page = context.new_page()
    make_own(page)
    texts = [f"Over a bad line {number}." for number in range(TRIES)]
    seal_many(page, texts)
    before, line.fate = line.posts, breaking()
    for _again in range(TRIES):
        page.evaluate("() => outbox.send()")
        if not waiting(page):
            break
    assert line.posts - before > TRIES  # it did break
    assert sorted(server.texts_of(session)) == sorted(texts)
    context.close()


CONTROL = 200


def test_control_without_an_id_of_its_own_a_moment_is_there_twice(
    browser, browser_context_args, line, families, server
):
    session = families["parents"].pop()
    words = post_without(browser, browser_context_args, line, session, server, again=True)
    assert len(words) > len(set(words)) == CONTROL


def test_control_without_an_outbox_a_moment_is_lost(browser, browser_context_args, line, families, server):
    session = families["parents"].pop()
    words = post_without(browser, browser_context_args, line, session, server, again=False)
    assert len(set(words)) < CONTROL


def post_without(browser, browser_context_args, line, session, server, *, again):
    """Plain sends of the form over the same line: without an id, sent again until answered; or once, with no outbox."""
    context = browser.new_context(**browser_context_args | {"base_url": line.address})
    sign_in(context, line, session)
    page = context.new_page()
    page.goto("/moments/new/?kind=responsive")
    token = page.locator(".form [name=csrfmiddlewaretoken]").input_value()
    line.fate = breaking()
    for number in range(CONTROL):
        form = {"csrfmiddlewaretoken": token, "kind": "responsive", "text": f"Plain {number}."}
        form |= {} if again else {"id": str(uuid4())}
        for _try in range(50 if again else 1):
            try:
                page.request.post("/moments/new/", form=form, headers={"Origin": line.address}, max_redirects=0)
                break
            except Error:
                continue
    line.fate = lambda: WHOLE
    context.close()
    return server.texts_of(session)
