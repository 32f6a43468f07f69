"""What someone types stands where it is kept sealed, and nowhere else: in no log, page of an error, session or cache.

A canary goes through every form, and through 40 kinds of request that fail. What a person is shown of their own words
is no leak; every answer that is an error, and every row beside the journal's own, is searched.
"""

import base64
import io
import json
import logging
import re
from contextlib import contextmanager
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
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.http import Http404
from django.template import TemplateSyntaxError
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.log import AdminEmailHandler

from accounts.sealing import SealError
from config import sentry
from config.logs import JsonFormatter
from tests.accounts.factors import give_app, type_password
from tests.factories import PASSWORD, just_signed_in, make_share
from tests.journal.writing import ID
from tests.outbox import seal_entry
from tests.test_access import BY_NAME, admin_address, make_rows, walk

pytestmark = pytest.mark.django_db

CANARY = "Canaryquilt"
MARKS = [CANARY, CANARY.lower(), CANARY.upper(), CANARY.encode().hex(), "Q2FuYXJ5cXVpbH"]
# Every field of our forms, and what else a well-formed form sends.
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
        "action_add",
        "birth_month",
        "csrfmiddlewaretoken",
        "did_missed",
        "draft",
        "edits",
        "page",
        "since",
        "felt_unsafe",
        "file",
        "here",
        "monday",
        "own_phone",
        "passphrase",
        "prompt",
        "real_name",
        "repairs",
        "share",
        "shows_counts",
        "starred",
        "when",
        "word",
        "writer",
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


def rows_beside_the_journal():
    """Every row of every table that is not the journal's own, sessions opened and as they lie."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if not name.startswith(JOURNAL_TABLES)]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # names of tables
            for row in cursor.fetchall():
                yield table, repr([*row, base64.b64decode(row[1])] if table == "cache" else row)


def search(log, mails=(), but=None):
    found = [(table, marks_in(text)) for table, text in rows_beside_the_journal() if table != but and marks_in(text)]
    assert found == []
    assert marks_in(log.getvalue()) == []
    assert [mail.subject for mail in mails if marks_in(mail.subject + mail.body)] == []


# Whose forms they are: of the parent, of who reads, of who has no second factor, of the editors, of nobody in
# particular. All but the last are past the doors: the second step is done, and they were just asked who they are.
FORMS = {
    "parent": lambda route: not route.startswith("admin/"),
    "visitor": lambda route: route.startswith(("families/", "invitations/", "sharing/", "weeks/", "account/")),
    "stranger": lambda route: route.startswith("account/"),
    "editor": lambda route: route.startswith("admin/"),
    "superuser": lambda route: route.startswith("admin/accounts/"),
    "nobody": lambda route: not route.startswith("admin/"),
}
# What has to be sent before there is such a form.
BEFORE = {
    "account/login/code/confirm/": ("/account/login/code/", {"email": "parent@example.com"}),
    "account/password/reset/confirm/": ("/account/password/reset/", {"email": "parent@example.com"}),
    "account/confirm-email/": ("/account/signup/", {"email": "new@example.com", "password1": PASSWORD}),
    "account/2fa/authenticate/": ("/account/login/", {"login": "visitor@example.com", "password": PASSWORD}),
    "settings/export/more/": ("/settings/export/", {}),
    "settings/export/file/": ("/settings/export/", {}),
}
# Rows that make more of a form than those in the access table.
ADDRESSES = {
    "sharing/<uuid:pk>/agree/": "/sharing/{asked}/agree/",
    "families/<uuid:pk>/notes/<uuid:note_pk>/delete/": "/families/{share}/notes/{received}/delete/",
}
# Forms that are not reached here, and why.
NOT_REACHED = {
    "outbox/": "it takes sealed words alone: a test of its own below",
    "moments/<uuid:pk>/sharing/scary/": "a button without a field, after a moment was chosen",
    "settings/export/more/": "a button without a field",
    "settings/import/look/": "a button without a field, after a file that could be read",
    "account/password/reset/complete/": "it takes the code of a mail first",
    "account/password/set/": "everybody here has a password",
    "admin/login/": "it sends on to where everybody signs in",
    "admin/(?P<url>.*)$": "it is what is missing",
}
KINDS = ["accounts/user", *(f"journal/{kind}" for kind in ("theme", "helpline", "savedline", "programtext", "prompt"))]
NOT_REACHED |= {f"admin/{kind}/<path:object_id>/": "it sends on to the form" for kind in KINDS}
# The name of a passkey stands in its own row as it was typed: see docs/privacy.md.
KEPT_CLEAR = {"account/2fa/webauthn/keys/<int:pk>/edit/": "mfa_authenticator"}
FIELD = re.compile(r'<(?:input|textarea|select|button)\b[^>]*?\bname="([^"]+)"')


def well_formed():
    """What a form needs beside words, to get past its checks."""
    words = ["text", "name", "program", "reader_name", "signed_name", "ask", "passphrase"]
    return dict.fromkeys(words, CANARY) | {
        "id": "11111111-1111-4111-8111-111111111111",
        "kind": "responsive",
        "happened_at": "2026-03-04T10:00",
        "birth_month": "2025-10",
        "ends_on": "2026-06-02",
        "children": "none",
        "version": "1",
        "language": "es",
        "word": "delete",
        "file": SimpleUploadedFile(f"{CANARY}.json", CANARY.encode()),
    }


@pytest.fixture
def forms(wednesday, parent, visitor, stranger, editor, superuser):
    """An address for every route of the URLconf, with ids of the parent's rows in it."""
    rows = make_rows(parent, visitor)
    rows["asked"] = make_share(parent=parent, reader=visitor, agreed=False).pk
    for person in (visitor, editor, superuser):
        give_app(person)
    return {
        route: admin_address(route, rows)
        if name.startswith("admin:")
        else ADDRESSES.get(route, BY_NAME[name].path).format(**rows)
        for name, route in walk(get_resolver().url_patterns)
    }


