"""Sixty texts that would run if anything let them, in every text field and on every surface: none of them does.

tests/browser/asking.py asks for every page in a world where all texts are such. Each is handed to Chromium with the
headers it has, under the server's own address, which gives it its scripts and styles. What a page asks any other host
for is told, and so are dialogs and what the policy refuses.
"""

import html
import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.browser.hostile import CORPUS, PAYLOADS
from tests.browser.server import ROOT
from tests.browser.watcher import TELL_VIOLATIONS

SHOWN = "/shown-by-the-test/"
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
AROUND = {
    "text": "<p>{}</p>",
    "double": '<input value="{}">',
    "single": "<input value='{}'>",
    "bare": "<input value={}>",
    "textarea": "<textarea>{}</textarea>",
    "title": "<title>{}</title>",
    "script": '<script>let x = "{}"</script>',
    "comment": "<!-- {} -->",
    "link": '<a href="{}" id="link">x</a>',
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: str


@pytest.fixture(scope="module")
def said(server):
    """All that the app says in a hostile world: pages by name, the files of two journals, mails."""
    command = [sys.executable, "-m", "tests.browser.asking"]
    told = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
    said = json.loads(told.stdout)
    return said | {"pages": {name: Answer(*answer) for name, answer in said["pages"].items()}}


class Stage:
    """A browser that shows answers under the server's address, and tells whatever happens."""

    def __init__(self, context, home):
        self.home, self.happened, self.shown = home, [], {}
        context.add_init_script(TELL_VIOLATIONS)
        context.route(lambda url: not url.startswith(home), self.refuse)
        # How it looks is no matter here.
        context.route(f"{home}/static/css/*", lambda route: route.fulfill(body="", content_type="text/css"))
        context.route(f"{home}{SHOWN}", lambda route: route.fulfill(**self.shown))
        self.page = context.new_page()
        self.page.on("dialog", self.on_dialog)
        self.page.on("console", self.on_console)
        self.page.on("pageerror", lambda error: self.happened.append(str(error)))

    def on_dialog(self, dialog):
        self.happened.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_console(self, said):
        # The control's pictures and such are nowhere.
        if said.type == "error" and "Failed to load resource" not in said.text:
            self.happened.append(said.text)

    def refuse(self, route):
        self.happened.append(f"request to another host: {route.request.url}")
        route.fulfill(status=204)

    def show(self, body, headers=None):
        """What happened on it until it was there."""
        self.happened.clear()
        self.shown = {"status": 200, "body": body, "headers": headers or {"Content-Type": "text/html; charset=utf-8"}}
        self.page.goto(f"{self.home}{SHOWN}")
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
        return list(self.happened)


@pytest.fixture
def stage(browser, server):
    # No worker of the app takes part: each page is asked for once.
    context = browser.new_context(service_workers="block")
    yield Stage(context, server.address)
    context.close()


def shows_payloads(answer):
    return "alert" in answer.body or "evil.example" in answer.body


def test_each_of_the_sixty_would_run(stage):
    """The control: where nothing is escaped and no policy stands, each does what it is there for."""
    quiet = []
    for where, payload in CORPUS:
        happened = stage.show(AROUND[where].format(payload))
        if where == "link":
            stage.page.click("#link")
            stage.page.wait_for_timeout(20)
            happened = stage.happened
        for _ in range(20):
            if [one for one in stage.happened if one.startswith(("dialog", "request to"))]:
                break
            stage.page.wait_for_timeout(20)
        else:
            quiet.append((where, payload, happened))
    assert quiet == []
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


def test_nothing_typed_runs_on_any_page_or_in_the_admin(said, stage):
    assert [name for name, answer in said["pages"].items() if answer.status >= 500] == []
    hostile = {name: answer for name, answer in said["pages"].items() if shows_payloads(answer)}
    assert len(hostile) > 80
    found = {name: stage.show(answer.body, answer.headers) for name, answer in hostile.items()}
    assert {name: happened for name, happened in found.items() if happened} == {}
    shown = "".join(html.unescape(answer.body) for answer in hostile.values())
    assert [payload for payload in PAYLOADS if payload not in shown] == []


def test_a_page_that_escaped_nothing_would_be_told(said, stage):
    """The control of the pages: what the policy refuses is heard, and what runs without one."""
    unescaped = html.unescape(said["pages"]["moment-responsive"].body)
    assert any("policy violation" in one for one in stage.show(unescaped, said["pages"]["moment-responsive"].headers))
    assert any(one.startswith("dialog") for one in stage.show(unescaped))


def test_nothing_typed_runs_in_a_journal_that_was_taken_along(said, stage):
    for files in said["files"]:
        assert stage.show(files["journal.html"]) == []
        words = html.unescape(files["journal.html"])
        assert [payload for payload in PAYLOADS if payload not in words] == []
        for name in files.keys() - {"journal.html"}:
            # A browser opens a table and the JSON as text.
            assert stage.show(files[name], TEXT) == []


def test_nothing_typed_runs_in_a_mail(said, stage):
    """Every mail is plain text and nothing else, and holds no words of anybody's."""
    assert len(said["mails"]) > 30
    for mail in said["mails"]:
        assert mail["kinds"] == ["text/plain"]
        assert "evil.example" not in mail["text"]
        assert "alert" not in mail["text"]
    assert stage.show("\n".join(sorted({mail["text"] for mail in said["mails"]})), TEXT) == []
