import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.accounts.factors import (
    ADD_PASSKEY,
    OVERVIEW,
    SECOND_STEP,
    SoftPasskey,
    code_of,
    give_app,
    give_codes,
    give_passkey,
    options_on,
    show_it_is_you,
    type_password,
)

pytestmark = pytest.mark.django_db

SHOW = "/account/2fa/webauthn/reauthenticate/"
NOT_TAKEN = "That passkey did not fit. Try again."


def edit(row):
    return f"/account/2fa/webauthn/keys/{row.pk}/edit/"


def remove(row):
    return f"/account/2fa/webauthn/keys/{row.pk}/remove/"


@pytest.fixture
def phone():
    return SoftPasskey()


@pytest.fixture
def at_adding(signed_in):
    """The parent's browser, where a passkey may be added."""
    show_it_is_you(signed_in)
    return signed_in


@pytest.fixture
def row(parent, phone):
    """The parent's passkey, kept."""
    give_codes(parent)
    return give_passkey(parent, passkey=phone)


@pytest.fixture
def known(signed_in, row, phone):
    """The parent's browser, where they have just shown their passkey."""
    show(signed_in, phone)
    return signed_in


def add(client, phone, **typed):
    return client.post(ADD_PASSKEY, {"credential": phone.create(options_on(client.get(ADD_PASSKEY)))} | typed)


def show(client, phone):
    address = f"{SHOW}?next=/settings/"
    return client.post(address, {"credential": phone.get(options_on(client.get(address)))})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


# Added, named, taken away


def test_a_parent_adds_a_passkey(at_adding, parent, phone):
    assert add(at_adding, phone, name="My phone").headers["Location"] == "/account/2fa/recovery-codes/"
    page = at_adding.get(OVERVIEW).content.decode()
    assert ">My phone</strong>" in page
    assert "The passkey is there. From now on we ask for it when you sign in." in page
    assert set(parent.authenticator_set.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}


def test_without_a_name_it_gets_one(at_adding, parent, phone):
    add(at_adding, phone, name="")
    assert parent.authenticator_set.get(type="webauthn").data["name"] == "My passkey"


@pytest.mark.parametrize(
    ("name", "reason"), [("a\x00b", "This has a character we can&#x27;t keep."), ("x" * 61, "Make the name shorter.")]
)
def test_a_name_that_cannot_be_kept_is_refused(at_adding, parent, phone, row, name, reason):
    row.delete()
    assert reason in add(at_adding, phone, name=name).content.decode()
    assert not parent.authenticator_set.filter(type="webauthn").exists()


def test_nothing_but_the_passkey_is_kept_of_what_is_sent(at_adding, parent, phone):
    sent = json.loads(phone.create(options_on(at_adding.get(ADD_PASSKEY))))
    more = {"rawId": "evil", "type": "evil", "extra": "a\x00b", "clientExtensionResults": {"x": "\x00", "credProps": 1}}
    more["response"] = sent["response"] | {"transports": ["a\x00b"]}
    assert at_adding.post(ADD_PASSKEY, {"credential": json.dumps(sent | more)}).status_code == 200
    more["clientExtensionResults"] = {"x": "\x00", "credProps": {"rk": True}}
    sent = json.loads(phone.create(options_on(at_adding.get(ADD_PASSKEY))))
    more["response"] |= sent["response"]
    assert at_adding.post(ADD_PASSKEY, {"credential": json.dumps(sent | more)}).status_code == 302
    assert parent.authenticator_set.get(type="webauthn").data["credential"] == {
        "id": sent["id"],
        "rawId": sent["id"],
        "type": "public-key",
        "response": sent["response"],
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


@pytest.mark.parametrize(
    "sent",
    [
        *[
            "",
            "null",
            "0",
            "[]",
            "{}",
            "{",
            '"x"',
            "NaN",
            "[" * 10_000,
            "[" * 30_000,
            "1" * 6_000,
            '{"id": "\\u0000"}',
        ],
        '{"id": 1, "response": {}}',
        '{"id": "AA", "response": []}',
        '{"id": "AA", "response": {}}',
        '{"id": "A", "response": {"clientDataJSON": "A", "attestationObject": "A"}}',
        '{"id": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
        '{"id": "AA", "response": {"clientDataJSON": "W10", "attestationObject": "AA"}}',
        '{"id": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "%s"}}' % ("gYGB" * 2_000),
        '{"id": "AA", "response": {"clientDataJSON": "e30"}, "clientExtensionResults": []}',
    ],
)
def test_what_is_no_passkey_is_refused_and_never_an_error(at_adding, parent, sent):
    at_adding.get(ADD_PASSKEY)
    answer = at_adding.post(ADD_PASSKEY, {"credential": sent, "name": "Kept name"})
    assert NOT_TAKEN in answer.content.decode()
    assert 'value="Kept name"' in answer.content.decode()
    assert not parent.authenticator_set.exists()


@pytest.mark.parametrize("length", [0, 1, 37, 54, 55, 60, 90, 120])
def test_a_passkey_cut_short_is_refused_and_never_an_error(at_adding, parent, phone, length):
    from fido2 import cbor
    from fido2.utils import websafe_decode, websafe_encode

    sent = json.loads(phone.create(options_on(at_adding.get(ADD_PASSKEY))))
    whole = cbor.decode(websafe_decode(sent["response"]["attestationObject"]))
    short = cbor.encode(whole | {"authData": whole["authData"][:length]})
    sent["response"]["attestationObject"] = websafe_encode(short)
    assert NOT_TAKEN in at_adding.post(ADD_PASSKEY, {"credential": json.dumps(sent)}).content.decode()
    assert not parent.authenticator_set.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        SoftPasskey(origin="https://evil.example"),
        SoftPasskey(origin="http://testserver"),
        SoftPasskey(host="evil.example"),
    ],
    ids=["origin", "plain http", "host"],
)
def test_a_passkey_made_for_another_site_is_refused(at_adding, parent, elsewhere):
    assert NOT_TAKEN in add(at_adding, elsewhere).content.decode()
    assert not parent.authenticator_set.exists()


