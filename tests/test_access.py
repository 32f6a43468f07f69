"""Who may open what: every route, method and person, and never a word of a journal to anybody but its parent."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from unittest import mock
from uuid import UUID
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, resolve

from accounts.models import DataKey, User
from accounts.second_factor import factors_of
from journal.editors import make_editor
from journal.models import (
    Child,
    Draft,
    GuideText,
    HelpLine,
    Moment,
    Note,
    ProgramText,
    PromptOffer,
    Reading,
    SavedLine,
    Share,
    SharedMoment,
    Visit,
)
from tests.accounts.factors import code_of, give_app, give_passkey
from tests.factories import (
    NOON,
    PASSWORD,
    give_second_factor,
    make_child,
    make_draft,
    make_moment,
    make_note,
    make_prompt,
    make_share,
    make_user,
)
from tests.sharing_routes import ROWS

pytestmark = pytest.mark.django_db

PEOPLE = ("parent", "stranger", "editor", "superuser", "anonymous")
OTHERS = PEOPLE[1:]
CANARIES = {
    "name": "Canariette",
    "text": "A canary sang at dusk",
    "email": "parent@example.com",
    "passkey": "Canaryphone",
    # Of the reader of a share: on the moment, on its week, and for the visit.
    "moment_note": "A wagtail noted the moment",
    "week_note": "A wagtail noted the week",
    "visit_note": "A wagtail noted the visit",
}
# A person's own notes among them: nobody is to write one in another's name, nor delete one of another.
SHARING = (Share, SharedMoment, Note, Visit, Reading)
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")
UNUSED_METHODS = ("PUT", "PATCH", "DELETE", "TRACE")
# The token is masked anew for every page.
# Both differ from one answer to the next, whatever is asked for.
TOKEN = re.compile(rb'(name="(?:csrfmiddlewaretoken|writer)" value=")[^"]+')

NEW = {"kind": "responsive", "text": "Mine"}
EDIT = {"kind": "missed", "text": "Theirs", "happened_at": "2026-03-04T10:00", "version": "1"}


@dataclass(frozen=True)
class Route:
    """One route, the statuses in the order of PEOPLE, and which canaries the parent's own GET and POST show.

    A path names the parent's rows in braces.
    """

    name: str
    path: str
    get: str
    post: str
    shows: str = ""
    sent: dict[str, str] = field(default_factory=dict)
    replies: str = ""

    def status(self, method: str, who: str) -> int:
        return int(dict(zip(PEOPLE, {"GET": self.get, "POST": self.post}[method].split(), strict=True))[who])


EVERYBODY = "200 200 200 200 200"
NOT_HERE = "405 405 405 405 405"
SIGNED_IN = "200 200 200 200 302"
SIGNED_IN_NOT_HERE = "405 405 405 405 302"
SENT_ON = "302 302 302 302 302"
REFUSED = "422 422 422 422 302"
MINE = "200 404 404 404 302"
MINE_DONE = "302 404 404 404 302"
SIGNED_OUT = "302 302 302 302 200"

ROUTES = [
    Route("journal:today", "/", EVERYBODY, NOT_HERE, "name text moment_note week_note visit_note"),
    Route("journal:today-another", "/another/", SIGNED_IN_NOT_HERE, SENT_ON),
    Route("journal:moment-list", "/moments/", SIGNED_IN, SIGNED_IN, "name text", {"q": "CANARY"}, "name text"),
    Route("journal:moment-new", "/moments/new/?kind=repair", SIGNED_IN, SENT_ON, "name text", NEW),
    Route("journal:moment-another", "/moments/new/another/", SIGNED_IN_NOT_HERE, SIGNED_IN, sent=NEW, replies="name"),
    Route("journal:moment-detail", "/moments/{moment}/", MINE, SIGNED_IN_NOT_HERE, "name text moment_note"),
    Route("journal:moment-edit", "/moments/{moment}/edit/", MINE, MINE_DONE, "name text", EDIT),
    Route("journal:moment-delete", "/moments/{moment}/delete/", MINE, MINE_DONE, "name text"),
    Route("journal:draft-list", "/drafts/", SIGNED_IN, SIGNED_IN_NOT_HERE, "text"),
    Route("journal:draft-save", "/drafts/save/", SIGNED_IN_NOT_HERE, REFUSED),
    Route("journal:draft-detail", "/drafts/{draft}/", MINE, SIGNED_IN_NOT_HERE, "name text"),
    Route("journal:draft-put-away", "/drafts/{draft}/put-away/", SIGNED_IN_NOT_HERE, MINE_DONE),
    Route("journal:draft-delete", "/drafts/{draft}/delete/", SIGNED_IN_NOT_HERE, MINE_DONE),
    Route("journal:outbox", "/outbox/", "200 200 200 200 403", "400 400 400 400 403"),
    Route("journal:phone", "/phone/", SIGNED_IN, SENT_ON),
    Route("journal:offline", "/offline/", EVERYBODY, NOT_HERE),
    Route("journal:service-worker", "/sw.js", EVERYBODY, NOT_HERE),
    Route("journal:manifest", "/manifest.webmanifest", EVERYBODY, NOT_HERE),
    Route("journal:outbox-entry", "/outbox/{refused}/", MINE, SIGNED_IN_NOT_HERE, "name text"),
    Route("journal:week-current", "/weeks/", SIGNED_IN, SIGNED_IN_NOT_HERE, "name text week_note"),
    Route("journal:week-detail", "/weeks/2026-03-02/", SIGNED_IN, SIGNED_IN_NOT_HERE, "name text week_note"),
    Route("journal:child-list", "/children/", SIGNED_IN, SIGNED_IN_NOT_HERE, "name"),
    Route("journal:child-new", "/children/new/", SIGNED_IN, REFUSED),
    Route("journal:child-edit", "/children/{child}/edit/", MINE, "422 404 404 404 302", "name"),
    # Nobody has just shown who they are: what deletes or leaves asks for it first. See tests/journal/test_delete_*.
    Route("journal:child-delete", "/children/{child}/delete/", MINE_DONE, MINE_DONE, sent={"word": "delete"}),
    Route("journal:delete-all", "/settings/delete/", SENT_ON, SENT_ON, sent={"word": "delete"}),
    Route("journal:export", "/settings/export/", SENT_ON, SENT_ON),
    Route("journal:export-more", "/settings/export/more/", SENT_ON, SENT_ON),
    Route("journal:export-file", "/settings/export/file/", SENT_ON, SENT_ON),
    Route("journal:import", "/settings/import/", SIGNED_IN, REFUSED),
    Route("journal:import-look", "/settings/import/look/", SENT_ON, SENT_ON),
    Route("journal:guide", "/guide/", EVERYBODY, NOT_HERE),
    Route("journal:guide-theme", "/guide/bond/", EVERYBODY, NOT_HERE),
    Route("journal:help", "/help/", EVERYBODY, NOT_HERE),
    Route("journal:pause", "/pause/", EVERYBODY, NOT_HERE),
    Route("journal:privacy", "/privacy/", EVERYBODY, NOT_HERE),
    Route("settings", "/settings/", SIGNED_IN, REFUSED),
    Route("devices", "/account/sessions/", SIGNED_IN, SENT_ON),
    Route("language", "/language/", NOT_HERE, SENT_ON, sent={"language": "es"}),
    Route("leave", "/leave/", EVERYBODY, "303 303 303 303 303"),
    Route("account_login", "/account/login/", SIGNED_OUT, SIGNED_OUT),
    Route("account_logout", "/account/logout/", SIGNED_IN, SENT_ON),
    Route("account_inactive", "/account/inactive/", EVERYBODY, NOT_HERE),
    Route("account_signup", "/account/signup/", SIGNED_OUT, SIGNED_OUT),
    Route("account_reauthenticate", "/account/reauthenticate/", "302 200 200 200 302", "302 200 200 200 302"),
    Route("account_email", "/account/email/", SIGNED_IN, SENT_ON, "email"),
    Route("account_email_verification_sent", "/account/confirm-email/", SENT_ON, SENT_ON),
    Route("account_change_password", "/account/password/change/", SIGNED_IN, SIGNED_IN),
    Route("account_set_password", "/account/password/set/", SENT_ON, SENT_ON),
    Route("account_reset_password", "/account/password/reset/", EVERYBODY, EVERYBODY),
    Route("account_request_login_code", "/account/login/code/", SIGNED_OUT, SIGNED_OUT),
    Route("mfa_login_webauthn", "/account/login/passkey/", SIGNED_OUT, SIGNED_OUT),
    Route("account_confirm_login_code", "/account/login/code/confirm/", SENT_ON, SENT_ON),
    Route("account_confirm_password_reset_code", "/account/password/reset/confirm/", SENT_ON, SENT_ON),
    Route("account_complete_password_reset", "/account/password/reset/complete/", SENT_ON, SENT_ON),
    Route("account_password_reset_completed", "/account/password/reset/done/", EVERYBODY, NOT_HERE),
    Route("mfa_index", "/account/2fa/", SIGNED_IN, SIGNED_IN_NOT_HERE, "passkey"),
    Route("mfa_authenticate", "/account/2fa/authenticate/", SENT_ON, SENT_ON),
    # The parent alone has a second factor, a passkey. Nobody has just shown who they are: see tests/accounts/.
    Route("mfa_reauthenticate", "/account/2fa/reauthenticate/", SENT_ON, SENT_ON),
    Route("mfa_activate_totp", "/account/2fa/totp/activate/", SENT_ON, SENT_ON),
    Route("mfa_deactivate_totp", "/account/2fa/totp/deactivate/", "404 404 404 404 302", "404 404 404 404 302"),
    Route("mfa_view_recovery_codes", "/account/2fa/recovery-codes/", SENT_ON, SIGNED_IN_NOT_HERE),
    Route("mfa_generate_recovery_codes", "/account/2fa/recovery-codes/generate/", SENT_ON, SENT_ON),
    Route("mfa_download_recovery_codes", "/account/2fa/recovery-codes/download/", SENT_ON, SIGNED_IN_NOT_HERE),
    Route("mfa_add_webauthn", "/account/2fa/webauthn/add/", SENT_ON, SENT_ON),
    Route("mfa_reauthenticate_webauthn", "/account/2fa/webauthn/reauthenticate/", "200 302 302 302 302", SENT_ON),
    Route("mfa_edit_webauthn", "/account/2fa/webauthn/keys/{passkey}/edit/", SENT_ON, SENT_ON),
    Route("mfa_remove_webauthn", "/account/2fa/webauthn/keys/{passkey}/remove/", SENT_ON, SENT_ON),
    Route("livez", "/livez", EVERYBODY, NOT_HERE),
    Route("readyz", "/readyz", EVERYBODY, NOT_HERE),
]
ROUTES += [Route(f"journal:{row.name}", row.path, *row.statuses, row.shows, row.sent) for row in ROWS]
BY_NAME = {route.name: route for route in ROUTES}


def walk(patterns, before="", namespace=""):
    """Every route under these patterns: its name with its namespace, and its whole pattern."""
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", whole
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, whole, inner)


def without_rows(patterns):
    return sorted({name for name, _ in walk(patterns) if not name.startswith("admin:")} - BY_NAME.keys())


# Of the canary's own day.
THAT_AFTERNOON = NOON + timedelta(hours=3)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: THAT_AFTERNOON)


@pytest.fixture(scope="module")
def made(kept):
    """People, and what there is to leak by the names that paths use: made once, as each test finds it."""
    with mock.patch("django.utils.timezone.now", return_value=THAT_AFTERNOON):
        people = {name: make_user(email=f"{name}@example.com") for name in ("parent", "visitor", "stranger", "editor")}
        make_user(email="superuser@example.com", is_staff=True, is_superuser=True)
        make_editor(people["editor"])
        return make_rows(people["parent"], people["visitor"])


@pytest.fixture
def rows(made, db):
    return made


def make_rows(parent, visitor):
    """The share is live, and no moment is shared through it."""
    theme = make_prompt().theme
    GuideText.objects.create(theme=theme, language="en", title="Bond", lead="A lead.", body="A body.")
    make_prompt(slug="rest", kind="any", theme="breaks", text="Who could hold you?")
    line = HelpLine.objects.create(slug="line", languages="en", position=1)
    words = {
        "prompt": theme.prompts.get(),
        "programtext": ProgramText.objects.create(language="en", text="We tell you first."),
        "savedline": SavedLine.objects.first(),
        "helpline": line,
        "theme": theme,
        "user": parent,
    }
    child = make_child(parent=parent, name=CANARIES["name"])
    moment = make_moment(author=parent, child=child, kind="missed", text=CANARIES["text"])
    passkey = give_passkey(parent, CANARIES["passkey"])
    share = make_share(parent=parent, reader=visitor, children=[child])
    make_note(share=share, author=visitor, moment=moment, text=CANARIES["moment_note"])
    make_note(share=share, author=visitor, monday=date(2026, 3, 2), text=CANARIES["week_note"])
    received = make_note(share=share, author=visitor, text=CANARIES["visit_note"])
    notes = {"note": make_note(share=share, author=parent), "received": received}
    draft = make_draft(author=parent, text=CANARIES["text"])
    refused = make_draft(author=parent, text=CANARIES["text"], why="refused", happened_at="2999-01-01T10:00")
    token = make_share(parent=parent).invite().token
    ids = {"share": share.pk, "token": token, "draft": draft.form, "refused": refused.form} | {
        name: note.pk for name, note in notes.items()
    }
    ids |= {"child": child.pk, "moment": moment.pk, "theme": theme.pk, "line": line.pk, "passkey": passkey.pk}
    ids |= {name: row.pk for name, row in words.items()}
    return {name: str(pk) for name, pk in ids.items()}


@pytest.fixture
def admin_browser_of(request, browser_of):
    """A browser past the second step, which the admin asks of its staff."""

    def admin_browser_of(who):
        person = request.getfixturevalue(who)
        if not factors_of(person).exists():
            give_second_factor(person)
        return browser_of(who)

    return admin_browser_of


@pytest.fixture
def browser_of(request, rows):
    def browser_of(who):
        browser = Client()
        if who != "anonymous":
            browser.force_login(request.getfixturevalue(who))
        return browser

    return browser_of


def journal_of(user):
    """All that is kept of a person, as rows."""
    return [
        list(User.objects.filter(pk=user.pk).values()),
        list(user.emailaddress_set.order_by("pk").values()),
        list(user.authenticator_set.order_by("pk").values()),
        [(key, bytes(wrapped)) for key, wrapped in DataKey.objects.filter(user=user).values_list("pk", "wrapped")],
        list(Draft.objects.editable_by(user).order_by("pk").values("pk", "form", "put_away_at")),
        *(list(model.objects.editable_by(user).order_by("pk").values()) for model in SHARING),
        *(list(model.objects.editable_by(user).order_by("pk").values()) for model in (Child, Moment, PromptOffer)),
    ]


def everything():
    """All that is kept, of anybody: one question a table."""
    tables = (User, EmailAddress, Authenticator, DataKey, Draft, Child, Moment, PromptOffer, *SHARING)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def ask(browser, method, address, sent=None, **headers):
    if method == "POST":
        return browser.post(address, sent or {}, headers=headers)
    return browser.generic(method, address, headers=headers)


def to_the_end(browser, answer):
    """The answer, and those of our own pages that it leads to."""
    yield answer
    for _ in range(4):
        if answer.status_code not in (302, 303) or not answer.headers["Location"].startswith("/"):
            return
        answer = browser.get(answer.headers["Location"])
        yield answer
    raise AssertionError(f"Sent on without an end: {answer.headers['Location']}")


def words_in(content):
    """The text of an answer; of a workbook the text of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def leaks(answer):
    """The canaries in an answer, its headers too, by name."""
    said = f"{answer.headers}\n{answer.cookies}\n{words_in(answer.content)}".casefold()
    return {name for name, canary in CANARIES.items() if canary.casefold() in said}


