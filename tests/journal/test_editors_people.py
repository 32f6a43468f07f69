"""People in the admin: an e-mail, the last sign-in, and three buttons; for superusers alone."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from tests.accounts.mailbox import without_tokens
from tests.factories import give_second_factor

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"
BUTTONS = ("close", "reopen", "end-sessions", "let-edit", "let-edit-no-more")


@pytest.fixture
def running(superuser):
    """The superuser's browser, after the second step."""
    give_second_factor(superuser)
    browser = Client()
    browser.force_login(superuser)
    return browser


def press(browser, person, button):
    return browser.post(f"{PEOPLE}{person.pk}/{button}/")


def test_a_superuser_reads_who_is_here_and_when_they_last_came(running, parent):
    page = running.get(PEOPLE).content.decode()
    assert parent.email in page
    assert "Last login" in page or "last login" in page.lower()


def find(browser, email):
    return browser.post(f"{PEOPLE}find/", {"email": email})


@pytest.mark.parametrize("typed", ["parent@example.com", " Parent@Example.com "])
def test_a_person_is_found_by_their_whole_e_mail_and_their_page_is_named_by_id_alone(running, parent, stranger, typed):
    answer = find(running, typed)
    assert answer.headers["Location"] == f"{PEOPLE}{parent.pk}/change/"
    page = running.get(answer.headers["Location"]).content.decode()
    assert parent.email in page
    assert stranger.email not in page


@pytest.mark.parametrize(
    "typed", ["parent", "nobody@example.com", "", "parent@example.com\x00", "x" * 400 + "@example.com"]
)
def test_whom_nobody_has_as_their_e_mail_leads_back_to_the_list(running, parent, typed):
    answer = find(running, typed)
    assert answer.headers["Location"] == PEOPLE
    page = running.get(PEOPLE).content.decode()
    assert "Nobody here has this e-mail." in page
    assert typed == "" or f'value="{typed}' not in page


def test_no_e_mail_goes_into_an_address(running, parent):
    """The front server writes addresses into its log."""
    page = running.get(PEOPLE).content.decode()
    ways = re.findall(r"<form[^>]*>", page)
    assert [way for way in ways if 'method="post"' not in way] == []
    assert f'action="{PEOPLE}find/"' in page
    assert [to for to in re.findall(r'href="([^"]*)"', page) if "@" in to or "%40" in to] == []
    assert parent.email in running.get(f"{PEOPLE}?q=xyzzy").content.decode(), "an address looks for nobody"


def test_no_password_is_on_a_persons_page_and_nothing_there_can_be_typed(running, parent):
    page = without_tokens(running.get(f"{PEOPLE}{parent.pk}/change/")).decode()
    assert parent.email in page
    assert parent.password not in page
    assert "md5" not in page
    assert 'type="password"' not in page
    assert 'type="text"' not in page


def test_nothing_typed_changes_a_person(running, parent):
    running.post(f"{PEOPLE}{parent.pk}/change/", {"email": "other@example.com", "is_superuser": "on", "_save": "1"})
    parent.refresh_from_db()
    assert (parent.email, parent.is_superuser, parent.is_staff) == ("parent@example.com", False, False)


def test_nobody_is_made_or_deleted_there(running, parent):
    assert running.get(f"{PEOPLE}add/").status_code == 403
    assert running.post(f"{PEOPLE}{parent.pk}/delete/", {"post": "yes"}).status_code == 403
    assert type(parent).objects.filter(pk=parent.pk).exists()


def test_a_closed_account_is_signed_out_and_cannot_come_back_until_it_is_opened(running, parent, signed_in):
    assert signed_in.get("/moments/").status_code == 200
    press(running, parent, "close")
    assert signed_in.get("/moments/").status_code == 302
    parent.refresh_from_db()
    assert not parent.is_active
    press(running, parent, "reopen")
    parent.refresh_from_db()
    assert parent.is_active


def test_ended_sessions_are_those_of_one_person_alone(running, parent, signed_in, stranger):
    other = Client()
    other.force_login(stranger)
    page = running.post(f"{PEOPLE}{parent.pk}/end-sessions/", follow=True)
    assert "Signed out on 1 device." in page.content.decode()
    assert signed_in.get("/moments/").status_code == 302
    assert other.get("/moments/").status_code == 200
    assert running.get(PEOPLE).status_code == 200


def test_a_superuser_makes_an_editor_and_takes_it_back(running, stranger):
    press(running, stranger, "let-edit")
    stranger.refresh_from_db()
    assert stranger.is_staff
    assert stranger.groups.count() == 1
    press(running, stranger, "let-edit-no-more")
    stranger.refresh_from_db()
    assert not stranger.is_staff
    assert stranger.groups.count() == 0


def test_what_was_done_stands_in_the_history_with_who_did_it(running, parent, superuser):
    press(running, parent, "close")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (superuser, str(parent.pk))
    assert "Closed" in running.get(f"{PEOPLE}{parent.pk}/history/").content.decode()
    assert parent.email not in entry.object_repr + entry.change_message


@pytest.mark.parametrize("button", BUTTONS)
def test_nobody_does_it_to_themselves(running, superuser, button):
    press(running, superuser, button)
    superuser.refresh_from_db()
    assert superuser.is_active
    assert running.get(PEOPLE).status_code == 200
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_is_pressed_and_never_followed(running, parent, button):
    assert running.get(f"{PEOPLE}{parent.pk}/{button}/").status_code == 405


def test_the_e_mail_of_whoever_is_looked_for_is_sent_and_never_followed(running, parent):
    assert running.get(f"{PEOPLE}find/?email={parent.email}").status_code == 405


@pytest.mark.parametrize("button", BUTTONS)
def test_an_editor_of_words_does_nothing_to_anybody(editing, parent, button):
    assert editing.get(PEOPLE).status_code == 403
    assert editing.get(f"{PEOPLE}{parent.pk}/change/").status_code == 403
    assert find(editing, parent.email).status_code == 403
    assert find(editing, "nobody@example.com").status_code == 403
    before = type(parent).objects.filter(pk=parent.pk).values().get()
    press(editing, parent, button)
    assert type(parent).objects.filter(pk=parent.pk).values().get() == before