@pytest.fixture
def once(monkeypatch):
    """What is done in it is undone, with what waits for the end of a request done in time."""
    monkeypatch.setattr(connection, "on_commit", lambda do, robust=False: do())

    @contextmanager
    def once():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return once


@pytest.fixture
def browser_for(request):
    def browser_for(who, route):
        browser = Client(raise_request_exception=False)
        if who != "nobody":
            browser.force_login(request.getfixturevalue(who))
            just_signed_in(browser)
        if route in BEFORE:
            browser.post(*BEFORE[route])
        return browser

    return browser_for


def is_turned_away(answer, looked):
    """Refused, asked to sign in, or sent on to where looking at the address alone leads too."""
    to, led = (one.headers.get("Location", "").partition("?") for one in (answer, looked))
    asked = to[0].endswith("/login/") and to[2].startswith("next=")
    return answer.status_code in (400, 403, 404) or asked or bool(to[0] and to[0] == led[0])


def is_no_form(answer):
    """Only to be looked at, or an editor's who may do less."""
    return answer.status_code == 405 or (
        answer.status_code == 403 and answer.request["PATH_INFO"].startswith("/admin/")
    )


def fields_on(page):
    is_page = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    return set(FIELD.findall(page.content.decode())) if is_page else set()


@pytest.fixture
def post_to(browser_for, once, log, mailoutbox):
    """A form of this person's with a word in each field; gives whether it was taken, and its fields."""

    def post_to(who, route, address):
        with once():
            looked = browser_for(who, route).get(address)
            words = dict.fromkeys(fields_on(looked), CANARY)
        taken = False
        for sent in (WORDS | words, words | well_formed()):
            with once():
                answer = browser_for(who, route).post(address, sent)
                if is_no_form(answer):
                    return True, set()
                assert answer.status_code < 500, address
                if answer.status_code >= 400 and answer.status_code != 422:
                    assert marks_in(answer.content.decode()) == [], address
                search(log, mailoutbox, but=KEPT_CLEAR.get(route))
            taken |= not is_turned_away(answer, looked)
        return taken, words.keys()

    return post_to


@pytest.fixture
def post_to_all(forms, post_to):
    """Every form there is for this person; gives the routes that took it, and the fields of our own pages."""

    def post_to_all(who):
        routes, fields = set(), set()
        for route in filter(FORMS[who], forms):
            taken, names = post_to(who, route, forms[route])
            routes |= {route} if taken else set()
            fields |= set() if route.startswith("admin/") else names
        return routes, fields

    return post_to_all


@pytest.fixture(scope="module")
def reached():
    """By each person, once their test is through: see the last of these tests."""
    return {}


@pytest.mark.parametrize("who", FORMS)
def test_what_is_typed_into_any_form_stands_nowhere_beside_the_journal(who, post_to_all, reached):
    reached[who], fields = post_to_all(who)
    assert fields - WORDS.keys() == set()


def test_every_form_of_the_urlconf_was_posted_by_somebody(reached, post_to_all):
    for who in FORMS.keys() - reached.keys():
        reached[who] = post_to_all(who)[0]
    everything = {route for _name, route in walk(get_resolver().url_patterns)}
    assert everything - set().union(*reached.values()) == NOT_REACHED.keys()


def test_what_a_phone_brings_stands_nowhere_beside_the_journal(wednesday, writer, log):
    entry = seal_entry(writer.get("/outbox/").json(), ID, {"kind": "responsive", "text": CANARY})
    assert writer.post("/outbox/", entry, content_type="application/json").status_code == 201
    search(log)


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


def fail(writer):
    with BREAKS["a view"]():
        answer = writer.post(f"/moments/new/?{CANARY}", {"kind": "responsive", "text": CANARY})
    assert answer.status_code == 500


def test_those_who_run_it_are_mailed_no_report_of_an_error(writer, settings, mailoutbox):
    """Django would mail it to them, with all that was sent."""
    settings.ADMINS = settings.MANAGERS = [("Root", "root@example.com")]
    fail(writer)
    for wrong in WRONG.values():
        wrong(writer)
    assert mailoutbox == []


def test_such_a_report_would_be_found(writer, settings, mailoutbox):
    settings.ADMINS, mailer = [("Root", "root@example.com")], AdminEmailHandler()
    logging.getLogger("django.request").addHandler(mailer)
    try:
        fail(writer)
    finally:
        logging.getLogger("django.request").removeHandler(mailer)
    with pytest.raises(AssertionError):
        search(io.StringIO(), mailoutbox)


def test_no_error_is_reported_unless_a_place_is_named():
    assert settings.SENTRY_DSN == ""
    assert not got_request_exception.has_listeners() or "config.sentry" not in str(got_request_exception.receivers)