def is_sent_to_sign_in(answer):
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/?next=")


def is_sent_to_second_factor(answer):
    return answer.status_code == 302 and answer.headers["Location"].partition("?")[0] == "/account/2fa/"


# The table


def test_every_route_has_its_rows():
    assert without_rows(get_resolver().url_patterns) == []


def test_a_route_without_its_rows_is_found():
    patterns = [*get_resolver().url_patterns, path("new/", HttpResponse, name="brand-new"), path("x/", HttpResponse)]
    assert without_rows(patterns) == ["None", "brand-new"]


def test_the_table_names_no_route_that_is_gone():
    assert sorted(route.name for route in ROUTES) == sorted(
        {name for name, _ in walk(get_resolver().url_patterns) if not name.startswith("admin:")}
    )


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_path_in_the_table_is_that_route(route, rows):
    assert resolve(route.path.format(**rows).partition("?")[0]).view_name == route.name


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_person_gets_what_the_table_says_and_only_the_parent_reads_the_journal(
    route, method, who, browser_of, rows, parent
):
    browser, before = browser_of(who), journal_of(parent)
    answer = ask(browser, method, route.path.format(**rows), route.sent)
    assert answer.status_code == route.status(method, who)
    if who == "parent":
        assert leaks(answer) == set({"GET": route.shows, "POST": route.replies}[method].split())
        return
    assert not any(leaks(page) for page in to_the_end(browser, answer))
    assert journal_of(parent) == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_no_other_method_does_anything_for_anybody(route, browser_of, rows):
    people = {who: browser_of(who) for who in PEOPLE}
    before = everything()
    for method, (who, browser) in product(UNUSED_METHODS, people.items()):
        answer = ask(browser, method, route.path.format(**rows))
        # allauth's pages may send on before they look at the method, and take PUT for a POST that sent nothing.
        if route.name.startswith("account_") and (method == "PUT" or answer.status_code == 302):
            assert answer.status_code in (405, route.status("POST", who))
        elif is_sent_to_sign_in(answer):
            assert who == "anonymous"
        else:
            assert answer.status_code == 405
        assert leaks(answer) <= ({"email"} if who == "parent" else set())
    assert everything() == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_head_answers_as_get_does_and_says_nothing(route, browser_of, rows, parent):
    people = {who: browser_of(who) for who in PEOPLE}
    before = journal_of(parent)
    for who, browser in people.items():
        answer = ask(browser, "HEAD", route.path.format(**rows))
        assert (answer.status_code, answer.content) == (route.status("GET", who), b"")
        assert not leaks(answer)
    after = journal_of(parent)
    # Looking at Today and at a form may write down which question was shown, and nothing else.
    assert after[:-1] == before[:-1]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_options_name_no_more_than_the_methods(route, browser_of, rows):
    people = {who: browser_of(who) for who in PEOPLE}
    before = everything()
    for who, browser in people.items():
        answer = ask(browser, "OPTIONS", route.path.format(**rows))
        if route.name.startswith("account_") and answer.status_code != 405:
            assert answer.status_code in (200, 302)
        elif is_sent_to_sign_in(answer):
            assert who == "anonymous"
        else:
            assert answer.status_code == 405
            assert set(answer.headers["Allow"].split(", ")) <= {"GET", "HEAD", "POST"}
        assert answer.content == b""
        assert not leaks(answer)
    assert everything() == before


