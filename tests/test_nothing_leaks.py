"""What someone types stands where it is kept sealed, and nowhere else: in no log, page of an error, session or cache.

A canary goes through every form, and through 40 kinds of request that fail. What a person is shown of their own words
is no leak; every answer that is an error, and every row beside the journal's own, is searched.
"""

import base64
import io
import json
import logging
from smtplib import SMTPException
from unittest import mock

import pytest
import sentry_sdk
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.http import Http404
from django.template import TemplateSyntaxError
from django.test import Client
from django.urls import reverse

from accounts.sealing import SealError
from config import sentry
from config.logs import JsonFormatter
from tests.accounts.factors import give_app, type_password
from tests.factories import just_signed_in, make_note, make_share

pytestmark = pytest.mark.django_db

CANARY = "Canaryquilt"
MARKS = [CANARY, CANARY.lower(), CANARY.upper(), CANARY.encode().hex(), "Q2FuYXJ5cXVpbH"]
# Fields of our forms that take a person's words, and what else a well-formed form sends.
WORDS = dict.fromkeys(
    [
        "text",
        "name",
        "reader_name",
        "signed_name",
        "program",
        "q",
        "ask",
        "password",
        "password1",
        "oldpassword",
        "code",
        "email",
        "login",
        "credential",
        "next",
        "note",
        "title",
        "cue",
        "did",
        "feeling",
        "kind",
        "child",
        "time_zone",
        "language",
        "month",
        "before",
        "happened_at",
        "version",
        "id",
        "shares",
        "moments",
        "children",
        "ends_on",
        "planned_on",
        "held_on",
        "text_version",
        "remember",
        "action",
    ],
    CANARY,
)
JOURNAL_TABLES = ("journal_", "accounts_")


def marks_in(text):
    return [mark for mark in MARKS if mark in text]


@pytest.fixture
def log():
    """All that a server would write down, and more: at every level, from every logger."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def writer(parent, child, moment, share):
    writer = Client(raise_request_exception=False)
    type_password(writer)
    just_signed_in(writer)
    return writer


@pytest.fixture
def addresses(moment, child, share, parent, visitor):
    """Where a form is sent to, of a parent and of nobody."""
    ids = {"moment": moment.pk, "child": child.pk, "share": share.pk, "note": make_note(share=share, author=parent).pk}
    ids["asked"] = make_share(parent=parent, reader=visitor, agreed=False).pk
    written = """/moments/ /moments/new/ /moments/new/another/ /moments/{moment}/edit/ /moments/{moment}/sharing/
    /moments/{moment}/sharing/scary/ /weeks/2026-03-02/sharing/ /children/new/ /children/{child}/edit/
    /children/{child}/delete/ /sharing/new/ /sharing/{share}/invite/ /sharing/{asked}/agree/ /sharing/{share}/visit/
    /sharing/{share}/notes/ /sharing/{share}/end/ /notes/{note}/seen/ /notes/{note}/delete/ /invitations/
    /invitations/Canaryquilt/ /settings/ /account/email/ /account/password/change/ /account/password/set/
    /account/2fa/totp/activate/ /account/2fa/webauthn/add/ /account/2fa/recovery-codes/generate/ /account/sessions/
    /account/reauthenticate/ /account/login/ /account/login/code/ /account/login/code/confirm/ /account/login/passkey/
    /account/signup/ /account/confirm-email/ /account/password/reset/ /account/password/reset/confirm/
    /account/password/reset/complete/ /account/2fa/authenticate/ /language/ /leave/"""
    return [address.format(**ids) for address in written.split()]


def rows_beside_the_journal():
    """Every row of every table that is not the journal's own, sessions opened and as they lie."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if not name.startswith(JOURNAL_TABLES)]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # names of tables
            for row in cursor.fetchall():
                yield table, repr([*row, base64.b64decode(row[1])] if table == "cache" else row)


