import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.devices import NOWHERE, cut_down
from tests.accounts.factors import type_password

pytestmark = pytest.mark.django_db

DEVICES = "/account/sessions/"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15"
)


@pytest.fixture
def phone(parent):
    client = Client(headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.77")
    type_password(client)
    return client


@pytest.fixture
def laptop(parent):
    client = Client(headers={"user-agent": MAC})
    type_password(client)
    return client


def is_in(client):
    return client.get("/settings/").status_code == 200


def test_a_person_sees_where_they_are_signed_in_and_which_one_is_here(phone, laptop):
    page = phone.get(DEVICES).content.decode()
    assert page.count("Last used on") == 2
    assert "Chrome, Android" in page
    assert "Safari, Mac" in page
    assert page.count("You are here.") == 1


def test_signing_out_everywhere_else_ends_the_others_at_once_and_not_this_one(phone, laptop):
    assert phone.post(DEVICES).headers["Location"] == DEVICES
    assert is_in(phone)
    assert not is_in(laptop)
    assert Session.objects.count() == 1


def test_signing_out_everywhere_ends_this_one_too(phone, laptop):
    phone.post(DEVICES, {"here": "too"})
    assert not is_in(phone)
    assert not is_in(laptop)
    assert not UserSession.objects.exists()


def test_it_ends_no_session_of_anybody_else(phone, stranger):
    theirs = Client()
    type_password(theirs, stranger.email)
    phone.post(DEVICES, {"here": "too"})
    assert is_in(theirs)
    assert "Chrome, Android" not in theirs.get(DEVICES).content.decode()


def test_neither_the_address_nor_what_the_browser_says_of_itself_is_kept(phone):
    row = UserSession.objects.get()
    assert (row.ip, row.user_agent, row.data) == (NOWHERE, "Chrome, Android", {})
    assert "Pixel" not in str(UserSession.objects.values())


@pytest.mark.parametrize("said", ["", "curl/8.1", "x" * 500, "<script>", "Canary \x00 secret"])
def test_of_an_unknown_browser_nothing_is_kept(parent, said):
    assert cut_down(said) == ""
    client = Client(headers={"user-agent": said})
    type_password(client)
    assert "A browser" in client.get(DEVICES).content.decode()


def test_signing_out_and_leaving_take_the_row_away(phone, laptop):
    phone.post("/account/logout/")
    laptop.post("/leave/")
    assert not UserSession.objects.exists()


def test_a_session_that_is_over_is_not_in_the_list(parent):
    with time_machine.travel(time.time(), tick=False) as clock:
        old, new = Client(), Client()
        type_password(old)
        clock.shift(31 * 60)
        type_password(new)
        assert new.get(DEVICES).content.decode().count("Last used on") == 1


def test_a_session_that_is_in_no_list_comes_into_it_with_its_next_use(client, parent):
    with time_machine.travel(time.time(), tick=False) as clock:
        client.force_login(parent)
        assert not UserSession.objects.exists()
        clock.shift(60)
        client.get("/settings/")
        assert UserSession.objects.get().session_key == client.cookies[project.SESSION_COOKIE_NAME].value