# Another's and missing are the same

NAMED_IN_PATH = [
    ("/moments/{moment}/", EDIT),
    ("/moments/{moment}/edit/", EDIT),
    ("/moments/{moment}/edit/", {"version": "?"}),
    ("/moments/{moment}/delete/", {}),
    ("/drafts/{draft}/", {}),
    ("/drafts/{draft}/put-away/", {}),
    ("/drafts/{draft}/delete/", {}),
    ("/outbox/{refused}/", {}),
    ("/children/{child}/edit/", {"name": "Theirs", "birth_month": "2025-10"}),
    ("/children/{child}/delete/", {}),
]
NAMED_IN_PATH += [(row.path, row.sent) for row in ROWS if re.search("{(?!token)", row.path)]
NAMED_ELSEWHERE = [
    ("GET", "/?child={child}", {}, 404),
    ("POST", "/another/", {"child": "{child}"}, 404),
    ("GET", "/weeks/?child={child}", {}, 404),
    ("GET", "/weeks/2026-03-02/?child={child}", {}, 404),
    ("GET", "/moments/?child={child}", {}, 422),
    ("GET", "/moments/?before=1772625600000000_{moment}", {}, 200),
    ("POST", "/moments/", {"q": "canary", "child": "{child}"}, 422),
    ("GET", "/moments/new/?kind=responsive&child={child}", {}, 404),
    ("GET", "/moments/new/?kind=repair&repairs={moment}", {}, 404),
    ("POST", "/moments/new/", NEW | {"child": "{child}"}, 422),
    ("POST", "/moments/new/", NEW | {"kind": "repair", "repairs": "{moment}"}, 422),
    ("POST", "/moments/new/another/", NEW | {"child": "{child}"}, 404),
]
FROM_A_PAGE = [{}, {"HX-Request": "true"}, {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}]


