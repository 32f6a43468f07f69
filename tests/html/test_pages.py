"""Every page in both languages and from right to left, put through the Nu HTML checker in one run."""

import json
import os
import subprocess

import pytest
from django.core.management import call_command

from journal.models import Share
from tests.asking import ask
from tests.pages import ALL_PAGES, LANGUAGES, PAGES, make_people
from tests.pseudo import CODE, spoken

# What the checker advises and we do not do, each with the reason.
ADVICE_NOT_TAKEN = {
    # Safari's screen reader takes a list without bullets for no list, unless its role is written.
    *(f"The “list” role is unnecessary for element “{element}”." for element in ("ul", "ol")),
    # A moment begins with its kind and its link; twenty headings a page would bury the page's own.
    "Article lacks heading. Consider using “h2”-“h6” elements to add identifying headings to all articles.",
}
# It guesses the language by the letters. In the one from right to left the words that people wrote stay as they are.
GUESSED = "This document appears to be written in "


@pytest.fixture
def emptied(transactional_db):
    """Emptying the tables meets the readings, which go with their share and never alone."""
    yield
    Share.objects.all().delete()


@pytest.fixture
def saved(emptied, mailoutbox, tmp_path):
    """A folder with the HTML of every page in both languages and in one that runs from right to left."""
    call_command("load_content")
    for language in LANGUAGES:
        save(tmp_path, language, mailoutbox)
    with spoken():
        save(tmp_path, CODE, mailoutbox)
    return tmp_path


def save(folder, language, mailbox):
    """Each page has the status it should have. The form of the settings offers real languages alone.

    The admin's own pages are not ours to turn from right to left.
    """
    people, rows = make_people(language)
    for wanted in PAGES if language == CODE else ALL_PAGES:
        answer = ask(wanted, language, people, rows, mailbox)
        status = 422 if language == CODE and wanted.name == "settings-saved" else wanted.status
        assert answer.status_code == status, f"{wanted} in {language} answered {answer.status_code}"
        (folder / f"{language}-{wanted}.html").write_bytes(answer.getvalue())


def test_the_checker_finds_nothing(saved):
    told = check(saved)
    assert not told, "\n".join(sorted(told))


def test_the_checker_finds_what_is_wrong(tmp_path):
    """The control: were it not reading these files, it would find nothing here either."""
    (tmp_path / "wrong.html").write_text("<!doctype html><title>Notes</title><ul><p>No item</p></ul>")
    told = check(tmp_path)
    assert any("Element “p” not allowed as child of element “ul”" in line for line in told)
    assert any("Consider adding a “lang” attribute" in line for line in told)


def check(folder):
    """What the checker says of the pages in a folder, errors and warnings alike."""
    command = ["java", "-jar", os.environ["VNU_JAR"], "--format", "json", str(folder)]
    told = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    messages = [(message["url"].rpartition("/")[2], message) for message in json.loads(told.stderr)["messages"]]
    return {
        f"{page}: {message['message']} {message.get('extract', '')!r}"
        for page, message in messages
        if message["message"] not in ADVICE_NOT_TAKEN
        and not (page.startswith(CODE) and message["message"].startswith(GUESSED))
    }
