"""Each coming and going leaves a line: when, who, by which way, and how it ended."""

import io
import json
import logging
from datetime import UTC, datetime

import pytest
from django.test import Client

from config.logs import JsonFormatter
from tests.accounts.factors import SECOND_STEP, code_of, give_app, give_passkey, show_it_is_you, type_password
from tests.accounts.mailbox import code_in
from tests.factories import make_moment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """What was told of people so far, as (what, outcome)."""
    written, events = io.StringIO(), logging.getLogger("notes")
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    events.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    events.removeHandler(handler)


def said(lines):
    return [(line["what"], line["outcome"]) for line in lines if not line["what"].startswith(("POST ", "GET "))]


def test_a_sign_in_tells_each_way_that_was_used(told, parent, mailoutbox):
    give_app(parent)
    client = Client()
    type_password(client)
    client.post(SECOND_STEP, {"code": "000000"})
    client.post(SECOND_STEP, {"code": code_of()})
    assert said(told()) == [
        ("show who they are by password", "done"),
        ("show who they are by code", "refused"),
        ("show who they are by totp", "done"),
        ("sign in", "done"),
    ]


def test_a_code_from_a_mail_is_told_apart(told, client, parent, mailoutbox):
    client.post("/account/login/code/", {"email": parent.email})
    client.post("/account/login/code/confirm/", {"code": "BBBB-BBBB"})
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert said(told()) == [
        ("sign in by code", "refused"),
        ("show who they are by code", "done"),
        ("sign in", "done"),
    ]


def test_a_passkey_or_a_password_that_does_not_fit_is_told(told, signed_in, parent):
    before = len(told())
    show_it_is_you(signed_in, password="not-the-password-at-all")
    give_passkey(parent)
    signed_in.post("/account/2fa/webauthn/reauthenticate/", {"credential": '{"id": "AAAA", "response": {}}'})
    found = told()[before:]
    assert said(found) == [("sign in", "refused"), ("show who they are by passkey", "refused")]
    assert {line["who"] for line in found if line["outcome"] == "refused"} == {str(parent.pk)}


def test_the_time_is_utc_and_says_so(told, client, parent):
    type_password(client)
    for line in told():
        when = datetime.fromisoformat(line["time"])
        assert when.utcoffset() == UTC.utcoffset(None)
        assert abs((datetime.now(UTC) - when).total_seconds()) < 60


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("asks", "types"), [("login/code", "login/code"), ("password/reset", "password/reset")])
def test_when_an_e_mail_is_taken_back_from_whoever_signed_up_with_it_that_is_told(
    told, client, asks, types, mailoutbox
):
    user = make_user(email="owner@example.com", verified=False)
    client.post(f"/account/{asks}/", {"email": user.email})
    client.post(f"/account/{types}/confirm/", {"code": code_in(mailoutbox[0])})
    line = next(line for line in told() if line["what"] == "end what was before the proof")
    assert (line["who"], line["outcome"]) == (str(user.pk), "done")
    assert user.email not in str(told())


@pytest.mark.parametrize("typed", ["x\n{}", 'x"}\r\n{"who": "somebody"', "\u2028x", "\x00\x1b[31m"])
def test_nothing_typed_makes_a_line_of_its_own(told, client, parent, typed):
    client.post("/account/login/", {"login": typed, "password": typed})
    client.get("/nowhere/", {"x": typed}, headers={"user-agent": typed.replace("\n", "").replace("\r", "")})
    client.generic("GET", "/nowhere/" + typed)
    for line in told():
        assert line.keys() <= {"time", "request", "who", "what", "outcome"}
        assert "somebody" not in str(line.get("who"))


def test_every_kind_of_refusal_leaves_a_line(told, signed_in, parent, stranger):
    """What is forbidden, forged, not understood, or asked for too often."""
    signed_in.get(f"/moments/{make_moment(author=stranger).pk}/")
    signed_in.get("/admin/")
    Client(enforce_csrf_checks=True).post("/account/login/", {})
    signed_in.post("/moments/new/", {"kind": "score"})
    signed_in.put("/moments/")
    signed_in.get("/", headers={"host": "evil.example"})
    for _ in range(6):
        Client().post("/account/password/reset/", {"email": "nobody@example.com"})
    seen = [(line["what"], line["outcome"]) for line in told() if line["outcome"].startswith("refused, ")]
    assert seen == [
        ("GET journal:moment-detail", "refused, 404"),
        ("GET admin:index", "refused, 404"),
        ("POST account_login", "refused, 403"),
        ("POST journal:moment-new", "refused, 422"),
        ("PUT journal:moment-list", "refused, 405"),
        ("GET no route", "refused, 400"),
        ("POST account_reset_password", "refused, 429"),
    ]