def search(log, mails=()):
    found = [(table, marks_in(text)) for table, text in rows_beside_the_journal() if marks_in(text)]
    assert found == []
    assert marks_in(log.getvalue()) == []
    assert [mail.subject for mail in mails if marks_in(mail.subject + mail.body)] == []


@pytest.mark.parametrize("signed_in", [True, False], ids=["parent", "nobody"])
def test_what_is_typed_into_any_form_stands_nowhere_beside_the_journal(
    wednesday, signed_in, writer, addresses, log, mailoutbox
):
    well_formed = {"kind": "responsive", "text": CANARY, "name": CANARY, "reader_name": CANARY, "ask": CANARY}
    well_formed |= {"signed_name": CANARY, "birth_month": "2025-10", "ends_on": "2026-06-02", "children": "none"}
    for sent in (WORDS, well_formed):
        for address in addresses:
            if address.startswith(("/leave/", "/account/sessions/")) and signed_in:
                continue
            client = writer if signed_in else Client(raise_request_exception=False)
            answer = client.post(address, sent)
            assert answer.status_code < 500, address
            if answer.status_code >= 400 and answer.status_code != 422:
                assert marks_in(answer.content.decode()) == [], address
        search(log, mailoutbox)


def test_a_word_that_is_told_on_the_next_page_waits_sealed(wednesday, writer, share, log):
    name = share.reader_name
    writer.post(f"/sharing/{share.pk}/end/")
    waiting = Session.objects.get()
    assert name in json.dumps(waiting.get_decoded())
    assert name not in waiting.session_data
    assert name.encode().hex() not in waiting.session_data


def broken(target, error):
    return lambda: mock.patch(target, side_effect=error(CANARY))


# What breaks, by what it is called; each with a write, a read and a sign-in beside it.
BREAKS = {
    "a model that cannot be saved": broken("journal.models.Moment.save", DatabaseError),
    "a row that is there twice": broken("journal.models.Moment.save", IntegrityError),
    "a database that is away": broken("django.db.models.query.QuerySet._fetch_all", OperationalError),
    "a view": broken("journal.views.writing.keep", RuntimeError),
    "a page that cannot be rendered": broken("journal.views.moments.render", TemplateSyntaxError),
    "a seal that does not open": broken("accounts.sealing.unseal", SealError),
    "a mail server": broken("django.core.mail.message.EmailMessage.send", SMTPException),
    "a cache": broken("django.core.cache.backends.db.DatabaseCache.get", OperationalError),
    "a permission": broken("accounts.http.PersonMiddleware.__call__", PermissionDenied),
    "a suspicion": broken("accounts.http.PersonMiddleware.__call__", SuspiciousOperation),
    "something missing": broken("accounts.http.PersonMiddleware.__call__", Http404),
    "a key that is not there": broken("accounts.http.PersonMiddleware.__call__", KeyError),
}
CODE = f"/account/login/code/?next=/{CANARY}"
FORM = "application/x-www-form-urlencoded"


def send(**more):
    return lambda client: client.post("/moments/new/", {"kind": "responsive", "text": CANARY}, **more)