def compared(answer, ids):
    """What of an answer could tell two ids apart: all of it but the ids themselves and the masked token."""
    said = TOKEN.sub(rb"\1", answer.content).decode() + repr(sorted(answer.headers.items()))
    for name in ("child", "moment", "draft", "refused", "share", "note", "received"):
        said = said.replace(ids[name], "ID")
    return answer.status_code, re.sub(r"'Content-Length', '\d+'", "", said)


def asked_with(browser, method, address, sent, ids, headers):
    sent = {name: value.format(**ids) for name, value in sent.items()}
    return ask(browser, method, address.format(**ids), sent, **headers)


@pytest.mark.parametrize("headers", FROM_A_PAGE, ids=["whole", "htmx", "json"])
@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", *UNUSED_METHODS])
def test_a_path_with_anothers_id_answers_as_if_there_were_nothing(method, who, headers, browser_of, rows, parent):
    browser, before = browser_of(who), journal_of(parent)
    nothing = dict.fromkeys(rows, str(NOBODYS))
    for address, sent in NAMED_IN_PATH:
        anothers = asked_with(browser, method, address, sent, rows, headers)
        missing = asked_with(browser, method, address, sent, nothing, headers)
        if who == "anonymous" or is_sent_to_second_factor(anothers):
            assert is_sent_to_sign_in(anothers) or who != "anonymous"
            assert compared(anothers, rows) == compared(missing, nothing)
        else:
            assert anothers.status_code in (404, 405)
            assert anothers.content == missing.content
            assert (anothers.status_code, anothers.headers) == (missing.status_code, missing.headers)
        assert not leaks(anothers)
    assert journal_of(parent) == before


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind_opens_no_door(kind, who, browser_of, rows):
    browser, before = browser_of(who), everything()
    for address, _sent in NAMED_IN_PATH:
        answer = browser.generic("POST", address.format(**rows), b'{"text": "Theirs"}', content_type=kind)
        if who == "anonymous":
            assert is_sent_to_sign_in(answer)
        else:
            assert answer.status_code in (404, 405) or is_sent_to_second_factor(answer)
        assert not leaks(answer)
    assert everything() == before


