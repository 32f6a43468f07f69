"""Every page, in a language that nobody speaks: no word of ours is out of a translator's reach.

It runs from right to left, and the page says so.
"""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from journal.takeout import pages as takeout
from tests.asking import ask
from tests.pages import PAGES, make_people
from tests.plain_words import plain_words, written_by_people
from tests.pseudo import CODE, pseudo, spoken

TEMPLATES = settings.BASE_DIR / "templates"
TEXTS = sorted(TEMPLATES.rglob("*.txt"))
WRITTEN = written_by_people()


# What the pages say does not hang on the database.
@pytest.mark.sqlite
def test_every_page_says_all_its_words_in_the_language_and_in_its_direction(db, mailoutbox):
    call_command("load_content")
    plain, straight = {}, []
    with spoken():
        people, rows = make_people(CODE)
        for page in PAGES:
            html = ask(page, CODE, people, rows, mailoutbox).content.decode()
            if found := plain_words(html, WRITTEN):
                plain[page.name] = found
            if f'<html lang="{CODE}" dir="rtl">' not in html:
                straight.append(page.name)
    assert plain == {}
    assert straight == []


def test_the_manifest_and_the_readable_journal_say_theirs_too(client, db):
    with spoken():
        manifest = client.get("/manifest.webmanifest", headers={"accept-language": CODE}).json()
        with translation.override(CODE):
            journal = takeout.begin()
    names = [manifest["name"], manifest["short_name"], *(shortcut["name"] for shortcut in manifest["shortcuts"])]
    assert [name for name in names if name != pseudo(name)] == []
    assert plain_words(journal, []) == []
    assert f'<html lang="{CODE}" dir="rtl">' in journal


@pytest.mark.parametrize("template", TEXTS, ids=lambda path: path.stem)
def test_every_mail_and_message_says_its_words_too(template, db):
    """With nothing filled in, all that is left is ours, an address aside."""
    with spoken(), translation.override(CODE):
        text = render_to_string(str(template.relative_to(TEMPLATES)), {"code": "1", "name": "1"})
    assert re.sub(r"\S*/\S+", "", pseudo(text)) == re.sub(r"\S*/\S+", "", text)


def test_a_page_in_english_runs_from_left_to_right(db):
    assert '<html lang="en">' in Client().get("/help/").content.decode()


@pytest.mark.parametrize(
    "html",
    [
        "<p>Save</p>",
        "<p>שמור and go on</p>",
        '<button aria-label="Close">×</button>',
        '<p data-saved="It is kept.">×</p>',
        '<p lang="es">Guardar</p><p>Save</p>',
    ],
)
def test_a_plain_word_is_found_wherever_it_is_said(html):
    assert len(plain_words(html, ["Mia"])) == 1


@pytest.mark.parametrize(
    "html",
    ["<p>שמור Mia</p>", "<script>let word</script>", '<p lang="es">Guardar</p>', '<p data-outbox-why="no answer">'],
)
def test_what_persons_wrote_and_what_is_marked_as_another_language_are_left_apart(html):
    assert plain_words(html, ["Mia"]) == []
