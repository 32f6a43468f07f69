"""What is tried against people who sign in: a session that was planted, a code used twice, a page that leads away,
a form sent from elsewhere, a method in disguise, a page in a frame."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver

from accounts.sessions import SessionStore
from journal.models import Child, Moment
from tests.accounts.factors import (
    SECOND_STEP,
    SIGN_IN,
    SoftPasskey,
    code_of,
    give_app,
    give_passkey,
    options_on,
    type_password,
)
from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD
from tests.test_access import ROUTES

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "five-lazy-herons-nap-here"
NOWHERE = "00000000-0000-4000-8000-000000000000"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "/\t/evil.example",
    "%2f%2fevil.example",
    " //evil.example",
]
OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")


def planted(client):
    """A session that somebody else knows, in the person's browser."""
    store = SessionStore()
    store["planted"] = 1
    store.save()
    client.cookies[project.SESSION_COOKIE_NAME] = store.session_key
    return store.session_key


def opens_nothing(key):
    thief = Client()
    thief.cookies[project.SESSION_COOKIE_NAME] = key
    return thief.get("/settings/").status_code == 302 and not Session.objects.filter(pk=key).exists()


def by_password(client, user, mailoutbox):
    type_password(client)


def by_code(client, user, mailoutbox):
    client.post("/account/login/code/", {"email": user.email})
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[-1])})


def by_passkey(client, user, mailoutbox):
    phone = SoftPasskey()
    give_passkey(user, passkey=phone)
    options = options_on(client.get("/account/login/passkey/"))
    client.post("/account/login/passkey/", {"credential": phone.get(options, user)})


def by_second_step(client, user, mailoutbox):
    give_app(user)
    type_password(client)
    client.post(SECOND_STEP, {"code": code_of()})


@pytest.mark.parametrize("way", [by_password, by_code, by_passkey, by_second_step])
def test_session_fixation_a_planted_session_is_not_the_one_that_signs_in(client, parent, mailoutbox, way):
    key = planted(client)
    way(client, parent, mailoutbox)
    assert client.session["_auth_user_id"] == str(parent.pk)
    assert client.cookies[project.SESSION_COOKIE_NAME].value != key
    assert opens_nothing(key)


def test_session_fixation_the_session_of_a_first_step_is_not_that_of_the_second(client, parent):
    give_app(parent)
    type_password(client)
    between = client.cookies[project.SESSION_COOKIE_NAME].value
    client.post(SECOND_STEP, {"code": code_of()})
    assert opens_nothing(between)


def test_reuse_a_code_of_an_app_opens_once(parent):
    give_app(parent)
    first, second = Client(), Client()
    code = code_of()
    for client in (first, second):
        type_password(client)
        client.post(SECOND_STEP, {"code": code})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_reuse_a_code_for_a_new_password_opens_once_and_not_in_another_browser(client, parent, mailoutbox):
    client.post("/account/password/reset/", {"email": parent.email})
    code = code_in(mailoutbox[0])
    other = Client()
    other.post("/account/password/reset/confirm/", {"code": code})
    other.post("/account/password/reset/complete/", {"password1": "another-password-for-this"})
    client.post("/account/password/reset/confirm/", {"code": code})
    client.post("/account/password/reset/complete/", {"password1": NEW_PASSWORD})
    client.post("/account/password/reset/confirm/", {"code": code})
    client.post("/account/password/reset/complete/", {"password1": "another-password-for-this"})
    parent.refresh_from_db()
    assert parent.check_password(NEW_PASSWORD)


def test_reuse_there_are_no_links_for_a_new_password_that_could_be_found_later(client, parent, mailoutbox):
    client.post("/account/password/reset/", {"email": parent.email})
    assert "http" not in mailoutbox[0].body


def test_a_new_password_does_not_go_round_the_second_step(client, parent, mailoutbox):
    give_app(parent)
    client.post("/account/password/reset/", {"email": parent.email})
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    client.post("/account/password/reset/complete/", {"password1": NEW_PASSWORD})
    assert "_auth_user_id" not in client.session
    assert client.post(SIGN_IN, {"login": parent.email, "password": NEW_PASSWORD}).headers["Location"] == SECOND_STEP
    assert "_auth_user_id" not in client.session
    assert parent.authenticator_set.exists()


