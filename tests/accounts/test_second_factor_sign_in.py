import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as project
from django.test import Client

from accounts.models import User
from tests.accounts.factors import (
    KEY,
    NOT_FOUND_HERE,
    SECOND_STEP,
    SIGN_IN,
    code_of,
    give_app,
    give_codes,
    type_password,
)
from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "five-lazy-herons-nap-here"


@pytest.fixture
def careful(parent):
    """The parent, with an app."""
    give_app(parent)
    return parent


def signed_in(client):
    return "_auth_user_id" in client.session


def reset_password(client, mailoutbox):
    client.post("/account/password/reset/", {"email": "parent@example.com"})
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[-1])})
    client.post("/account/password/reset/complete/", {"password1": NEW_PASSWORD})


def test_the_password_alone_signs_nobody_in_who_has_an_app(client, careful):
    assert type_password(client).headers["Location"] == SECOND_STEP
    assert not signed_in(client)
    assert client.get("/settings/").headers["Location"].startswith(SIGN_IN)


def test_the_code_of_the_app_does(client, careful):
    type_password(client)
    assert client.post(SECOND_STEP, {"code": code_of()}).headers["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_after_both_steps_the_page_asked_for_opens(client, careful):
    client.post(f"{SIGN_IN}?next=/weeks/", {"login": "parent@example.com", "password": PASSWORD})
    assert client.post(SECOND_STEP, {"code": code_of()}).headers["Location"] == "/weeks/"


@pytest.mark.parametrize(("remember", "kept"), [({"remember": "on"}, True), ({}, False)])
def test_this_is_my_own_phone_holds_through_the_second_step(client, careful, remember, kept):
    type_password(client, **remember)
    client.post(SECOND_STEP, {"code": code_of()})
    assert bool(client.cookies[project.SESSION_COOKIE_NAME]["max-age"]) == kept


def test_who_has_no_second_factor_signs_in_as_before(client, parent):
    assert type_password(client).headers["Location"] == "/"


def test_the_second_step_is_for_those_who_typed_their_password(client, careful):
    assert client.get(SECOND_STEP).headers["Location"] == SIGN_IN
    assert client.post(SECOND_STEP, {"code": code_of()}).headers["Location"] == SIGN_IN
    assert not signed_in(client)


def test_a_wrong_password_tells_nobody_that_there_is_a_second_step(client, careful):
    page = client.post(SIGN_IN, {"login": "parent@example.com", "password": "not-the-password-at-all"})
    assert "That e-mail and password don&#x27;t go together." in page.content.decode()


def test_a_wrong_code_keeps_the_page_with_a_message_beside_the_field(client, careful):
    type_password(client)
    page = client.post(SECOND_STEP, {"code": "000000"})
    text = page.content.decode()
    assert page.status_code == 200
    assert NOT_FOUND_HERE in text.partition('id="id_code_error"')[2].partition("<input")[0]
    assert 'value="000000"' in text
    assert not signed_in(client)


def test_the_page_names_nobody(client, careful):
    type_password(client)
    text = client.get(SECOND_STEP).content.decode()
    assert "parent@example.com" not in text
    assert str(careful.pk) not in text
    assert "<title>Notes: second step</title>" in text


def test_a_code_is_not_taken_twice_for_as_long_as_it_would_fit(careful):
    with time_machine.travel(time.time() // 30 * 30, tick=False) as clock:
        code = code_of()
        first, second = Client(), Client()
        type_password(first)
        type_password(second)
        first.post(SECOND_STEP, {"code": code})
        assert signed_in(first)
        for _ in range(3):
            assert NOT_FOUND_HERE in second.post(SECOND_STEP, {"code": code}).content.decode()
            clock.shift(29)
        assert not signed_in(second)
        second.post(SECOND_STEP, {"code": code_of()})
        assert signed_in(second)


@pytest.mark.parametrize("written", ["{0}", "{0} ", "{1} {2}", "{1}-{2}", "{1}\u00a0{2}", "{0}。"])
def test_a_used_code_is_not_taken_in_another_spelling(careful, written):
    with time_machine.travel(time.time(), tick=False):
        code = code_of()
        first, second = Client(), Client()
        type_password(first)
        first.post(SECOND_STEP, {"code": code})
        type_password(second)
        second.post(SECOND_STEP, {"code": written.format(code, code[:3], code[3:])})
        assert not signed_in(second)


@pytest.mark.parametrize(("seconds_ago", "fits"), [(-31, True), (0, True), (31, True), (-61, False), (61, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(client, careful, seconds_ago, fits):
    with time_machine.travel(time.time() // 30 * 30, tick=False):
        type_password(client)
        client.post(SECOND_STEP, {"code": code_of(seconds_ago=seconds_ago + (seconds_ago > 0) * -1)})
        assert signed_in(client) == fits


def test_the_code_of_another_opens_nothing(client, careful, stranger):
    theirs = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    give_app(stranger, theirs)
    type_password(client)
    client.post(SECOND_STEP, {"code": code_of(theirs)})
    assert not signed_in(client)
    # And it is still good for the one it belongs to.
    other = Client()
    type_password(other, "stranger@example.com")
    other.post(SECOND_STEP, {"code": code_of(theirs)})
    assert signed_in(other)


def test_after_five_wrong_codes_the_right_one_has_to_wait(client, careful):
    with time_machine.travel(time.time(), tick=False) as clock:
        type_password(client)
        for number in range(5):
            client.post(SECOND_STEP, {"code": f"00000{number}"})
        text = client.post(SECOND_STEP, {"code": code_of()}).content.decode()
        assert "That was a lot of tries. Wait five minutes, then sign in again." in text
        clock.shift(5 * 60 + 1)
        client.post(SECOND_STEP, {"code": code_of()})
        assert signed_in(client)


def test_the_second_step_waits_a_quarter_of_an_hour(client, careful):
    with time_machine.travel(time.time(), tick=False) as clock:
        type_password(client)
        clock.shift(15 * 60 + 1)
        assert client.post(SECOND_STEP, {"code": code_of()}).headers["Location"] == SIGN_IN
        assert not signed_in(client)


def test_a_recovery_code_works_once(client, careful):
    code = give_codes(careful)[3]
    type_password(client)
    client.post(SECOND_STEP, {"code": f"{code[:4]} {code[4:]}"})
    assert signed_in(client)
    again = Client()
    type_password(again)
    assert NOT_FOUND_HERE in again.post(SECOND_STEP, {"code": code}).content.decode()
    assert not signed_in(again)


def test_a_new_password_does_not_go_round_the_second_step(client, careful, mailoutbox):
    reset_password(client, mailoutbox)
    assert not signed_in(client)
    answer = client.post(SIGN_IN, {"login": "parent@example.com", "password": NEW_PASSWORD})
    assert answer.headers["Location"] == SECOND_STEP
    assert client.get("/settings/").status_code == 302
    assert Authenticator.objects.count() == 1
    client.post(SECOND_STEP, {"code": code_of()})
    assert signed_in(client)


def test_a_new_password_in_an_open_session_takes_no_factor_away(careful, mailoutbox):
    client = Client()
    client.force_login(careful)
    reset_password(client, mailoutbox)
    assert client.get("/account/2fa/totp/deactivate/").headers["Location"].startswith(SIGN_IN)


def test_checking_the_e_mail_at_sign_in_does_not_go_round_it(client, careful, mailoutbox):
    careful.emailaddress_set.update(verified=False)
    assert type_password(client).headers["Location"] == "/account/confirm-email/"
    answer = client.post("/account/confirm-email/", {"code": code_in(mailoutbox[-1])})
    assert answer.headers["Location"] == SECOND_STEP
    assert not signed_in(client)


def test_a_journal_closed_meanwhile_lets_nobody_in(client, careful):
    type_password(client)
    User.objects.update(is_active=False)
    client.post(SECOND_STEP, {"code": code_of()}, follow=True)
    assert client.get("/settings/").status_code == 302


def test_starting_over_forgets_the_password_that_was_typed(client, careful):
    type_password(client)
    assert client.post("/account/logout/", {"next": SIGN_IN}).headers["Location"] == SIGN_IN
    assert client.get(SECOND_STEP).headers["Location"] == SIGN_IN


def test_a_key_that_does_not_open_lets_nobody_in(client, careful):
    client.raise_request_exception = False
    careful.authenticator_set.update(data={"secret": f"gone:{KEY}"})
    type_password(client)
    assert client.post(SECOND_STEP, {"code": code_of()}).status_code == 500
    assert not signed_in(client)


def test_opening_the_page_uses_no_code_up(client, careful):
    type_password(client)
    client.get(SECOND_STEP, {"code": code_of()})
    assert not signed_in(client)
    client.post(SECOND_STEP, {"code": code_of()})
    assert signed_in(client)