# Requests that are wrong by themselves.
WRONG = {
    "a path": lambda client: client.get(f"/moments/{CANARY}/"),
    "a long path": lambda client: client.get(f"/{CANARY * 300}/"),
    "a path with a NUL": lambda client: client.get(f"/moments/%00{CANARY}/"),
    "a query": lambda client: client.get(f"/moments/?kind={CANARY}&month={CANARY}&child={CANARY}"),
    "a page number": lambda client: client.get(f"/moments/?before={CANARY}"),
    "a week": lambda client: client.get(f"/weeks/{CANARY}/"),
    "a theme": lambda client: client.get(f"/guide/{CANARY}/"),
    "a link": lambda client: client.get(f"/invitations/{CANARY}/"),
    "an admin path": lambda client: client.get(f"/admin/{CANARY}/"),
    "a static file": lambda client: client.get(f"/static/{CANARY}.css"),
    "a host": lambda client: client.get("/", headers={"host": f"{CANARY}.example"}),
    "a forwarded host": lambda client: client.get("/", headers={"x-forwarded-host": CANARY, "x-forwarded-for": CANARY}),
    "a cookie": lambda client: client.get("/moments/", headers={"cookie": f"__Host-session={CANARY}; {CANARY}=1"}),
    "a writer's name": lambda client: client.get("/nowhere/", headers={"user-agent": CANARY, "referer": CANARY}),
    "a language": lambda client: client.get("/nowhere/", headers={"accept-language": CANARY}),
    "an authorization": lambda client: client.get("/nowhere/", headers={"authorization": f"Basic {CANARY}"}),
    "a method": lambda client: client.generic(CANARY, "/moments/"),
    "a method that is not taken": lambda client: client.put("/moments/", CANARY),
    "an override": send(headers={"x-http-method-override": CANARY}),
    "a token": lambda client: checked(client).post("/moments/new/", {"csrfmiddlewaretoken": CANARY, "text": CANARY}),
    "an origin": lambda client: checked(client).post("/moments/new/", {}, headers={"origin": f"https://{CANARY}"}),
    "JSON": lambda client: client.post("/moments/new/", json.dumps({"text": CANARY}), "application/json"),
    "JSON that breaks off": lambda client: client.post("/account/2fa/webauthn/add/", {"credential": '{"' + CANARY}),
    "a content type": lambda client: client.post("/moments/new/", CANARY, f"text/{CANARY}"),
    "a part that breaks off": lambda client: client.post(
        "/moments/new/", f"--x\r\n{CANARY}", "multipart/form-data; boundary=x"
    ),
    "a boundary": lambda client: client.post("/moments/new/", CANARY, f"multipart/form-data; boundary={CANARY}"),
    "a file": lambda client: client.post(
        "/moments/new/", {"text": SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode())}
    ),
    "a thousand fields": lambda client: client.post(
        "/moments/new/", "&".join(f"{CANARY}{n}=1" for n in range(1_001)), FORM
    ),
    "two megabytes": lambda client: client.post("/moments/new/", f"text={CANARY * 200_000}", FORM),
    "signs that are no text": lambda client: client.post("/moments/new/", b"text=\xff\xfe" + CANARY.encode(), FORM),
    "a code": lambda client: client.post("/account/login/code/confirm/", {"code": CANARY}),
    "a password": lambda client: Client().post("/account/login/", {"login": "parent@example.com", "password": CANARY}),
    "a way back": lambda client: client.get(f"/account/login/?next=//{CANARY}.example/"),
    "a fragment": lambda client: client.get(f"/{CANARY}/", headers={"hx-request": "true", "hx-prompt": CANARY}),
}


def checked(client):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = client.cookies
    return strict


def test_there_are_forty_kinds_and_more():
    assert len(BREAKS) + len(WRONG) >= 40


@pytest.mark.parametrize("kind", WRONG)
def test_a_request_that_is_wrong_leaves_no_word_behind(kind, wednesday, writer, log, mailoutbox):
    answer = WRONG[kind](writer)
    assert answer.status_code < 500
    if answer.status_code >= 400 and answer.status_code != 422:
        assert marks_in(getattr(answer, "content", b"").decode()) == []
    search(log, mailoutbox)


@pytest.mark.parametrize("kind", BREAKS)
def test_whatever_breaks_leaves_no_word_behind(kind, wednesday, writer, moment, log, mailoutbox):
    failed = 0
    with BREAKS[kind]():
        for answer in (
            writer.post("/moments/new/", {"kind": "responsive", "text": CANARY}),
            writer.get(reverse("journal:moment-detail", args=[moment.pk])),
            Client(raise_request_exception=False).post(CODE, {"email": "parent@example.com"}),
        ):
            failed += answer.status_code >= 400
            if answer.status_code >= 400:
                assert marks_in(answer.content.decode()) == []
    assert failed
    search(log, mailoutbox)