def test_every_route_with_an_id_is_compared():
    nothing = dict.fromkeys(("moment", "child", "share", "note", "received", "draft", "refused"), NOBODYS)
    named = {resolve(address.format(**nothing)).view_name for address, _ in NAMED_IN_PATH}
    routes = [(name, whole) for name, whole in walk(get_resolver().url_patterns) if "<uuid:" in whole]
    # The admin is not there for anybody but staff: test_the_admin_is_not_there_for_parents.
    assert named == {name for name, _whole in routes if not name.startswith("admin:")}


@pytest.mark.parametrize("headers", FROM_A_PAGE, ids=["whole", "htmx", "json"])
@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize(("method", "address", "sent", "status"), NAMED_ELSEWHERE)
def test_anothers_id_in_a_query_or_a_form_answers_as_if_there_were_nothing(
    method, address, sent, status, who, headers, browser_of, rows, parent
):
    browser, before = browser_of(who), everything()
    nothing = dict.fromkeys(rows, str(NOBODYS))
    anothers = asked_with(browser, method, address, sent, rows, headers)
    if who == "anonymous" and address.startswith("/?"):
        assert anothers.status_code == 200
    elif who == "anonymous":
        assert is_sent_to_sign_in(anothers)
    else:
        assert anothers.status_code == status
    missing = asked_with(browser, method, address, sent, nothing, headers)
    assert compared(anothers, rows) == compared(missing, nothing)
    assert not leaks(anothers)
    assert everything() == before


