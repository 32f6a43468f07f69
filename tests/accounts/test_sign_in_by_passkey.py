import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from tests.accounts.factors import (
    ADD_PASSKEY,
    SECOND_STEP,
    SoftPasskey,
    give_passkey,
    options_on,
    show_it_is_you,
    type_password,
)
from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ALONE = "/account/login/passkey/"
SHOW = "/account/2fa/webauthn/reauthenticate/"


@pytest.fixture
def phone(parent):
    """The parent's phone, with the passkey that they added."""
    phone = SoftPasskey()
    give_passkey(parent, passkey=phone)
    return phone


def show(client, phone, user, **more):
    return client.post(ALONE, {"credential": phone.get(options_on(client.get(ALONE)), user)} | more)


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_passkey_alone_signs_in_without_password_or_second_step(client, parent, phone):
    assert show(client, phone, parent).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(parent.pk)


def test_the_page_asked_for_opens_and_never_one_elsewhere(client, parent, phone):
    assert show(client, phone, parent, next="/settings/").headers["Location"] == "/settings/"
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert show(Client(), phone, parent, next=elsewhere).headers["Location"] == "/"


def test_the_page_tells_nobody_who_has_a_passkey(client, parent, phone):
    options = options_on(client.get(ALONE))
    assert not options.get("allowCredentials")
    assert options["userVerification"] == "required"


def test_a_passkey_of_one_person_opens_no_other_account(client, parent, stranger, phone):
    give_passkey(stranger)
    answer = show(client, phone, stranger)
    assert "That passkey did not fit. Try again." in answer.content.decode()
    assert not is_in(client)


def test_an_old_answer_does_not_fit_twice(client, parent, phone):
    credential = phone.get(options_on(client.get(ALONE)), parent)
    client.post(ALONE, {"credential": credential})
    client.post("/account/logout/")
    client.get(ALONE)
    client.post(ALONE, {"credential": credential})
    assert not is_in(client)


def test_an_answer_for_another_browser_does_not_fit(client, parent, phone):
    credential = phone.get(options_on(client.get(ALONE)), parent)
    elsewhere = Client()
    elsewhere.get(ALONE)
    elsewhere.post(ALONE, {"credential": credential})
    assert not is_in(elsewhere)


def test_an_answer_made_for_another_site_does_not_fit(client, parent, phone):
    phone.origin = "https://evil.example"
    show(client, phone, parent)
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed", ["", "{}", "[]", "x", '{"id": 1}', '{"id": "AA", "response": {"userHandle": "AA"}}']
)
def test_what_is_no_passkey_is_refused_and_never_an_error(client, parent, phone, changed):
    client.get(ALONE)
    answer = client.post(ALONE, {"credential": changed})
    assert answer.status_code == 200
    assert not is_in(client)


def test_a_whose_that_is_nobodys_is_refused(client, parent, phone):
    show(client, phone, User(email="x@example.com"))
    assert not is_in(client)


def test_someone_whose_journal_is_closed_is_not_let_in(client, parent, phone):
    User.objects.update(is_active=False)
    show(client, phone, parent)
    assert client.get("/settings/").status_code == 302


def test_a_demo_account_out_of_place_is_not_let_in(client):
    demo, phone = make_user(email="demo@example.com", is_demo=True), SoftPasskey()
    give_passkey(demo, passkey=phone)
    show(client, phone, demo)
    assert client.get("/settings/").status_code == 302


def test_a_passkey_shown_without_a_finger_signs_nobody_in_not_even_to_what_the_second_step_asked(client, parent):
    phone = SoftPasskey(shown=b"\x01")
    give_passkey(parent, passkey=phone)
    with time_machine.travel(time.time(), tick=False) as clock:
        type_password(client)
        wanted = options_on(client.get(SECOND_STEP))
        clock.shift(16 * 60)  # the sign-in that was under way lapses, what was asked does not
        client.post(ALONE, {"credential": phone.get(wanted, parent)})
    assert not is_in(client)


@pytest.mark.parametrize("address", [SECOND_STEP, SHOW])
def test_each_step_that_takes_a_passkey_wants_the_finger_too(client, parent, address):
    phone = SoftPasskey(shown=b"\x01")
    give_passkey(parent, passkey=phone)
    if address == SHOW:
        client.force_login(parent)
    else:
        type_password(client)
    client.post(address, {"credential": phone.get(options_on(client.get(address)))})
    shown = client.session.get("account_authentication_methods", [])
    assert "mfa" not in {record["method"] for record in shown}
    phone.shown = b"\x05"
    client.post(address, {"credential": phone.get(options_on(client.get(address)))})
    assert "mfa" in {record["method"] for record in client.session["account_authentication_methods"]}


@pytest.mark.parametrize(("ticked", "closes"), [({}, True), ({"remember": "on"}, False)])
def test_the_phone_is_asked_about_here_too(client, parent, phone, ticked, closes):
    show(client, phone, parent, **ticked)
    assert is_in(client)
    assert client.session.get_expire_at_browser_close() is closes


def test_a_new_passkey_stays_on_the_phone_and_asks_whose_finger_it_is(signed_in, parent):
    show_it_is_you(signed_in)
    wanted = options_on(signed_in.get(ADD_PASSKEY))["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")


def test_a_passkey_that_asked_for_no_finger_is_not_taken(signed_in, parent):
    show_it_is_you(signed_in)
    credential = SoftPasskey(made=b"\x41").create(options_on(signed_in.get(ADD_PASSKEY)))
    assert signed_in.post(ADD_PASSKEY, {"credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_who_has_just_signed_up_may_add_one_without_the_password_again(client, db, mailoutbox):
    client.post("/account/signup/", {"email": "new@example.com", "password1": PASSWORD})
    answer = client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    offer = client.get(answer.headers["Location"]).content.decode()
    assert f'href="{ADD_PASSKEY}?next=/children/new/%3Ffirst"' in offer
    page = client.get(f"{ADD_PASSKEY}?next=/children/new/%3Ffirst")
    assert page.status_code == 200
    added = client.post(
        f"{ADD_PASSKEY}?next=/children/new/%3Ffirst", {"credential": SoftPasskey().create(options_on(page))}
    )
    assert added.headers["Location"] == "/account/2fa/recovery-codes/?next=/children/new/%3Ffirst"


def test_signing_in_is_no_such_proof(client, parent):
    type_password(client)
    assert client.get(ADD_PASSKEY).headers["Location"].startswith("/account/reauthenticate/")
