"""People in the admin: an e-mail, the last sign-in, and three buttons; for superusers alone."""

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


def test_a_person_is_found_by_e_mail(running, parent, stranger):
    page = running.get(f"{PEOPLE}?q=parent").content.decode()
    assert parent.email in page
    assert stranger.email not in page


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


@pytest.mark.parametrize("button", BUTTONS)
def test_an_editor_of_words_does_nothing_to_anybody(editing, parent, button):
    assert editing.get(PEOPLE).status_code == 403
    assert editing.get(f"{PEOPLE}{parent.pk}/change/").status_code == 403
    before = type(parent).objects.filter(pk=parent.pk).values().get()
    press(editing, parent, button)
    assert type(parent).objects.filter(pk=parent.pk).values().get() == before
