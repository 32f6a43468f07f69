"""Kills and bad lines for the outbox, as often as is asked: a few times in tests/browser, many in tests/reliability."""

import itertools
import os
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Timer
from uuid import uuid4

from playwright.sync_api import Error, expect

from tests.browser.line import AFTER, BEFORE, WHOLE
from tests.browser.phones import make_own, seal_many, sign_in, wait_until_sent, waiting

# One send in four breaks: half of these before the server has it, half after.
BREAKING = (WHOLE, WHOLE, WHOLE, BEFORE, WHOLE, WHOLE, WHOLE, AFTER)


def breaking():
    fates = itertools.cycle(BREAKING)
    return lambda: next(fates)


def kill(folder: Path) -> None:
    """The browser with this profile and all its processes, at once; no other."""
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and f"--user-data-dir={folder}".encode() in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)


@contextmanager
def opened(launch, folder, line):
    """A browser on this profile, which may be killed."""
    context = launch(str(folder), base_url=line.address)
    yield context
    with suppress(Error):
        context.close()


def written_under_kills(kills, launch, folder, line, session):
    """Each time one moment is written. Every second browser is killed while it keeps it, the others once they said so.

    What was said to be kept, and all that Save was tapped for; in the end everything is sent.
    """
    said, tapped = [], []
    with opened(launch, folder, line) as context:
        sign_in(context, line, session)
        make_own(context.new_page())
    line.cut()
    for number in range(kills):
        with opened(launch, folder, line) as context:
            page = context.new_page()
            page.goto("/moments/new/?kind=responsive")
            page.get_by_label("Your words").fill(f"Written before kill {number}.")
            page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
            tapped.append(f"Written before kill {number}.")
            if number % 2:
                expect(page.locator("[data-shell-kept]")).to_be_visible()
                said.append(tapped[-1])
            time.sleep(number % 5 * 0.01)
            kill(folder)
    send_all(launch, folder, line, session)
    return said, tapped


def send_all(launch, folder, line, session):
    line.mend()
    with opened(launch, folder, line) as context:
        sign_in(context, line, session)
        page = context.new_page()
        page.goto("/offline/")
        wait_until_sent(page)


def sent_under_kills(kills, launch, folder, line, session):
    """Many wait, and go. Each browser is killed at one of its sends: before the server has it, after, or as it is told.

    All that waited, and how many sends it took.
    """
    texts = [f"Sent before kill {number}." for number in range(3 * kills)]
    with opened(launch, folder, line) as context:
        sign_in(context, line, session)
        page = context.new_page()
        make_own(page)
        seal_many(page, line, texts)
    before = line.posts
    line.mend()
    for number in range(kills):
        with opened(launch, folder, line) as context:
            sign_in(context, line, session)
            page = context.new_page()
            killed = Event()
            line.fate = killing(
                folder, killed, place=1 + number % 3, after=number % 7 * 0.01, fate=(WHOLE, AFTER)[number % 2]
            )
            with suppress(Error):
                page.goto("/offline/")
            assert killed.wait(30), "It was not killed: nothing was sent."
    line.fate = lambda: WHOLE
    send_all(launch, folder, line, session)
    return texts, line.posts - before


def killing(folder, killed, *, place, after, fate):
    """The send at this place has that fate, and some seconds after it left the browser is no more."""
    sends = itertools.count(1)

    def end():
        kill(folder)
        killed.set()

    def fates():
        if next(sends) != place:
            return WHOLE
        Timer(after, end).start()
        return fate

    return fates


def sent_over_a_bad_line(tries, context, line, session):
    """So many moments, sent again and again until nothing waits; all of them, and how many sends it took."""
    sign_in(context, line, session)
    page = context.new_page()
    make_own(page)
    texts = [f"Over a bad line {number}." for number in range(tries)]
    seal_many(page, line, texts)
    before, line.fate = line.posts, breaking()
    line.mend()
    for _again in range(tries):
        page.evaluate("() => outbox.send()")
        if not waiting(page):
            break
    line.fate = lambda: WHOLE
    return texts, line.posts - before


def sent_without(count, context, line, session, *, again):
    """Plain sends of the form over the same line: without an id and again until answered, or once and with no outbox."""
    sign_in(context, line, session)
    page = context.new_page()
    page.goto("/moments/new/?kind=responsive")
    token = page.locator(".form [name=csrfmiddlewaretoken]").input_value()
    line.fate = breaking()
    for number in range(count):
        form = {"csrfmiddlewaretoken": token, "kind": "responsive", "text": f"Plain {number}."}
        form |= {} if again else {"id": str(uuid4())}
        for _try in range(50 if again else 1):
            with suppress(Error):
                page.request.post("/moments/new/", form=form, headers={"Origin": line.address}, max_redirects=0)
                break
    line.fate = lambda: WHOLE


def seconds_to_send(count, context, line, session):
    """How long that many take that have waited."""
    sign_in(context, line, session)
    page = context.new_page()
    make_own(page)
    seal_many(page, line, [f"Number {number}." for number in range(count)])
    line.mend()
    began = time.monotonic()
    page.evaluate("() => outbox.send()")
    wait_until_sent(page)
    return time.monotonic() - began
