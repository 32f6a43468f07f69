"""Whatever is sent to whichever address, the answer is a plain page and never an error of ours."""

import gzip
import re
from datetime import date
from urllib.parse import urlencode
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from config.reading import with_plain_content_type
from journal.models import HelpLine
from tests.factories import (
    PASSWORD,
    give_second_factor,
    make_child,
    make_moment,
    make_note,
    make_prompt,
    make_share,
)

pytestmark = pytest.mark.django_db

AT_LEAST = 2_000
REQUESTS, MORE = 25, 36
ACCOUNTS = "account/"
CANARY = "Nobody else may read this."


def routes(patterns, prefix=""):
    """Every address of the URLconf, its parts in braces."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


ROUTES = ["nowhere/<path:anything>", "static/<path:anything>", *routes(get_resolver().url_patterns)]
CASES = [(route, who) for route in ROUTES for who in ("nobody", "parent")]
OF_SHARES = ("families/", "invitations/", "notes/", "sharing/")
CASES += [(route, "visitor") for route in ROUTES if route.startswith(OF_SHARES)]
CASES += [(route, "editor") for route in ROUTES if route.startswith("admin/")]

# What a page of ours would send. Values in braces are ids of the parent's own rows.
WELL_FORMED = {
    "id": "{new}",
    "kind": "repair",
    "child": "{child}",
    "text": "A wave.",
    "happened_at": "2026-03-04T12:30",
    "when": "earlier",
    "prompt": "{prompt}",
    "repairs": "{missed}",
    "cue": "hungry",
    "did": "held",
    "feeling": "sad",
    "felt_unsafe": "on",
    "starred": "on",
    "version": "1",
    "q": "wave",
    "month": "2026-03",
    "before": "1772625600000000_{moment}",
    "name": "Leo",
    "birth_month": "2025-01",
    "email": "new@example.com",
    "login": "parent@example.com",
    "password": PASSWORD,
    "oldpassword": PASSWORD,
    "password1": "eleven-loud-badgers-sing",
    "remember": "on",
    "code": "BBBB-BBBB",
    "time_zone": "America/Bogota",
    "language": "es",
    "shows_counts": "on",
    "next": "/weeks/",
    "action": "resend",
    "action_add": "",
    "slug": "line",
    "position": "1",
    "region": "US",
    "languages": "en, es",
    "texts-TOTAL_FORMS": "1",
    "texts-INITIAL_FORMS": "0",
    "texts-0-language": "en",
    "reader_name": "Rosa",
    "program": "Little Steps",
    "children": "{child}",
    "signed_name": "Jess Miller",
    "ends_on": "2026-06-02",
    "text_version": "1.0",
    "shares": "{share}",
    "share": "{share}",
    "moments": "{moment}",
    "repairs_too": "yes",
    "ask": "The evenings.",
    "planned_on": "2026-03-09",
    "moment": "{moment}",
    "monday": "2026-03-02",
    "page": "1",
    "_save": "Save",
    "o": "1.-2",
    "p": "0",
}
NAMES = [*WELL_FORMED, "saved", "first", "without", "csrfmiddlewaretoken", "_popup", "_to_field", "_changelist_filters"]
NAMES += ["writer", "edits", "draft", "own_phone", "real_name", "real"]
NAMES += ["e", "all", "kind__exact", "position__gt", "texts__id", "password2", "checked_on"]
ODD = [
    *[
        "",
        " ",
        "\x00",
        "a\x00b",
        "%",
        "%00",
        "\ufffd",
        "\u202e",
        "🙂" * 50,
        "9" * 40,
        "-1",
        "1.5",
        "1e309",
        "NaN",
        "None",
    ],
    *["{}", "[]", "{child", "../..", "javascript:alert(1)", "//evil.example", "x" * 11_000, "1" * 5_000, "١٢٣"],
    *["0001-01-01T00:00Z", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "9999-12-31", "2026-02-30", "0000-00"],
    *["2026-W10", "20260302", "2026-03-02", "1_{moment}", "999999999999999999_{moment}", "-1_{moment}", "_", "1_1"],
    *["{share}", "{asked}", "{invited}", "{their_share}", "{note}", "none", "9999-12-31", "0001-01-01"],
    *["{child}", "{moment}", "{missed}", "{theirs}", "{their_child}", "{prompt}", "{draft}", "{new}", "none", "missed"],
    *["Mars/Olympus", "../etc/passwd", "xx", "es-419", "zh-hans-cn-x", "-" * 600, "parent@example.com", "responsive"],
]
CONTENT_TYPES = [
    *[
        "",
        "text/plain",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        ";;;=",
        "a/b; c*=d",
    ],
    *[
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=é",
        f"multipart/form-data; boundary={'x' * 300}",
    ],
    *[
        f"application/x-www-form-urlencoded; charset={name}"
        for name in ("utf-8", "utf-16", "hex", "idna", "no", '"', "é")
    ],
    *[
        f"multipart/form-data; boundary=x; charset={name}"
        for name in ("utf-8", "utf-16", "hex", "undefined", "no", "é")
    ],
]
PARTS_OF_ADDRESSES = ["{child}", "{moment}", "{missed}", "{theirs}", "{their_child}", "{line}", "2026-03-02", "bond"]
PARTS_OF_ADDRESSES += ["{share}", "{share}", "{asked}", "{invited}", "{their_share}", "{note}", "{received}", "{token}"]
PARTS = [
    b"--x\r\nContent-Disposition: form-data; name=kind\r\n\r\nmissed\r\n",
    b"--x\r\nContent-Disposition: form-data; name=text\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n",
    b"--x\r\nContent-Disposition: form-data; name=text; filename=../../x\r\nContent-Type: a/b; charset=hex\r\n\r\n\x00\r\n",
    b"--x\r\nContent-Disposition: form-data; name*=utf-8''%00\r\n\r\nx\r\n",
    *[b"--x\r\n", b"--x--", b"--x--\r\n", b"\r\n", b"Content-Disposition: form-data", b"\xff\xfe\x00"],
]

texts = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.sampled_from(ODD) | texts


def latin(text):
    """As a server hands text to the app: its bytes, each taken for a letter."""
    return text.encode().decode("latin-1")


# What a server lets through: no control characters.
header_values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40)


def fields():
    """A form as a page of ours would send it, some of it left out, some of it odd or there twice."""
    left_out = st.sets(st.sampled_from([*WELL_FORMED]), max_size=5)
    spoiled = st.lists(st.tuples(st.sampled_from(NAMES) | texts, values), max_size=4)
    return st.builds(
        lambda less, more: [*((name, WELL_FORMED[name]) for name in WELL_FORMED if name not in less), *more],
        left_out,
        spoiled,
    )


queries = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=4) | st.binary(max_size=40)
FORM = "application/x-www-form-urlencoded"
bodies = st.one_of(
    st.tuples(fields(), st.just(FORM)),
    st.tuples(fields(), st.just(FORM)),
    st.tuples(fields(), st.just(FORM)),
    st.tuples(st.lists(st.sampled_from(PARTS), max_size=6).map(b"".join), st.sampled_from(CONTENT_TYPES)),
    st.tuples(st.binary(max_size=60), st.sampled_from(CONTENT_TYPES) | header_values),
    st.tuples(st.just([("x", "y")] * 1_001), st.just(FORM)),
)
HEADERS = [
    *["HTTP_HOST", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_HX_REQUEST", "HTTP_REFERER"],
    *["HTTP_ORIGIN", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH"],
    *["HTTP_RANGE", "HTTP_X_CSRFTOKEN", "HTTP_X_REQUESTED_WITH", "HTTP_USER_AGENT"],
]
HEADER_VALUES = [
    *["testserver", "evil.example", "testserver:0", "[::1", "localhost:99999999", "true", "gzip", "es", "null", "-1"],
    *["es;q=NaN", "*;q=9", "x" * 600, "bytes=9-1", "https://testserver", "1e9", "1.2.3.4, x", "1.2.3.4:5", "::1%é"],
    *[f"{name}={value}" for name in ("session", "csrf", "language", "__Host-session") for value in ODD[4:16]],
]
headers = st.dictionaries(
    st.sampled_from(HEADERS), st.sampled_from(HEADER_VALUES).map(latin) | header_values, max_size=2
)
methods = st.sampled_from(["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])


@pytest.fixture
def rows(parent, stranger, visitor):
    """The ids that what is sent can name."""
    child, theirs = make_child(parent=parent), make_child(parent=stranger, name=CANARY)
    missed = make_moment(author=parent, child=child, kind="missed")
    make_moment(author=parent, child=child, kind="repair", repairs=missed)
    asked = make_prompt(kind="repair").texts.get(language="en")
    draft = make_prompt(slug="draft", kind="repair", published_at=None).texts.get(language="en")
    line = HelpLine.objects.create(slug="line", position=1)
    moment = make_moment(author=parent, child=child, prompt_text=asked)
    share = make_share(parent=parent, reader=visitor, children=[child], ends_on=date(2999, 1, 1), moments=[moment])
    invited = make_share(parent=parent)
    return {
        "{share}": share.pk,
        "{asked}": make_share(parent=parent, reader=visitor, agreed=False).pk,
        "{invited}": invited.pk,
        "{token}": invited.invite().token,
        "{their_share}": make_share(parent=stranger, reader=visitor, ends_on=date(2026, 1, 1), moments=[]).pk,
        "{note}": make_note(share=share, author=parent, moment=moment).pk,
        "{received}": make_note(share=share, author=visitor, moment=moment).pk,
        "{child}": child.pk,
        "{missed}": missed.pk,
        "{moment}": moment.pk,
        "{theirs}": make_moment(author=stranger, child=theirs, kind="missed", text=CANARY).pk,
        "{their_child}": theirs.pk,
        "{prompt}": asked.pk,
        "{draft}": draft.pk,
        "{line}": line.pk,
        "{new}": "11111111-1111-4111-8111-111111111111",
    }


@pytest.fixture
def each():
    """How many requests to an address from each who asks; `make reliability` sends ten times as many to accounts."""
    return lambda route: MORE if route.startswith(ACCOUNTS) else REQUESTS


def test_at_least_two_thousand_requests_are_sent():
    of_accounts = [route for route, _who in CASES if route.startswith(ACCOUNTS)]
    assert len(of_accounts) * MORE >= AT_LEAST


@pytest.mark.parametrize(("route", "who"), CASES)
def test_whatever_is_sent_the_answer_is_a_plain_page(route, who, rows, parent, visitor, editor, client, each):
    give_second_factor(visitor)
    if who != "nobody":
        client.force_login({"parent": parent, "visitor": visitor, "editor": editor}[who])
        give_second_factor(editor)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    sent = []

    @seed(crc32(f"{route} {who}".encode()))
    @settings(max_examples=each(route), database=None, deadline=None, suppress_health_check=[*HealthCheck])
    @given(address=addresses(route), method=methods, query=queries, body=bodies, odd=headers, checked=st.booleans())
    def send(address, method, query, body, odd, checked):
        content, content_type = body
        facts = {
            "CONTENT_TYPE": latin(content_type),
            "PATH_INFO": "/" + latin(named(address, rows)),
            "QUERY_STRING": as_bytes(query, rows).decode("latin-1"),
            **odd,
            "HTTP_COOKIE": "; ".join(filter(None, [cookies, odd.get("HTTP_COOKIE")])),
        }
        with transaction.atomic():
            answer = a_client(checked).generic(method, "/", as_bytes(content, rows), **facts)
            sent.append(answer.status_code)
            look_at(answer)
            transaction.set_rollback(True)

    send()
    assert len(sent) >= each(route)


TWO_MEGABYTES = 2_000_000
LARGE = {
    "one field": (b"email=" + b"x" * TWO_MEGABYTES, FORM),
    "one password": (b"login=parent%40example.com&email=n%40e.org&password=&password1=" + b"x" * TWO_MEGABYTES, FORM),
    "a thousand fields": (b"&".join(b"code=" + b"x" * 2_000 for _ in range(1_000)), FORM),
    "one field in parts": (
        b"--x\r\nContent-Disposition: form-data; name=code\r\n\r\n" + b"x" * TWO_MEGABYTES + b"\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    "a file that nobody asked for": (
        b"--x\r\nContent-Disposition: form-data; name=code; filename=a\r\n\r\n"
        + b"x" * TWO_MEGABYTES
        + b"\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    "JSON": (b'{"credential": "' + b"x" * TWO_MEGABYTES + b'"}', "application/json"),
    "more than is taken": (b"email=" + b"x" * 3_000_000, FORM),
}


@pytest.mark.parametrize("kind", LARGE)
def test_two_megabytes_are_answered_with_a_plain_page(kind, parent, client):
    """At every form of accounts, signed in and not."""
    body, content_type = LARGE[kind]
    paths = [
        "/" + re.sub(r"<[^>]*>", "x", route) for route in ROUTES if route.startswith(ACCOUNTS) and "(" not in route
    ]
    assert len(paths) > 20
    client.force_login(parent)
    for browser in (a_client(False), client):
        browser.handler = a_client(False).handler
        for path in paths:
            look_at(browser.generic("POST", path, body, content_type))


def a_client(checked):
    """A browser whose requests come in by the door of the app server."""
    client = Client(enforce_csrf_checks=checked)
    client.handler = with_plain_content_type(client.handler)
    return client


def look_at(answer):
    assert answer.status_code < 500
    said = answer.content
    if answer.headers.get("Content-Encoding") == "gzip" and said:
        said = gzip.decompress(said)
    assert CANARY.encode() not in said
    if answer.status_code >= 400 and answer.status_code != 405 and answer.request["REQUEST_METHOD"] != "HEAD":
        assert b"<h1" in said or answer.headers["Content-Type"] == "application/json"
        assert b"Traceback" not in said


def named(text, rows):
    """The text with the ids of these rows in place of their names."""
    for name, pk in rows.items():
        text = text.replace(name, str(pk))
    return text


def as_bytes(content, rows):
    """A form as it is sent; what is no form stands as it is."""
    if isinstance(content, bytes):
        return content
    return urlencode([(named(name, rows), named(value, rows)) for name, value in content]).encode()


def addresses(route):
    """The route with each of its parts filled in: by a row of the parent's or another's, or by something odd."""
    template = re.sub(r"\(\?P(<\w+>)[^)]*\)|[\^$]", r"\1", route)
    part = st.sampled_from(PARTS_OF_ADDRESSES) | values
    filled = st.tuples(*[part for _ in re.findall("<", template)])
    return filled.map(lambda chosen: re.sub(r"<[^>]*>", "%s", template) % chosen)