@pytest.mark.parametrize(("method", "address", "sent", "status"), NAMED_ELSEWHERE)
def test_the_comparison_can_tell_the_parents_own_ids(method, address, sent, status, browser_of, rows):
    browser, nothing = browser_of("parent"), dict.fromkeys(rows, str(NOBODYS))
    own = asked_with(browser, method, address, sent, rows, {})
    missing = asked_with(browser, method, address, sent, nothing, {})
    assert compared(own, rows) != compared(missing, nothing)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_writes_under_anothers_id(who, browser_of, rows, parent):
    browser, before = browser_of(who), everything()
    answer = ask(browser, "POST", "/moments/new/", NEW | {"id": rows["moment"]})
    assert is_sent_to_sign_in(answer) if who == "anonymous" else answer.status_code == 404
    assert not leaks(answer)
    assert everything() == before


@pytest.mark.parametrize("who", OTHERS[:-1])
def test_nobody_ties_their_own_moment_to_anothers(who, browser_of, rows, request):
    browser, person = browser_of(who), request.getfixturevalue(who)
    own = make_moment(author=person, kind="repair")
    for tie in ({"child": rows["child"]}, {"kind": "repair", "repairs": rows["moment"]}):
        before = everything()
        answer = ask(browser, "POST", f"/moments/{own.pk}/edit/", EDIT | tie)
        assert answer.status_code == 422
        assert not leaks(answer)
        assert everything() == before


