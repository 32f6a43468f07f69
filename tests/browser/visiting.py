"""Opens any page of tests/pages.py in a browser, as the person who would see it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count

from playwright.sync_api import BrowserContext, Page, Response

from tests import pages
from tests.browser.server import Server
from tests.browser.watcher import Watcher

numbers = count()
# As a form of the page would be sent.
SEND = """([path, sent]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, ...sent })) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}"""


class Visitor:
    """Someone who opens pages in one language, one after the other in the same browser tab."""

    def __init__(self, context: BrowserContext, server: Server, rows: Mapping[str, str]) -> None:
        self.context, self.server, self.rows = context, server, rows
        self.watcher = Watcher(server.address)
        self.watcher.watch(context)
        self.page = context.new_page()

    def open(self, wanted: pages.Page) -> Page:
        """The page, once it is there with the status it should have."""
        if wanted.status >= 500:
            self.watcher.allow_failure_of(wanted.path)
        for path, sent in wanted.before:
            self.send(path, sent, wanted)
        path = wanted.path.format_map(self.rows)
        answer = self.page.goto(path) if wanted.sent is None else self.send(path, wanted.sent, wanted)
        assert answer.status == wanted.status, f"{path} answered {answer.status}"
        return self.page

    def send(self, path: str, sent: Mapping[str, str], wanted: pages.Page) -> Response:
        """Post a form, from a page that has a token for it."""
        self.page.goto("/settings/" if wanted.who else "/")
        values = {**self.rows, "new": f"new-{next(numbers)}@example.com"}
        if "{code}" in sent.values():
            values["code"] = self.server.code_for(wanted.mail_to.format_map(values))
        filled = {name: value.format_map(values) for name, value in sent.items()}
        with self.page.expect_navigation() as answer:
            self.page.evaluate(SEND, [path.format_map(values), filled])
        return answer.value


@contextmanager
def regulars_of(meet: Callable[..., Visitor], **options: object) -> Iterator[Callable[..., Visitor]]:
    """meet(who, language, **options) for one person and language all along: their browser stays open."""
    known: dict[tuple[str, str], Visitor] = {}

    def come_again(*who_and_language: str) -> Visitor:
        if who_and_language not in known:
            known[who_and_language] = meet(*who_and_language, **options)
        return known[who_and_language]

    yield come_again
    for visitor in known.values():
        visitor.context.close()


@contextmanager
def visits(meet: Callable[..., Visitor], regulars: Callable[..., Visitor]) -> Iterator[Callable[..., Page]]:
    """open_page(page of tests/pages.py, language): the browser's page, whose troubles are told in the end."""
    visited: list[tuple[pages.Page, Visitor]] = []

    def open_page(wanted: pages.Page, language: str) -> Page:
        # A page that stands at the end of a way is reached from its beginning.
        visitor = (meet if wanted.before else regulars)(wanted.who, language)
        visited.append((wanted, visitor))
        return visitor.open(wanted)

    yield open_page
    for wanted, visitor in visited:
        visitor.watcher.check()
        if wanted.before:
            visitor.context.close()
