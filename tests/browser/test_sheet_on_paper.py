"""The sheet for a visit, as Chromium prints it: one page, with its structure, however much was shared."""

import json
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.paper import print_page, words_on
from tests.browser.server import ROOT
from tests.pages import LANGUAGES

TITLE = {"en": "Before your visit with", "es": "Antes de tu visita con"}
NOTHING = {"en": "No shared moments.", "es": "No hay momentos compartidos."}
FURNITURE = {
    "en": ("Leave fast", "Print it from your browser's menu", "Families", "Back to"),
    "es": ("Salir rápido", "Imprímela", "Familias", "Volver"),
}


@pytest.fixture
def open_sheet(new_context, server):
    """open_sheet(language, amount): the reader's page of it."""

    def come(language, amount):
        command = [sys.executable, "-m", "tests.browser.shares", "make", language, amount]
        told = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
        made = json.loads(told.stdout)
        context = new_context()
        context.add_cookies([{"name": "session", "value": made["session"], "url": server.address}])
        page = context.new_page()
        page.goto(f"/families/{made['share']}/sheet/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        return page

    return come


def structure(printed):
    """The kinds of its parts, from the whole down."""

    def walk(part):
        part = part.get_object()
        if "/S" in part:
            yield part["/S"]
        kids = part.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if hasattr(kid.get_object(), "get"):
                yield from walk(kid)

    return list(walk(printed.root_object["/StructTreeRoot"]))


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("amount", ["nothing", "usual", "most"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_tagged_page(language, amount, paper, open_sheet):
    printed = print_page(open_sheet(language, amount), paper)
    assert len(printed.pages) == 1
    assert printed.root_object["/MarkInfo"]["/Marked"]
    assert printed.root_object["/Lang"] == language
    parts = structure(printed)
    assert parts.count("/H1") == 1
    assert "/H2" in parts
    words = words_on(printed)
    assert TITLE[language] in words
    assert (NOTHING[language] in words) == (amount == "nothing")
    assert not [thing for thing in FURNITURE[language] if thing in words]