# The editors' side

ADMIN = sorted({whole for name, whole in walk(get_resolver().url_patterns) if name.startswith("admin:")})


def admin_address(whole, rows):
    """One address under an admin pattern; ids are of the words, or of the parent's moment where any kind is named."""
    kind = whole.split("/")[2] if whole.count("/") > 2 else ""
    parts = {"(?P<url>.*)$": "nothing/", "^(?P<app_label>accounts|journal)/$": "journal/"}
    parts |= {part: rows.get(kind, "") for part in ("<path:object_id>", "<int:pk>", "<uuid:pk>")}
    for part, value in parts.items():
        whole = whole.replace(part, value)
    return f"/{whole}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", *UNUSED_METHODS])
@pytest.mark.parametrize("whole", ADMIN)
def test_the_admin_is_not_there_for_parents_and_asks_nobody_in(whole, method, browser_of, rows, parent):
    address = admin_address(whole, rows)
    assert "<" not in address
    assert "//" not in address
    for who in ("parent", "stranger"):
        browser = browser_of(who)
        *before, last = to_the_end(browser, ask(browser, method, address))
        # Only Django's own sign-in sends on, to where everybody signs in and from there to nothing.
        assert not before or whole == "admin/login/"
        assert last.status_code == 404
        assert not leaks(last)
    browser = browser_of("anonymous")
    *before, last = to_the_end(browser, ask(browser, method, address))
    assert all(page.status_code == 302 for page in before)
    assert last.request["PATH_INFO"] == "/account/login/"
    assert not leaks(last)