def leads_away(answer):
    """Where a browser would go: it takes backslashes for slashes, and does not see tabs."""
    wanted = re.sub(r"[\t\r\n]", "", answer.headers["Location"]).strip().replace("\\", "/")
    return urlsplit(urljoin("https://testserver/account/login/", wanted))[:2] != ("https", "testserver")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_open_redirects_no_page_leads_to_another_site(parent, elsewhere):
    for sent in ("query", "form"):
        for path, more in {
            "/account/login/": {"login": parent.email, "password": PASSWORD},
            "/account/logout/": {},
            "/language/": {"language": "es"},
            "/account/reauthenticate/": {"password": PASSWORD},
        }.items():
            client = Client()
            if "login" not in path:
                client.force_login(parent)
            address = f"{path}?next={quote(elsewhere)}" if sent == "query" else path
            answer = client.post(address, more | ({"next": elsewhere} if sent == "form" else {}))
            assert answer.status_code == 302
            assert not leads_away(answer), (path, answer.headers["Location"])


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_open_redirects_no_link_of_a_page_leads_to_another_site(client, parent, elsewhere):
    pages = [
        client.get(f"{path}?next={quote(elsewhere)}") for path in (SIGN_IN, "/account/signup/", "/account/login/code/")
    ]
    client.force_login(parent)
    pages.append(client.get(f"/account/2fa/?next={quote(elsewhere)}"))
    for page in pages:
        links = re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
        assert not [link for link in links if "evil" in link.partition("?")[0]]


UNSAFE = [route for route in ROUTES if set(route.post.split()) != {"405"}]


@pytest.mark.parametrize("route", [one for one in UNSAFE if one.name != "leave"], ids=lambda route: route.name)
def test_csrf_a_form_that_was_not_sent_from_a_page_of_ours_is_refused(route, parent, child, moment):
    client = Client(enforce_csrf_checks=True)
    client.force_login(parent)
    path = re.sub(r"\{(\w+)\}", lambda part: "1" if part[1] == "passkey" else NOWHERE, route.path)
    for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post(path, route.sent, headers=headers).status_code == 403
    assert Child.objects.count() == Moment.objects.count() == 1


def test_csrf_a_token_of_another_person_or_of_none_does_not_fit(parent, child, moment):
    client, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    client.force_login(parent)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', other.get(SIGN_IN).content.decode())[1]
    for wrong in (token, "", "x" * 64, "x"):
        answer = client.post(f"/moments/{moment.pk}/delete/", {"csrfmiddlewaretoken": wrong})
        assert answer.status_code == 403
    assert Moment.objects.exists()


def test_csrf_only_the_way_out_takes_a_form_from_anywhere():
    routes = list(all_routes(get_resolver().url_patterns))
    assert len(routes) > 50
    assert {route.name for route in routes if getattr(route.callback, "csrf_exempt", False)} == {"leave"}


def all_routes(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from all_routes(pattern.url_patterns)
        else:
            yield pattern


@pytest.mark.parametrize("header", OVERRIDES)
def test_method_override_a_request_is_what_it_says_it_is(signed_in, parent, moment, header):
    path = f"/moments/{moment.pk}/delete/"
    assert signed_in.get(path, headers={header: "POST"}).status_code == 200
    assert signed_in.get(f"{path}?_method=POST").status_code == 200
    assert signed_in.put(path, headers={header: "POST"}).status_code == 405
    assert signed_in.post("/moments/", {"_method": "DELETE", "q": "x"}, headers={header: "DELETE"}).status_code == 200
    assert Moment.objects.count() == 1


@pytest.mark.parametrize("address", ["/", SIGN_IN, "/moments/", "/leave/", "/nowhere/", "/account/reauthenticate/"])
def test_clickjacking_no_page_is_shown_in_a_frame(signed_in, address):
    answer = signed_in.get(address)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-forwarded-server", "forwarded", "x-host"])
def test_a_forged_host_stands_in_no_mail(client, parent, mailoutbox, header):
    client.post("/account/password/reset/", {"email": "nobody@example.com"}, headers={header: "evil.example"})
    assert not [mail for mail in mailoutbox if "evil" in mail.body]
