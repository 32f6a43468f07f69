"""A password counts as it was typed, whatever it is made of, for as long as its person keeps it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.accounts.factors import SIGN_IN
from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

TYPED = "  Seven quiet Otters hum, ñandú 🦦  "
OTHERS = [TYPED.strip(), TYPED.lower(), TYPED[:-1], TYPED + " ", TYPED.replace("ú", "u"), TYPED.replace("  ", " ")]


def signs_in(email, password):
    client = Client()
    client.post(SIGN_IN, {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_it_is_compared_as_it_was_typed_at_sign_up(client, mailoutbox):
    client.post("/account/signup/", {"email": "new@example.com", "password1": TYPED})
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert signs_in("new@example.com", TYPED)
    assert [other for other in OTHERS[:4] if signs_in("new@example.com", other)] == []


def test_it_is_compared_as_it_was_typed_when_it_was_changed(signed_in, parent):
    signed_in.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": TYPED})
    assert signs_in(parent.email, TYPED)
    assert [other for other in OTHERS[3:] if signs_in(parent.email, other)] == []


def test_a_mistyped_blank_in_the_one_in_use_does_not_pass_for_it(signed_in, parent):
    signed_in.post("/account/password/change/", {"oldpassword": f"{PASSWORD} ", "password1": TYPED})
    assert not signs_in(parent.email, TYPED)


def test_two_years_later_it_still_holds(parent):
    with time_machine.travel(timezone.now() + timedelta(days=730)):
        assert signs_in(parent.email, PASSWORD)


@pytest.mark.parametrize("path", ["/account/signup/", SIGN_IN, "/account/password/change/", "/account/reauthenticate/"])
def test_it_is_hidden_as_it_is_typed_and_a_keeper_of_passwords_may_fill_it_in(client, parent, path):
    if path not in ("/account/signup/", SIGN_IN):
        client.force_login(parent)
    fields = re.findall(r'<input[^>]*name="(?:old)?password1?"[^>]*>', client.get(path).content.decode())
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(?:current|new)-password"', field)
        assert "onpaste" not in field
        assert "maxlength" not in field


def test_nobody_is_asked_for_a_hint_or_a_question(client, parent):
    for path in ("/account/signup/", "/account/password/reset/", SIGN_IN):
        names = re.findall(r'<(?:input|select|textarea)[^>]*name="(\w+)"', client.get(path).content.decode())
        assert set(names) <= {
            "csrfmiddlewaretoken",
            "email",
            "login",
            "password",
            "password1",
            "remember",
            "time_zone",
        } | {
            "language",
            "next",
        }
