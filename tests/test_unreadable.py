"""Requests that name what cannot be read: nobody's browser sends them, and they are no error of ours."""

from html import unescape
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test.client import BOUNDARY, RequestFactory, encode_multipart

from accounts.models import User
from config.reading import with_plain_content_type

pytestmark = pytest.mark.django_db

NO_TEXT = ("hex", "rot13", "undefined", "idna", "utf-16", "no-such", "", '"', "é".encode().decode("latin-1"))


@pytest.fixture
def served():
    """What the app server calls, asked for a page: the status and the page."""
    from config.wsgi import application

    def ask(path="/livez", content_type="", query="", method="GET", body=b""):
        facts = RequestFactory().get(path).environ
        facts |= {"REQUEST_METHOD": method, "CONTENT_TYPE": content_type, "QUERY_STRING": query}
        facts |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
        statuses = []
        page = b"".join(application(facts, lambda status, _headers: statuses.append(status)))
        return int(statuses[0].split()[0]), unescape(page.decode())

    return ask


@pytest.mark.parametrize("charset", NO_TEXT)
def test_an_address_is_read_as_utf_8_whatever_charset_the_request_names(served, charset):
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    for kind in kinds:
        assert served("/livez", f"{kind}; charset={charset}", "next=%C3%B1%FF") == (200, "ok")


def test_django_alone_breaks_on_it_so_this_is_still_needed():
    with pytest.raises(LookupError):
        WSGIRequest(RequestFactory().get("/livez?x=y").environ | {"CONTENT_TYPE": "text/plain; charset=hex"})


@pytest.mark.parametrize(
    "content_type", ["a/b; c*=hex''%41", "a/b; c*=''", ";;;=", "; charset=hex", "multipart/; boundary"]
)
def test_a_content_type_that_is_none_is_no_error(served, content_type):
    assert served(content_type=content_type) == (200, "ok")


def test_more_parameters_than_a_page_has_are_a_plain_refusal_with_a_charset_too(served):
    many = "&".join(["x=y"] * 1_001)
    for content_type in ("", "text/plain; charset=utf-8"):
        status, page = served("/language/", content_type, many, "POST")
        assert status in (400, 403)
        assert "<h1" in page


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "no-such"])
def test_a_body_with_a_name_in_no_charset_is_a_plain_refusal(served, charset):
    body = f"--x\r\nContent-Disposition: form-data; name*={charset}''%41\r\n\r\nes\r\n--x--\r\n".encode()
    status, page = served("/language/", "multipart/form-data; boundary=x", method="POST", body=body)
    assert status in (400, 403)
    assert "<h1" in page


@pytest.mark.parametrize("boundary", [BOUNDARY, f'"{BOUNDARY}"', f"{BOUNDARY}; charset=hex"])
def test_a_body_in_parts_is_still_read(client, parent, boundary):
    client.handler = with_plain_content_type(client.handler)
    client.force_login(parent)
    body = encode_multipart(BOUNDARY, {"language": "es"})
    answer = client.generic("POST", "/language/", body, f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 302
    assert User.objects.get().language == "es"
