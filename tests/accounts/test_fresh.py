"""A fresh sign-in, and that what was sent when it is asked is neither lost nor read."""

import base64
import json
import time

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse

from accounts.models import DataKey, User
from journal.models import Share
from tests.accounts.factors import ADD_APP, give_app, give_passkey, show_it_is_you
from tests.factories import PASSWORD, make_share, make_user

pytestmark = pytest.mark.django_db

ASKED = "/account/reauthenticate/"
CANARY = "Jess Canary Miller"


@pytest.fixture
def asked(wednesday, parent, visitor, child):
    return make_share(parent=parent, reader=visitor, agreed=False)


@pytest.fixture
def clock():
    with time_machine.travel(time.time(), tick=False) as clock:
        yield clock


def agree(share):
    return f"/sharing/{share.pk}/agree/"


def say_yes(client, share, child):
    sent = {"children": [str(child.pk)], "signed_name": CANARY, "ends_on": "2026-06-02"}
    return client.post(agree(share), sent)


def show(client, wanted, password=PASSWORD):
    return client.post(ASKED, {"password": password, "next": wanted})


def test_a_yes_asks_who_it_is_first_and_nothing_is_agreed(signed_in, asked, child):
    assert say_yes(signed_in, asked, child).headers["Location"] == f"{ASKED}?next={agree(asked).replace('/', '%2F')}"
    assert Share.objects.get().agreed_at is None


def test_to_agree_a_sign_in_of_the_last_five_minutes_will_do(client, parent, asked, child, clock):
    client.post("/account/login/", {"login": parent.email, "password": PASSWORD})
    clock.shift(4 * 60)
    assert say_yes(client, asked, child).headers["Location"] == asked.get_absolute_url()
    assert Share.objects.get().agreed_at is not None


def test_to_agree_an_older_sign_in_will_not_do(client, parent, asked, child, clock):
    client.post("/account/login/", {"login": parent.email, "password": PASSWORD})
    clock.shift(5 * 60)
    assert say_yes(client, asked, child).headers["Location"].startswith(ASKED)
    assert Share.objects.get().agreed_at is None


def test_the_consent_is_read_without_being_asked(signed_in, asked):
    assert signed_in.get(agree(asked)).status_code == 200


def test_a_form_with_a_mistake_comes_back_without_asking(signed_in, asked):
    assert signed_in.post(agree(asked), {}).status_code == 422


def test_what_was_sent_goes_on_by_itself_once_they_have_shown_who_they_are(signed_in, asked, child):
    say_yes(signed_in, asked, child)
    answer = show(signed_in, agree(asked))
    assert answer.headers["Location"] == asked.get_absolute_url()
    assert Share.objects.get().consent["signed_name"] == CANARY


def test_a_wrong_password_agrees_to_nothing_and_keeps_what_was_sent_for_the_right_one(signed_in, asked, child):
    say_yes(signed_in, asked, child)
    assert "That is not your password" in show(signed_in, agree(asked), "not-the-password-at-all").content.decode()
    assert Share.objects.get().agreed_at is None
    show(signed_in, agree(asked))
    assert Share.objects.get().agreed_at is not None


def test_who_has_a_second_factor_is_asked_for_it_and_not_for_the_password(signed_in, parent, asked, child):
    give_passkey(parent)
    assert say_yes(signed_in, asked, child).headers["Location"].startswith("/account/2fa/webauthn/reauthenticate/")


def test_what_waits_is_not_to_be_read_in_the_session(signed_in, asked, child):
    say_yes(signed_in, asked, child)
    waiting = json.dumps(dict(signed_in.session.items()))
    for words in (CANARY, "Canary", str(child.pk), "signed_name"):
        assert words not in waiting
        assert base64.b64encode(words.encode()).decode().rstrip("=") not in waiting


def test_what_waits_opens_for_nobody_else(signed_in, parent, stranger, client, asked, child):
    say_yes(signed_in, asked, child)
    session = signed_in.session
    waiting = dict(session["account_reauthentication_state"])
    client.force_login(stranger)
    theirs = client.session
    theirs["account_reauthentication_state"] = waiting
    theirs.save()
    assert show(client, agree(asked)).headers["Location"] == agree(asked)
    assert Share.objects.get().agreed_at is None


