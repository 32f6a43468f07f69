import time
from unittest.mock import Mock

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from accounts.models import User
from tests.accounts.factors import ADD_APP, SECOND_STEP, give_app, type_password
from tests.accounts.mailbox import code_in, without_tokens
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ASK = "/account/login/code/"
TYPE = "/account/login/code/confirm/"
RESET = "/account/password/reset/confirm/"
PICK = "/account/password/reset/complete/"


def ask(client, mailoutbox, email="parent@example.com"):
    client.post(ASK, {"email": email})
    return code_in(mailoutbox[-1])


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_parent_signs_in_with_a_code_from_their_mail(client, parent, mailoutbox):
    assert client.post(ASK, {"email": "Parent@example.com "}).headers["Location"] == TYPE
    assert client.post(TYPE, {"code": code_in(mailoutbox[0])}).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(parent.pk)


def test_the_mail_names_nothing_but_the_code(client, parent, mailoutbox):
    ask(client, mailoutbox)
    assert mailoutbox[0].subject == "Your code for Notes"
    assert "Most of" not in mailoutbox[0].body


def test_after_the_code_the_page_asked_for_opens(client, parent, mailoutbox):
    client.post(f"{ASK}?next=/settings/", {"email": "parent@example.com"})
    answer = client.post(TYPE, {"code": code_in(mailoutbox[0]), "next": "/settings/"})
    assert answer.headers["Location"] == "/settings/"


def test_a_code_never_leads_to_another_site(client, parent, mailoutbox):
    code = ask(client, mailoutbox)
    assert client.post(TYPE, {"code": code, "next": "https://evil.example/"}).headers["Location"] == "/"


def test_a_code_does_not_go_round_the_second_step(client, parent, mailoutbox):
    give_app(parent)
    assert client.post(TYPE, {"code": ask(client, mailoutbox)}).headers["Location"] == SECOND_STEP
    assert not is_in(client)


def test_a_wrong_code_opens_nothing_and_after_three_the_right_one_neither(client, parent, mailoutbox):
    code = ask(client, mailoutbox)
    for _ in range(3):
        client.post(TYPE, {"code": "BBBB-BBBB"})
    client.post(TYPE, {"code": code})
    assert not is_in(client)


def test_a_code_works_once(client, parent, mailoutbox):
    code = ask(client, mailoutbox)
    client.post(TYPE, {"code": code})
    client.post("/account/logout/")
    client.post(TYPE, {"code": code})
    assert not is_in(client)


def test_a_code_works_in_the_browser_that_asked_for_it_and_in_no_other(client, parent, mailoutbox):
    code = ask(client, mailoutbox)
    elsewhere = Client()
    elsewhere.post(TYPE, {"code": code})
    assert not is_in(elsewhere)


def test_a_code_works_for_ten_minutes(client, parent, mailoutbox):
    with time_machine.travel(time.time(), tick=False) as clock:
        code = ask(client, mailoutbox)
        clock.shift(10 * 60 + 1)
        client.post(TYPE, {"code": code})
    assert not is_in(client)


@pytest.mark.parametrize(("ticked", "closes"), [({}, True), ({"remember": "on"}, False)])
def test_the_phone_is_asked_about_here_too(client, parent, mailoutbox, ticked, closes):
    client.post(TYPE, {"code": ask(client, mailoutbox)} | ticked)
    assert is_in(client)
    assert client.session.get_expire_at_browser_close() is closes


def test_a_known_and_an_unknown_e_mail_look_the_same(client, parent):
    pages = []
    for email in ("parent@example.com", "nobody@example.com"):
        answer = client.post(ASK, {"email": email})
        wrong = client.post(TYPE, {"code": "BBBB-BBBB"})
        client.post(TYPE, {"code": ""})
        last = client.post(TYPE, {"code": "BBBB-BBBB"}, follow=True)
        seen = [without_tokens(page).replace(email.encode(), b"") for page in (wrong, last)]
        pages.append((answer.status_code, answer.headers["Location"], seen))
        client.cookies.clear()
    assert pages[0] == pages[1]


def test_an_unknown_e_mail_gets_a_mail_without_a_code(client, db, mailoutbox):
    client.post(ASK, {"email": "nobody@example.com"})
    assert "Nobody signs in with it" in mailoutbox[0].body


