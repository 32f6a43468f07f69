"""What a page says in Latin letters, in its text and its attributes, that no person wrote."""

import ast
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from journal.demo import read

TESTS = Path(__file__).parent
SAID_BY = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"}
# What a script looks up, and says to nobody.
LOOKED_UP = {"data-outbox-why"}
SILENT = {"script", "style"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
# Addresses, codes to type, the ends of texts that are cut, and a text that is too long on purpose.
OTHER_SIGNS = re.compile(r"\S+@\S+|\b(?=[A-Z\d]*\d)?[A-Z\d]{4,5}\b|[^·]+…|x{9,}")
# Names that are the same in every language.
NAMES = ("Most of", "the Time", "Center for Health and Safety Culture", "Google Authenticator", "JavaScript")


class Said(HTMLParser):
    """Each piece, but what is marked as another language's, and the cities of the time zones."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.quiet = [False]
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        quiet = self.quiet[-1] or tag in SILENT or told.get("name") == "time_zone" or (tag != "html" and "lang" in told)
        if not quiet:
            self.pieces += [value for name, value in attrs if value and is_said(name, value)]
        if tag not in VOID:
            self.quiet.append(quiet)

    def handle_startendtag(self, tag, attrs):
        """A shape of a picture: nothing is inside it."""

    def handle_endtag(self, tag):
        self.quiet.pop()

    def handle_data(self, data):
        if not self.quiet[-1]:
            self.pieces.append(" ".join(data.split()))


def is_said(name: str, value: str) -> bool:
    """By a screen reader, or by a script, which keeps its sentences in data- attributes."""
    return name in SAID_BY or (name.startswith("data-") and name not in LOOKED_UP and " " in value and value[0] != "{")


def plain_words(html: str, written: Iterable[str]) -> list[str]:
    """The pieces with a Latin word that is in no line of `written`."""
    found = []
    for piece in Said(html).pieces:
        left = piece
        for line in written:
            left = left.replace(line, "")
        if WORD.search(OTHER_SIGNS.sub("", left)):
            found.append(piece)
    return found


def written_by_people() -> list[str]:
    """Each line of the families of the demo and of the tests, the longest first: none hides a part of another."""
    texts = [*texts_in(read("demo.json")), *texts_in(read("demo_sharing.json"))]
    for name in ("pages.py", "sharing_pages.py", "page.py", "factories.py"):
        nodes = ast.walk(ast.parse((TESTS / name).read_text(encoding="utf-8")))
        texts += [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    lines = {" ".join(line.split()) for text in texts for line in text.split("\n") if line[:1].isupper()}
    return sorted({*lines, *NAMES}, key=len, reverse=True)


def texts_in(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from texts_in(part)