def test_the_answer_to_an_older_page_is_refused(at_adding, parent, phone):
    old = phone.create(options_on(at_adding.get(ADD_PASSKEY)))
    at_adding.get(ADD_PASSKEY)
    assert NOT_TAKEN in at_adding.post(ADD_PASSKEY, {"credential": old}).content.decode()
    assert not parent.authenticator_set.exists()


def test_without_a_fresh_sign_in_none_is_added(signed_in, parent, phone):
    assert signed_in.get(ADD_PASSKEY).headers["Location"].startswith("/account/reauthenticate/?next=")
    signed_in.post(ADD_PASSKEY, {"credential": phone.create({"challenge": "AAAA"})})
    assert not parent.authenticator_set.exists()


def test_a_passkey_gets_another_name(known, row):
    assert 'value="My phone"' in known.get(edit(row)).content.decode()
    assert known.post(edit(row), {"name": "Old <b>phone</b>"}).headers["Location"] == OVERVIEW
    assert "Old &lt;b&gt;phone&lt;/b&gt;</strong>" in known.get(OVERVIEW).content.decode()
    row.refresh_from_db()
    assert row.data["credential"]


@pytest.mark.parametrize("name", ["", "a\x00b", "x" * 61])
def test_a_new_name_that_cannot_be_kept_is_refused(known, row, name):
    assert 'id="id_name_error"' in known.post(edit(row), {"name": name}).content.decode()
    row.refresh_from_db()
    assert row.data["name"] == "My phone"


def test_taking_a_passkey_away_asks_first(known, row, parent):
    assert "Take this passkey away?" in known.get(remove(row)).content.decode()
    assert parent.authenticator_set.count() == 2
    assert known.post(remove(row)).headers["Location"] == OVERVIEW
    assert not parent.authenticator_set.exists()


def test_the_passkey_of_another_is_as_good_as_missing(signed_in, row, stranger):
    theirs = give_passkey(stranger, "Theirs")
    show_it_is_you(signed_in, code=give_codes(row.user)[0])
    for address in (edit(theirs), remove(theirs)):
        for ask in (signed_in.get, signed_in.post):
            anothers = ask(address, {"name": "Mine"})
            missing = ask(address.replace(str(theirs.pk), "99999999999999999999"), {"name": "Mine"})
            assert anothers.status_code == missing.status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Theirs"


def test_an_app_is_no_passkey(signed_in, parent):
    app = give_app(parent)
    show_it_is_you(signed_in, code=code_of())
    assert signed_in.get(edit(app)).status_code == 404
    assert signed_in.post(remove(app)).status_code == 404
    assert parent.authenticator_set.exists()


@pytest.mark.parametrize("address", [edit, remove])
def test_without_showing_who_one_is_a_passkey_stays_as_it_is(signed_in, row, address):
    for ask in (signed_in.get, signed_in.post):
        assert ask(address(row), {"name": "New"}).headers["Location"].startswith(SHOW)
    row.refresh_from_db()
    assert row.data["name"] == "My phone"


def test_the_overview_tells_when_each_was_used(signed_in, row):
    row.created_at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    row.save()
    assert "Added on March 3, 2026" in signed_in.get(OVERVIEW).content.decode()
    row.last_used_at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    row.save()
    assert "Last used on March 4, 2026" in signed_in.get(OVERVIEW).content.decode()


