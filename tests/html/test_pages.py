"""Every page in both languages, put through the Nu HTML checker in one run."""

import json
import os
import subprocess
from itertools import count

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from journal.models import Share
from tests.accounts.mailbox import code_in
from tests.pages import ALL_PAGES, LANGUAGES, come_in, make_people

numbers = count()
# What the checker advises and we do not do, each with the reason.
ADVICE_NOT_TAKEN = {
    # Safari's screen reader takes a list without bullets for no list, unless its role is written.
    *(f"The “list” role is unnecessary for element “{element}”." for element in ("ul", "ol")),
    # A moment begins with its kind and its link; twenty headings a page would bury the page's own.
    "Article lacks heading. Consider using “h2”-“h6” elements to add identifying headings to all articles.",
}


@pytest.fixture
def emptied(transactional_db):
    """Emptying the tables meets the readings, which go with their share and never alone."""
    yield
    Share.objects.all().delete()


@pytest.fixture
def saved(emptied, mailoutbox, tmp_path):
    """A folder with the HTML of every page in both languages; each page had the status it should have."""
    call_command("load_content")
    for language in LANGUAGES:
        people, rows = make_people(language)
        for wanted in ALL_PAGES:
            answer = ask(wanted, language, people, rows, mailoutbox)
            assert answer.status_code == wanted.status, f"{wanted} in {language} answered {answer.status_code}"
            (tmp_path / f"{language}-{wanted}.html").write_bytes(answer.getvalue())
    return tmp_path


def ask(wanted, language, people, rows, mailbox):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"accept-language": language})
    client.cookies[settings.CSRF_COOKIE_NAME] = "t" * 32
    if wanted.who:
        come_in(client, people[wanted.who])
    values = {**rows, "new": f"new-{next(numbers)}@example.com"}

    def send(path, sent):
        if "{code}" in sent.values():
            values["code"] = code_in(mailbox[-1])
        token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
        filled = {name: value.format_map(values) for name, value in (token | sent).items()}
        return client.post(path.format_map(values), filled, follow=True)

    for path, sent in wanted.before:
        send(path, sent)
    return client.get(wanted.path.format_map(values)) if wanted.sent is None else send(wanted.path, wanted.sent)


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
    messages = json.loads(told.stderr)["messages"]
    return {
        f"{message['url'].rpartition('/')[2]}: {message['message']} {message.get('extract', '')!r}"
        for message in messages
        if message["message"] not in ADVICE_NOT_TAKEN
    }
