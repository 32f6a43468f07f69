import pytest
from django.test import Client

from accounts.factor_seal import open_secret
from tests.accounts.factors import (
    CODES,
    OVERVIEW,
    SECOND_STEP,
    code_of,
    give_app,
    give_codes,
    show_it_is_you,
    type_password,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NEW = f"{CODES}generate/"
FILE = f"{CODES}download/"


@pytest.fixture
def codes(parent):
    """The recovery codes of the parent, who has an app."""
    give_app(parent)
    return give_codes(parent)


@pytest.fixture
def known(codes, signed_in):
    """The parent's browser, where they have just shown who they are."""
    show_it_is_you(signed_in, code=code_of())
    return signed_in


def written(code):
    return f"{code[:4]} {code[4:]}"


def seed_of(user):
    return user.authenticator_set.get(type="recovery_codes").data["seed"]


def test_the_page_shows_each_code_that_still_works(known, codes, parent):
    text = known.get(CODES).content.decode()
    assert len(codes) == 10
    assert all(f"<li>{written(code)}</li>" in text for code in codes)
    parent.authenticator_set.get(type="recovery_codes").wrap().validate_code(codes[0])
    text = known.get(CODES).content.decode()
    assert written(codes[0]) not in text
    assert written(codes[1]) in text


def test_opening_the_page_changes_nothing(known, codes, parent):
    before = list(parent.authenticator_set.values())
    known.get(CODES)
    known.get(FILE)
    known.get(NEW)
    assert list(parent.authenticator_set.values()) == before


def test_the_seed_is_sealed(codes, parent):
    assert seed_of(parent).startswith("tests1:")
    assert len(open_secret(seed_of(parent))) == 80


def test_they_come_as_a_plain_file_with_a_neutral_name(known, codes):
    file = known.get(FILE)
    assert file.content.decode().split("\n") == [*map(written, codes), ""]
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert file.headers["Cache-Control"] == "no-store"


def test_when_all_are_used_the_page_says_so(known, codes, parent):
    row = parent.authenticator_set.get(type="recovery_codes")
    row.data["used_mask"] = 2**10 - 1
    row.save()
    assert "All of them are used." in known.get(CODES).content.decode()


@pytest.mark.parametrize("address", [CODES, FILE, NEW])
def test_without_a_fresh_sign_in_nobody_sees_them_or_makes_new_ones(signed_in, codes, parent, address):
    before = seed_of(parent)
    for answer in (signed_in.get(address), signed_in.post(NEW)):
        assert answer.headers["Location"].startswith("/account/2fa/reauthenticate/?next=")
        assert written(codes[0]) not in answer.content.decode()
    assert seed_of(parent) == before


def test_the_password_alone_shows_none(signed_in, codes):
    answer = signed_in.post(f"/account/reauthenticate/?next={CODES}", {"password": PASSWORD}, follow=True)
    assert written(codes[0]) not in answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/account/2fa/reauthenticate/")


def test_new_codes_take_the_place_of_the_old_ones(known, codes, parent):
    assert "The codes you have now will no longer work." in known.get(NEW).content.decode()
    page = known.post(NEW, follow=True).content.decode()
    assert "You have new codes. The old ones no longer work." in page
    assert written(codes[0]) not in page
    other = Client()
    type_password(other)
    other.post(SECOND_STEP, {"code": codes[0]})
    assert "_auth_user_id" not in other.session
    other.post(SECOND_STEP, {"code": parent.authenticator_set.get(type="recovery_codes").wrap().generate_codes()[0]})
    assert "_auth_user_id" in other.session


@pytest.mark.django_db(transaction=True)
def test_new_codes_are_told_by_mail_and_not_named_there(known, codes, mailoutbox):
    known.post(NEW)
    assert mailoutbox[0].body.startswith("You have new recovery codes.")
    assert not any(part.isdigit() and len(part) > 3 for part in mailoutbox[0].body.split())


def test_a_recovery_code_is_enough_to_show_who_one_is_and_works_once(signed_in, codes):
    assert show_it_is_you(signed_in, code=codes[0]).headers["Location"] == "/settings/"
    assert "does not fit" in show_it_is_you(signed_in, code=codes[0]).content.decode()


def test_who_has_no_second_factor_has_no_codes_and_gets_none(signed_in, parent):
    show_it_is_you(signed_in)
    assert signed_in.get(CODES).status_code == 404
    assert signed_in.get(FILE).status_code == 404
    page = signed_in.post(NEW).content.decode()
    assert "First set up an app or a passkey." in page
    assert not parent.authenticator_set.exists()
    assert CODES not in signed_in.get(OVERVIEW).content.decode()


def test_nobody_sees_the_codes_of_another(signed_in, stranger):
    give_app(stranger)
    give_codes(stranger)
    show_it_is_you(signed_in)
    assert signed_in.get(CODES).status_code == 404
    assert signed_in.post(NEW).status_code == 200
    assert stranger.authenticator_set.count() == 2