def test_a_failure_says_its_kind_and_where_in_the_code_it_was(writer, log):
    with BREAKS["a view"]():
        writer.post("/moments/new/", {"text": CANARY})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    told = next(line for line in lines if line.get("kinds"))
    assert told["kinds"] == ["builtins.RuntimeError"]
    assert any("writing.py" in place for place in told["places"])


def test_a_line_says_when_which_request_who_what_and_how_it_ended(writer, parent, log):
    writer.post("/moments/new/", {"kind": "responsive", "text": CANARY})
    writer.get("/moments/00000000-0000-4000-8000-000000000000/")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    kept, refused = (line for line in lines if line["what"].startswith(("POST ", "GET ")))
    assert kept.keys() == {"time", "request", "who", "what", "outcome"}
    assert (kept["who"], kept["what"], kept["outcome"]) == (str(parent.pk), "POST journal:moment-new", "done, 302")
    assert (refused["what"], refused["outcome"]) == ("GET journal:moment-detail", "refused, 404")
    assert kept["request"] != refused["request"]


def test_coming_and_going_is_told(parent, log):
    client = Client()
    client.post("/account/login/", {"login": "parent@example.com", "password": "wrong-password-here"})
    type_password(client)
    client.post("/account/logout/")
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    seen = [(line["what"], line["outcome"]) for line in told if line["what"].startswith("sign")]
    assert seen == [("sign in", "refused"), ("sign in", "done"), ("sign out", "done")]
    assert {line.get("who") for line in told if line["what"] == "sign out"} == {str(parent.pk)}
    assert "parent@example.com" not in log.getvalue()


def test_what_is_only_read_leaves_no_line(writer, log):
    log.truncate(0)
    writer.get("/moments/")
    assert "moment-list" not in log.getvalue()


def test_a_leak_is_found(writer, log):
    logging.getLogger("somewhere").warning("x", extra={"what": f"wrote {CANARY}"})
    with pytest.raises(AssertionError):
        search(log)
    cache.set("x", CANARY)
    with pytest.raises(AssertionError):
        search(io.StringIO())


def test_who_has_a_second_factor_and_types_a_word_for_a_code_is_not_quoted(client, parent, log):
    give_app(parent)
    type_password(client)
    client.post("/account/2fa/authenticate/", {"code": CANARY})
    search(log)


@pytest.fixture
def reported():
    """What would go out to a Sentry, as it is sent."""
    sent = []

    class Kept(sentry_sdk.transport.Transport):
        def capture_envelope(self, envelope):
            sent.append(envelope.serialize())

    sentry.start("https://key@sentry.invalid/1", transport=Kept())
    yield sent
    got_request_exception.disconnect(dispatch_uid="config.sentry")
    sentry_sdk.get_client().close()


@pytest.mark.parametrize(
    "kind", ["a model that cannot be saved", "a view", "a seal that does not open", "a mail server"]
)
def test_a_report_of_an_error_names_its_kind_and_no_word(kind, wednesday, writer, moment, reported):
    with BREAKS[kind]():
        writer.post(f"/moments/new/?{CANARY}", {"kind": "responsive", "text": CANARY}, headers={"user-agent": CANARY})
        writer.get(reverse("journal:moment-detail", args=[moment.pk]))
        Client(raise_request_exception=False).post(CODE, {"email": "parent@example.com"})
    said = b"".join(reported)
    assert b"exception" in said
    assert marks_in(said.decode()) == []
    for words in (b"parent@example.com", b"127.0.0.1", b"testserver", str(moment.pk).encode()):
        assert words not in said


def test_no_error_is_reported_unless_a_place_is_named():
    assert settings.SENTRY_DSN == ""
    assert not got_request_exception.has_listeners() or "config.sentry" not in str(got_request_exception.receivers)
