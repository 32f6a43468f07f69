import logging
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts.factor_seal import open_secret
from tests.accounts.factors import (
    ADD_APP,
    KEY,
    NOT_FOUND_HERE,
    OVERVIEW,
    REMOVE_APP,
    SECOND_STEP,
    code_of,
    give_app,
    give_codes,
    give_passkey,
    key_on,
    show_it_is_you,
    type_password,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_set_up(signed_in):
    """The parent's browser, where an app may be set up."""
    show_it_is_you(signed_in)
    return signed_in


def everything_kept():
    """All that the database holds of second factors and sessions, as it stands there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = str(cursor.fetchall())
    return rows + str([session.get_decoded() for session in Session.objects.all()])


def test_a_parent_sets_up_an_app_with_the_code_it_shows(at_set_up, parent):
    key = key_on(at_set_up.get(ADD_APP))
    answer = at_set_up.post(ADD_APP, {"code": code_of(key)})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    kinds = parent.authenticator_set.order_by("type").values_list("type", flat=True)
    assert list(kinds) == ["recovery_codes", "totp"]
    page = at_set_up.get(OVERVIEW).content.decode()
    assert "It is on. When you sign in, you type its code." in page


@pytest.mark.django_db(transaction=True)
def test_who_was_signed_in_elsewhere_without_it_comes_in_anew(at_set_up, parent, stranger):
    elsewhere, other = Client(), Client()
    elsewhere.force_login(parent)
    other.force_login(stranger)
    at_set_up.post(ADD_APP, {"code": code_of(key_on(at_set_up.get(ADD_APP)))})
    assert elsewhere.get(OVERVIEW).headers["Location"].startswith("/account/login/")
    assert other.get(OVERVIEW).status_code == 200
    assert at_set_up.get(OVERVIEW).status_code == 200


def test_the_code_may_be_typed_with_spaces(at_set_up, parent):
    code = code_of(key_on(at_set_up.get(ADD_APP)))
    assert at_set_up.post(ADD_APP, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302


def test_the_page_shows_the_key_in_three_ways(at_set_up):
    page = at_set_up.get(ADD_APP)
    text, key = page.content.decode(), key_on(page)
    assert len(key) == 32
    assert f"otpauth://totp/parent%40example.com?secret={key}&amp;issuer=Notes" in text
    assert '<svg class="qr" viewBox="-4 -4 ' in text
    assert "data:" not in text


def test_the_key_is_sealed_wherever_it_is_kept(at_set_up, parent):
    key = key_on(at_set_up.get(ADD_APP))
    assert key not in everything_kept()
    assert "tests1:" in everything_kept()
    at_set_up.post(ADD_APP, {"code": code_of(key)})
    assert key not in everything_kept()
    kept = parent.authenticator_set.get(type="totp").data
    assert kept["secret"].startswith("tests1:")
    assert open_secret(kept["secret"]) == key


def test_the_look_for_the_key_would_find_it(parent):
    Authenticator.objects.create(user=parent, type="totp", data={"secret": KEY})
    assert KEY in everything_kept()


def test_coming_back_from_the_app_the_key_is_the_same(at_set_up):
    assert key_on(at_set_up.get(ADD_APP)) == key_on(at_set_up.get(ADD_APP))


def test_after_half_an_hour_there_is_a_new_key(client, parent):
    signed_in = client
    with time_machine.travel(time.time(), tick=False) as clock:
        type_password(client, remember="on")
        show_it_is_you(signed_in)
        first = key_on(signed_in.get(ADD_APP))
        clock.shift(30 * 60 + 1)
        show_it_is_you(signed_in)
        assert key_on(signed_in.get(ADD_APP)) != first


def test_each_app_has_a_key_of_its_own(at_set_up, parent):
    first = key_on(at_set_up.get(ADD_APP))
    at_set_up.post(ADD_APP, {"code": code_of(first)})
    at_set_up.post(REMOVE_APP)
    assert key_on(at_set_up.get(ADD_APP)) != first


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("000000", NOT_FOUND_HERE),
        ("", "Type the code."),
        ("1\x002345", "This has a character we can&#x27;t keep."),
        ("1" * 41, "This is too long for a code."),
        ("١٢٣٤٥٦", NOT_FOUND_HERE),
    ],
)
def test_a_wrong_code_is_told_beside_the_field_and_the_key_stays(at_set_up, parent, typed, reason):
    key = key_on(at_set_up.get(ADD_APP))
    page = at_set_up.post(ADD_APP, {"code": typed})
    text = page.content.decode()
    assert reason in text.partition('id="id_code_error"')[2].partition("<input")[0]
    assert 'aria-invalid="true"' in text
    assert key_on(page) == key
    assert not parent.authenticator_set.exists()


def test_the_code_that_set_it_up_signs_nobody_in(at_set_up, client, parent):
    with time_machine.travel(time.time(), tick=False):
        key = key_on(at_set_up.get(ADD_APP))
        at_set_up.post(ADD_APP, {"code": code_of(key)})
        client.logout()
        type_password(client)
        assert NOT_FOUND_HERE in client.post(SECOND_STEP, {"code": code_of(key)}).content.decode()


def test_without_a_fresh_sign_in_no_app_is_set_up(signed_in, parent):
    assert signed_in.get(ADD_APP).headers["Location"].startswith("/account/reauthenticate/?next=")
    assert signed_in.post(ADD_APP, {"code": "123456"}).headers["Location"].startswith("/account/reauthenticate/")
    assert not parent.authenticator_set.exists()


def test_after_five_minutes_it_is_no_longer_fresh(signed_in, parent):
    with time_machine.travel(time.time(), tick=False) as clock:
        show_it_is_you(signed_in)
        key = key_on(signed_in.get(ADD_APP))
        clock.shift(5 * 60 + 1)
        assert signed_in.post(ADD_APP, {"code": code_of(key)}).headers["Location"].startswith("/account/reauth")
        assert not parent.authenticator_set.exists()


def test_who_has_an_app_is_led_to_the_overview_and_keeps_it(signed_in, parent):
    give_app(parent)
    show_it_is_you(signed_in, code=code_of())
    assert signed_in.get(ADD_APP).headers["Location"] == OVERVIEW
    assert signed_in.post(ADD_APP, {"code": code_of()}).headers["Location"] == OVERVIEW
    assert open_secret(parent.authenticator_set.get().data["secret"]) == KEY


def test_taking_the_app_away_asks_first_and_takes_the_recovery_codes_too(signed_in, parent):
    give_app(parent)
    give_codes(parent)
    show_it_is_you(signed_in, code=code_of())
    assert "Take the app away?" in signed_in.get(REMOVE_APP).content.decode()
    assert parent.authenticator_set.count() == 2
    assert signed_in.post(REMOVE_APP).headers["Location"] == OVERVIEW
    assert not parent.authenticator_set.exists()


def test_the_recovery_codes_stay_while_there_is_a_passkey(signed_in, parent):
    give_app(parent)
    give_codes(parent)
    give_passkey(parent)
    show_it_is_you(signed_in, code=code_of())
    signed_in.post(REMOVE_APP)
    assert set(parent.authenticator_set.values_list("type", flat=True)) == {"recovery_codes", "webauthn"}


def test_a_password_alone_takes_no_app_away(signed_in, parent):
    give_app(parent)
    asked = "/account/2fa/reauthenticate/"
    assert signed_in.get(REMOVE_APP).headers["Location"].startswith(asked)
    answer = signed_in.post(f"/account/reauthenticate/?next={REMOVE_APP}", {"password": PASSWORD})
    assert answer.headers["Location"].startswith(asked)
    assert signed_in.post(REMOVE_APP).headers["Location"].startswith(asked)
    assert parent.authenticator_set.exists()


def test_nobody_takes_away_the_app_of_another(signed_in, parent, stranger):
    give_app(stranger)
    show_it_is_you(signed_in)
    assert signed_in.post(REMOVE_APP).status_code == 404
    assert stranger.authenticator_set.exists()


@pytest.mark.django_db(transaction=True)
def test_each_change_is_told_on_the_page_and_by_mail_which_names_no_secret(at_set_up, mailoutbox):
    key = key_on(at_set_up.get(ADD_APP))
    page = at_set_up.post(ADD_APP, {"code": code_of(key)}, follow=True).content.decode()
    assert "The app is on. From now on we ask for its code when you sign in." in page
    page = at_set_up.post(REMOVE_APP, follow=True).content.decode()
    assert "The app is gone. We no longer ask for its code." in page
    assert [mail.subject for mail in mailoutbox] == ["Your sign-in has changed"] * 2
    said = [mail.body.partition("\n")[0] for mail in mailoutbox]
    assert said == ["An app now shows codes for your sign-in.", "The app for your sign-in codes is gone."]
    assert key not in str([mail.body for mail in mailoutbox])


def test_no_log_tells_a_key_or_a_code(at_set_up, parent, caplog):
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "django"):
        key = key_on(at_set_up.get(ADD_APP))
        at_set_up.post(ADD_APP, {"code": "000000"})
        at_set_up.post(ADD_APP, {"code": code_of(key)})
        logging.getLogger("django").debug("control")
    codes = [
        code for row in parent.authenticator_set.filter(type="recovery_codes") for code in row.wrap().generate_codes()
    ]
    assert "control" in caplog.text
    for secret in (key, code_of(key), *codes, project.MASTER_KEYS[0].partition(":")[2]):
        assert secret not in caplog.text
