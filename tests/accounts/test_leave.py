import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.test import Client

pytestmark = pytest.mark.django_db

LEAVE = "/leave/"


def is_the_way_out(answer):
    return (answer.status_code, answer.headers["Location"]) == (303, LEAVE)


def test_leaving_signs_out_and_goes_to_a_blank_page(signed_in):
    cookie = signed_in.cookies[project.SESSION_COOKIE_NAME].value
    assert is_the_way_out(signed_in.post(LEAVE))
    assert not Session.objects.exists()
    signed_in.cookies[project.SESSION_COOKIE_NAME] = cookie
    assert signed_in.get("/settings/").status_code == 302


def test_leaving_ends_no_other_session_of_the_person(signed_in, parent):
    elsewhere = Client()
    elsewhere.force_login(parent)
    signed_in.post(LEAVE)
    assert elsewhere.get("/settings/").status_code == 200


def test_the_blank_page_goes_on_by_itself_and_has_a_plain_link(client):
    page = client.get(LEAVE).content.decode()
    assert f'<meta http-equiv="refresh" content="0; url={project.LEAVE_URL}">' in page
    assert f'href="{project.LEAVE_URL}"' in page
    for word in ("Most of", "journal", "moment", "child"):
        assert word not in page


def test_opening_the_blank_page_signs_nobody_out(signed_in):
    assert signed_in.get(LEAVE).status_code == 200
    assert "_auth_user_id" in signed_in.session


def test_leaving_needs_no_token(parent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(parent)
    assert is_the_way_out(client.post(LEAVE))
    assert not Session.objects.exists()


def test_leaving_works_signed_out(client):
    assert is_the_way_out(client.post(LEAVE))


def test_leaving_twice_is_no_error(signed_in):
    cookie = signed_in.cookies[project.SESSION_COOKIE_NAME].value
    signed_in.post(LEAVE)
    signed_in.cookies[project.SESSION_COOKIE_NAME] = cookie
    assert is_the_way_out(signed_in.post(LEAVE))


@pytest.mark.parametrize(
    "cookie", ["x", "x" * 5000, '"\\000"', "a" * 32, "é" * 32, "../../etc/passwd", "%00" * 11, " ", "=;,"]
)
def test_leaving_works_whatever_the_session_cookie(client, cookie):
    header = f"{project.SESSION_COOKIE_NAME}={cookie}; {project.CSRF_COOKIE_NAME}={cookie}; {project.LANGUAGE_COOKIE_NAME}={cookie}"
    assert is_the_way_out(client.post(LEAVE, headers={"cookie": header}))
    assert client.get(LEAVE, headers={"cookie": header}).status_code == 200


@pytest.mark.parametrize("data", ["", "not base64 at all", "e30:1abc:xyz", "\U0001f600"])
def test_leaving_works_whatever_is_in_the_session(signed_in, data):
    Session.objects.update(session_data=data)
    assert is_the_way_out(signed_in.post(LEAVE))


@pytest.mark.parametrize("stored", ["00000000-0000-4000-8000-000000000000", 7, None])
def test_leaving_works_whoever_the_session_says_it_is(signed_in, stored):
    session = signed_in.session
    session["_auth_user_id"] = stored
    session.save()
    assert is_the_way_out(signed_in.post(LEAVE))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x" * 2_000_000, "application/x-www-form-urlencoded"),
        (b"a=1&" * 5_000, "application/x-www-form-urlencoded"),
        (b"x" * 5_000_000, "text/plain"),
        (b"{", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"", ""),
    ],
)
def test_leaving_works_whatever_is_sent_along(signed_in, body, kind):
    assert is_the_way_out(signed_in.generic("POST", LEAVE, body, content_type=kind))
    assert not Session.objects.exists()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_not_taken(signed_in, method):
    assert signed_in.generic(method, LEAVE).status_code == 405
    assert "_auth_user_id" in signed_in.session