def test_a_closed_journal_and_a_demo_account_out_of_place_get_no_code(client, parent, mailoutbox):
    make_user(email="demo@example.com", is_demo=True)
    User.objects.filter(pk=parent.pk).update(is_active=False)
    for email in ("parent@example.com", "demo@example.com"):
        client.post(ASK, {"email": email})
        assert "Nobody signs in with it" in mailoutbox[-1].body


def test_codes_are_not_mailed_without_end(client, parent, mailoutbox):
    for _ in range(30):
        client.post(ASK, {"email": "parent@example.com"})
    assert len(mailoutbox) <= 20


# An e-mail that the code proves for the first time


@pytest.fixture
def squatter(db):
    """Somebody who signed up with an e-mail that is not theirs, and waits for its code."""
    squatter = Client()
    squatter.post("/account/signup/", {"email": "owner@example.com", "password1": PASSWORD})
    return squatter


def test_whoever_signed_up_with_an_e_mail_that_is_not_theirs_loses_it_to_its_owner(client, squatter, mailoutbox):
    client.post(TYPE, {"code": ask(client, mailoutbox, "owner@example.com")})
    assert not squatter.login(email="owner@example.com", password=PASSWORD)
    for address in ("/settings/", "/account/login/", "/account/confirm-email/"):
        squatter.get(address, follow=True)
        squatter.post("/account/confirm-email/", {"code": "BBBB-BBBB"})
        assert not is_in(squatter)


def test_who_proves_an_e_mail_picks_a_password_before_they_come_in(client, squatter, mailoutbox):
    code = ask(client, mailoutbox, "owner@example.com")
    assert client.post(TYPE, {"code": code}).headers["Location"] == PICK
    assert not is_in(client)
    assert "A password from before no longer works." in client.get(PICK).content.decode()
    client.post(PICK, {"password1": "five-lazy-herons-nap-here"})
    type_password(client, "owner@example.com", password="five-lazy-herons-nap-here")
    assert is_in(client)


def test_who_goes_away_without_picking_one_has_one_that_nobody_knows(client, squatter, mailoutbox):
    client.post(TYPE, {"code": ask(client, mailoutbox, "owner@example.com")})
    client.post(TYPE, {"code": ask(client, mailoutbox, "owner@example.com")})
    assert is_in(client)
    assert client.get(ADD_APP).headers["Location"].startswith("/account/reauthenticate/")


def test_sessions_and_second_steps_of_whoever_was_there_before_go_too(client, mailoutbox):
    user = make_user(email="owner@example.com", verified=False)
    give_app(user)
    before = Client()
    before.force_login(user)
    client.post(TYPE, {"code": ask(client, mailoutbox, "owner@example.com")})
    assert before.get("/settings/").status_code == 302
    assert not user.authenticator_set.exists()


@pytest.mark.parametrize(("asks", "types"), [(ASK, TYPE), ("/account/password/reset/", RESET)])
def test_what_whoever_was_there_before_had_begun_ends_as_well(client, squatter, asks, types, mailoutbox):
    client.post(asks, {"email": "owner@example.com"})
    assert squatter.session["account_login"]
    assert client.post(types, {"code": code_in(mailoutbox[-1])}).headers["Location"] == PICK
    assert squatter.session.get("account_login") is None
    assert client.get(PICK).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("asks", "types"), [(ASK, TYPE), ("/account/password/reset/", RESET)])
def test_an_e_mail_is_not_proven_while_the_password_from_before_stays(asks, types, mailoutbox, monkeypatch):
    user = make_user(email="owner@example.com", verified=False)
    monkeypatch.setattr("accounts.first_proof.end_sessions_of", Mock(side_effect=RuntimeError))
    owner = Client(raise_request_exception=False)
    owner.post(asks, {"email": user.email})
    assert owner.post(types, {"code": code_in(mailoutbox[-1])}).status_code == 500
    assert not user.emailaddress_set.get().verified


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [TYPE, RESET])
def test_to_look_at_the_page_for_a_code_opens_no_write(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert [one["sql"] for one in asked if one["sql"].startswith(("BEGIN", "SAVEPOINT"))] == []


@pytest.mark.parametrize("address", [TYPE, RESET])
def test_the_pages_for_a_code_are_open_to_who_is_signed_out(address):
    assert resolve(address).func.login_required is False


def test_an_e_mail_that_was_proven_keeps_its_password(client, parent, mailoutbox):
    client.post(TYPE, {"code": ask(client, mailoutbox)})
    parent.refresh_from_db()
    assert parent.check_password(PASSWORD)