@pytest.fixture
def equipped(editor, superuser):
    """Staff with a second factor, as the admin asks of them."""
    give_second_factor(editor)
    give_second_factor(superuser)


@pytest.mark.usefixtures("equipped")
@pytest.mark.parametrize("who", ["editor", "superuser"])
@pytest.mark.parametrize("whole", ADMIN)
def test_the_admin_shows_no_editor_a_word_of_a_journal(whole, who, admin_browser_of, rows, parent):
    browser, before = admin_browser_of(who), journal_of(parent)
    people = "/user/" in whole and who == "superuser"
    for method in ("GET", "POST", *UNUSED_METHODS):
        answer = ask(browser, method, admin_address(whole, rows))
        assert answer.status_code in (200, 302, 301, 403, 404, 405, 422)
        # Who runs the place sees the addresses of people, and nothing else of them.
        assert all(leaks(page) <= ({"email"} if people else set()) for page in to_the_end(browser, answer))
        browser = admin_browser_of(who)
    # The buttons there close an account or give a right: the row of the person alone.
    assert journal_of(parent)[people:] == before[people:]


@pytest.mark.usefixtures("equipped")
@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_an_editor_looks_after_the_words(who, admin_browser_of, rows):
    browser = admin_browser_of(who)
    for address in ("/admin/", f"/admin/journal/theme/{rows['theme']}/change/", "/admin/journal/helpline/"):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("who", ["editor", "superuser"])
@pytest.mark.parametrize("whole", ADMIN)
def test_the_admin_asks_staff_for_a_second_factor_first(whole, who, browser_of, rows):
    browser = browser_of(who)
    for method in ("GET", "POST"):
        answer = ask(browser, method, admin_address(whole, rows))
        assert answer.status_code in (302, 404)
        assert answer.status_code == 404 or answer.headers["Location"].startswith(("/account/2fa/", "/account/login/"))


@pytest.mark.parametrize(("who", "status"), [("editor", 200), ("superuser", 200), ("stranger", 404)])
def test_staff_sign_in_where_everybody_does_and_go_on_to_what_they_asked_for(who, status, request, rows):
    person, browser, wanted = request.getfixturevalue(who), Client(), "/admin/journal/theme/"
    give_app(person)
    *_, sign_in = to_the_end(browser, browser.get(wanted))
    address = f"{sign_in.request['PATH_INFO']}?{sign_in.request['QUERY_STRING']}"
    *_, second = to_the_end(browser, browser.post(address, {"login": person.email, "password": PASSWORD}))
    assert second.request["PATH_INFO"] == "/account/2fa/authenticate/"
    *_, last = to_the_end(browser, browser.post(second.request["PATH_INFO"], {"code": code_of()}))
    assert (last.request["PATH_INFO"], last.status_code) == (wanted, status)


@pytest.mark.usefixtures("equipped")
@pytest.mark.parametrize("who", ["editor", "superuser"])
@pytest.mark.parametrize("model", [Child, Moment, PromptOffer, DataKey, *SHARING])
def test_the_admin_does_not_know_the_private_models(model, who, admin_browser_of, rows, parent):
    browser = admin_browser_of(who)
    kind, pk = ContentType.objects.get_for_model(model).pk, model.objects.values_list("pk", flat=True).first()
    app = f"{model._meta.app_label}/{model._meta.model_name}"
    for address in (f"/admin/{app}/", f"/admin/{app}/add/", f"/admin/{app}/{pk}/change/", f"/admin/r/{kind}/{pk}/"):
        assert browser.get(address).status_code == 404