# Shown at sign-in


def test_at_sign_in_the_passkey_is_the_second_step(client, row, phone, parent):
    assert type_password(client).headers["Location"] == SECOND_STEP
    credential = phone.get(options_on(client.get(SECOND_STEP)))
    assert client.post(SECOND_STEP, {"credential": credential}).headers["Location"] == "/"
    assert signed_in_as(client) == str(parent.pk)


def test_without_the_password_a_passkey_is_not_asked(client, row, phone):
    assert (
        client.post(SECOND_STEP, {"credential": phone.get({"challenge": "AAAA"})}).headers["Location"]
        == "/account/login/"
    )
    assert not signed_in_as(client)


def test_the_passkey_of_another_signs_nobody_in(client, row, stranger):
    theirs = SoftPasskey()
    give_passkey(stranger, passkey=theirs)
    type_password(client)
    page = client.post(SECOND_STEP, {"credential": theirs.get(options_on(client.get(SECOND_STEP)))})
    assert NOT_TAKEN in page.content.decode()
    assert not signed_in_as(client)


def test_an_answer_works_once(client, row, phone, parent):
    type_password(client)
    answer = phone.get(options_on(client.get(SECOND_STEP)))
    client.post(SECOND_STEP, {"credential": answer})
    assert signed_in_as(client)
    again = Client()
    type_password(again)
    again.get(SECOND_STEP)
    assert NOT_TAKEN in again.post(SECOND_STEP, {"credential": answer}).content.decode()
    assert not signed_in_as(again)


@pytest.mark.parametrize("sent", ["", "{", "0", "[" * 10_000, '{"id": "AA", "response": {"clientDataJSON": "e30"}}'])
def test_what_is_no_passkey_signs_nobody_in(client, row, sent):
    type_password(client)
    client.get(SECOND_STEP)
    assert NOT_TAKEN in client.post(SECOND_STEP, {"credential": sent}).content.decode()
    assert not signed_in_as(client)


def test_a_passkey_that_was_taken_away_signs_nobody_in(client, row, phone, parent):
    give_app(parent)
    type_password(client)
    answer = phone.get(options_on(client.get(SECOND_STEP)))
    row.delete()
    assert NOT_TAKEN in client.post(SECOND_STEP, {"credential": answer}).content.decode()
    assert not signed_in_as(client)


def test_who_has_no_passkey_is_not_offered_one_at_sign_in(client, parent):
    give_app(parent)
    type_password(client)
    page = client.get(SECOND_STEP).content.decode()
    assert "Use my passkey" not in page
    assert "data-passkey=" not in page


def test_after_five_wrong_passkeys_the_right_one_has_to_wait(client, row, phone):
    type_password(client)
    for _ in range(5):
        client.post(SECOND_STEP, {"credential": SoftPasskey().get(options_on(client.get(SECOND_STEP)))})
    page = client.post(SECOND_STEP, {"credential": phone.get(options_on(client.get(SECOND_STEP)))})
    assert "That was a lot of tries." in page.content.decode()
    assert not signed_in_as(client)


# Shown to go on


def test_a_passkey_shows_who_one_is(signed_in, row, phone):
    assert show(signed_in, phone).headers["Location"] == "/settings/"
    assert signed_in.get("/account/2fa/recovery-codes/").status_code == 200


def test_a_passkey_that_does_not_fit_may_be_tried_again(signed_in, row):
    answer = show(signed_in, SoftPasskey())
    assert answer.headers["Location"] == f"{SHOW}?next=/settings/"
    assert NOT_TAKEN in signed_in.get(answer.headers["Location"]).content.decode()
    assert signed_in.get("/account/2fa/recovery-codes/").status_code == 302


def test_a_code_may_be_typed_instead_and_the_way_back_is_kept(signed_in, row):
    page = signed_in.get(f"{SHOW}?next=/settings/").content.decode()
    assert 'href="/account/2fa/reauthenticate/?next=%2Fsettings%2F"' in page or (
        'href="/account/2fa/reauthenticate/?next=/settings/"' in page
    )
    page = signed_in.get("/account/2fa/reauthenticate/?next=/settings/").content.decode()
    assert f'href="{SHOW}?next=' in page


# Without JavaScript


@pytest.mark.parametrize("address", [ADD_PASSKEY])
def test_without_javascript_the_page_says_what_else_there_is(at_adding, address):
    page = at_adding.get(address).content.decode()
    assert "A passkey needs JavaScript" in page
    assert "An app with codes works without." in page
    assert "hidden data-passkey-go" in page
    assert f'href="{OVERVIEW}">Pick another way</a>' in page