def test_who_then_goes_another_way_does_not_say_yes_by_it(signed_in, asked, child):
    say_yes(signed_in, asked, child)
    assert show(signed_in, "/settings/").headers["Location"] == "/settings/"
    assert Share.objects.get().agreed_at is None
    show(signed_in, agree(asked))
    assert Share.objects.get().agreed_at is None


def test_what_waits_too_long_is_forgotten(signed_in, asked, child, wednesday):
    say_yes(signed_in, asked, child)
    wednesday.shift(15 * 60)
    assert show(signed_in, agree(asked)).headers["Location"] == agree(asked)
    assert Share.objects.get().agreed_at is None


def waits_for(browser):
    return "account_reauthentication_state" in browser.session


def test_what_waits_too_long_is_put_down_at_the_next_request_whatever_that_is(signed_in, asked, child, wednesday):
    say_yes(signed_in, asked, child)
    wednesday.shift(15 * 60 - 1)
    signed_in.get("/settings/")
    assert waits_for(signed_in)
    wednesday.shift(1)
    signed_in.get("/not/there/")
    assert not waits_for(signed_in)


def test_what_waits_goes_with_a_session_that_nobody_uses_again(signed_in, asked, child, wednesday):
    say_yes(signed_in, asked, child)
    wednesday.shift(31 * 60)
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_what_waits_goes_when_they_sign_out(signed_in, asked, child):
    say_yes(signed_in, asked, child)
    signed_in.post("/account/logout/")
    assert not waits_for(signed_in)


def test_what_is_longer_than_any_page_sends_is_not_kept(signed_in, parent):
    signed_in.post("/account/email/", {"email": "x" * 200_000, "action_add": ""})
    signed_in.post(ADD_APP, {"code": "x" * 200_000})
    assert all(len(row.session_data) < 20_000 for row in Session.objects.all())


def test_it_counts_for_five_minutes(signed_in, parent, clock):
    show_it_is_you(signed_in)
    clock.shift(4 * 60)
    assert signed_in.get(ADD_APP).status_code == 200
    clock.shift(61)
    assert signed_in.get(ADD_APP).headers["Location"].startswith(ASKED)


def test_it_does_not_lead_to_another_site(signed_in, parent):
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert show(signed_in, elsewhere).headers["Location"] == "/"


NEW_EMAIL = {"email": "ana.neu@example.com", "action_add": ""}


def test_a_new_e_mail_is_taken_after_they_have_shown_who_they_are_and_is_not_typed_twice(signed_in, parent, mailoutbox):
    answer = signed_in.post("/account/email/", NEW_EMAIL)
    assert answer.headers["Location"].startswith(ASKED)
    assert not mailoutbox
    assert b"ana.neu" not in json.dumps(dict(signed_in.session.items())).encode()
    assert show(signed_in, "/account/email/").headers["Location"] == reverse("account_email_verification_sent")
    assert mailoutbox[0].to == ["ana.neu@example.com"]


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"])
def test_a_factor_is_changed_by_who_has_just_shown_who_they_are(signed_in, parent, name):
    assert signed_in.get(reverse(name)).headers["Location"].startswith(ASKED)


def test_taking_a_factor_away_asks_too(signed_in, parent):
    give_app(parent)
    answer = signed_in.post(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"].startswith("/account/2fa/reauthenticate/")
    assert parent.authenticator_set.exists()


def test_an_error_on_a_page_asks_nobody_who_they_are(client, db):
    user = make_user(email="odd@example.com")
    client.force_login(user)
    client.raise_request_exception = False
    User.objects.filter(pk=user.pk).update(time_zone="Not/There")
    assert client.get("/settings/").status_code == 500
    assert not DataKey.objects.exists()


def test_what_waited_for_an_earlier_question_does_not_run_for_a_later_one(signed_in, asked, child):
    say_yes(signed_in, asked, child)
    signed_in.get("/settings/export/")
    show(signed_in, agree(asked))
    assert Share.objects.get().agreed_at is None
