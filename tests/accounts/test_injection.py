"""What is typed stays text, wherever it goes: a mail, a header, a query, a page. And it counts in one place alone."""

import re

import pytest
from django.core.mail import BadHeaderError, EmailMessage

from accounts.models import User
from journal.models import Moment
from tests import architecture
from tests.architecture import Source, python_files
from tests.factories import PASSWORD, make_moment

pytestmark = pytest.mark.django_db

CODE = python_files(*architecture.CODE)
HEADERS = [
    "\nBcc: evil@example.com",
    "\r\nBcc: evil@example.com",
    "%0aBcc:evil@example.com",
    "\x00",
    ",evil@example.com",
]


@pytest.mark.parametrize("more", HEADERS)
@pytest.mark.parametrize("path", ["/account/signup/", "/account/password/reset/", "/account/login/code/"])
def test_mail_injection_an_e_mail_with_more_in_it_gets_no_mail(client, parent, mailoutbox, path, more):
    for typed in (f"parent@example.com{more}", f"parent{more}@example.com"):
        client.post(path, {"email": typed, "password1": PASSWORD})
        for mail in mailoutbox:
            assert len(mail.recipients()) == 1
            assert "evil@example.com" not in mail.recipients()
            assert "Bcc" not in mail.message()


def test_mail_injection_no_subject_or_address_takes_a_second_line():
    """The last barrier, for whatever is put there one day."""
    for one in (
        EmailMessage("Notes\nBcc: evil@example.com", "x"),
        EmailMessage("Notes", "x", to=["a@b.c\nBcc: d@e.f"]),
    ):
        with pytest.raises(BadHeaderError):
            one.message()


def test_parameter_pollution_what_is_in_the_address_does_not_count_as_sent(signed_in, parent):
    signed_in.post("/settings/?language=es&time_zone=America/Bogota", {"language": "en", "time_zone": "America/Lima"})
    parent.refresh_from_db()
    assert (parent.language, parent.time_zone) == ("en", "America/Lima")
    assert signed_in.post("/settings/?language=es&time_zone=America/Bogota", {}).status_code == 422
    signed_in.cookies["language"] = "es"
    assert User.objects.get(pk=parent.pk).language == "en"


def test_parameter_pollution_of_two_the_last_counts_and_is_checked(signed_in, parent, child, stranger):
    theirs = make_moment(author=stranger)
    sent = {"kind": ["responsive", "missed"], "child": [str(child.pk)], "text": ["one", "two"]}
    signed_in.post("/moments/new/", sent)
    kept = Moment.objects.get(author=parent)
    assert (kept.kind, kept.text) == ("missed", "two")
    signed_in.post("/moments/new/", {"kind": "repair", "repairs": ["", str(theirs.pk)], "child": str(child.pk)})
    assert Moment.objects.filter(author=parent).count() == 1


def made_of_words(source):
    """Templates and code that are built from text, commands, and chance that can be guessed."""
    for word in (
        "from_string(",
        "Template(",
        "import random",
        "from random",
        " eval(",
        " exec(",
        "subprocess",
        "pickle",
    ):
        if word in source.text:
            yield f"{source.path}: {word}"


def test_no_template_no_code_and_no_command_is_built_from_words_and_nothing_secret_by_weak_chance():
    found = [one for source in CODE for one in made_of_words(source)]
    assert found == []


MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|Function\(|createContextualFragment"
)


def test_no_script_of_ours_makes_markup_of_text():
    scripts = architecture.read(sorted((architecture.ROOT / "static" / "js").rglob("*.js")))
    assert len(scripts) > 10
    assert [source.path for source in scripts if MARKUP.search(source.text)] == []
    assert MARKUP.search("box.innerHTML = text")


@pytest.mark.parametrize("text", ["Template(text)", "import random", "engine.from_string(x)", "x = eval(text)"])
def test_what_builds_from_words_is_found(text):
    assert list(made_of_words(Source("journal/bad.py", text)))
