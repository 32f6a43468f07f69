"""What every kind of answer tells the browser, whoever gives it: a page, an error, a redirect, a file, the admin."""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings as project
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path

from config import urls
from tests.accounts.factors import type_password
from tests.factories import give_second_factor

pytestmark = pytest.mark.django_db

ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
WANTED = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
}


def breaks(kind):
    def view(request):
        raise kind("broken on purpose")

    view.login_required = False
    return view


urlpatterns = [
    *urls.urlpatterns,
    path("broken/", breaks(RuntimeError)),
    path("denied/", breaks(PermissionDenied)),
    path("suspicious/", breaks(SuspiciousOperation)),
]

# Kind, who asks, method, path, what else, status.
KINDS = [
    ("page", "", "get", "/", {}, 200),
    ("page of a person", "parent", "get", "/moments/", {}, 200),
    ("redirect to sign in", "", "get", "/moments/", {}, 302),
    ("redirect to https", "", "get", "/", {"secure": False}, 301),
    ("missing", "", "get", "/nothing-here/", {}, 404),
    ("missing of a person", "parent", "get", "/moments/00000000-0000-4000-8000-000000000000/", {}, 404),
    ("wrong method", "", "put", "/", {}, 405),
    ("wrong host", "", "get", "/", {"headers": {"host": "evil.example"}}, 400),
    ("wrong host, plain http", "", "get", "/", {"headers": {"host": "evil.example"}, "secure": False}, 400),
    ("stale page", "", "post", "/account/login/", {}, 403),
    ("bad request", "", "get", "/suspicious/", {}, 400),
    ("refused", "", "get", "/denied/", {}, 403),
    ("broken", "", "get", "/broken/", {}, 500),
    ("static file", "", "get", "/static/kept.css", {}, 200),
    ("static script", "", "get", "/static/kept.js", {}, 200),
    ("missing static file", "", "get", "/static/nothing.css", {}, 404),
    ("admin", "editor", "get", "/admin/", {}, 302),
    ("admin page", "known editor", "get", "/admin/", {}, 200),
    ("admin, not there", "parent", "get", "/admin/", {}, 404),
    ("health", "", "get", "/livez", {}, 200),
    ("way out", "", "get", "/leave/", {}, 200),
    ("too many", "", "post", "/account/password/reset/", {}, 429),
]


@pytest.fixture
def answer_of(request, settings):
    settings.ROOT_URLCONF = __name__
    settings.SECURE_SSL_REDIRECT = True
    for name in ("kept.css", "kept.js"):
        (settings.STATIC_ROOT / name).write_text("/* a file */")

    def ask(kind, who, method, path, more):
        client = Client(raise_request_exception=False, enforce_csrf_checks=kind == "stale page")
        if who:
            user = request.getfixturevalue(who.removeprefix("known "))
            client.force_login(user)
        if who.startswith("known"):
            give_second_factor(user)
        if kind == "too many":
            for _ in range(5):
                client.post(path, {"email": "nobody@example.com"}, secure=True)
            more = {"data": {"email": "nobody@example.com"}}
        return getattr(client, method)(path, **{"secure": True} | more)

    return ask


@pytest.mark.parametrize(("kind", "who", "method", "path", "more", "status"), KINDS, ids=[kind[0] for kind in KINDS])
def test_every_kind_of_answer_carries_them(answer_of, kind, who, method, path, more, status):
    answer = answer_of(kind, who, method, path, more)
    assert answer.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy.items() <= ALLOWED.items()
    assert policy["default-src"] == "'none'"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & set(" ".join(policy.values()).split())
    found = {name: answer.headers.get(name) for name in WANTED}
    wanted = WANTED if more.get("secure", True) else WANTED | {"strict-transport-security": None}
    assert found == wanted
    features = answer.headers["Permissions-Policy"]
    for name in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{name}=()" in features
    is_kept = "/static/" in path and status == 200
    assert ("no-store" in answer.headers["Cache-Control"]) is not is_kept
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers
    answer.close()


def test_an_answer_that_lacks_one_is_found(answer_of, monkeypatch):
    monkeypatch.setattr("config.headers.EVERYWHERE", {})
    with pytest.raises(AssertionError):
        test_every_kind_of_answer_carries_them(answer_of, "health", "", "get", "/livez", {}, 200)


@pytest.mark.parametrize("path", ["/", "/account/login/", "/account/signup/", "/language/"])
def test_every_cookie_is_for_this_host_alone_and_for_no_script(client, db, path):
    client.get("/account/login/", secure=True)
    client.post(path, {"language": "es", "login": "x"}, secure=True)
    client.get(path, secure=True)
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
        assert not cookie["domain"]


def test_a_person_carries_no_other_cookie_either(client, parent):
    type_password(client, remember="on")
    client.post("/language/", {"language": "es"})
    names = {"SESSION", "LANGUAGE", "DEVICE"}
    assert client.cookies.keys() >= {getattr(project, f"{name}_COOKIE_NAME") for name in names}
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


SCRIPT = re.compile(r"<script\b([^>]*)>")


def scripts_of(page):
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', attributes)) for attributes in SCRIPT.findall(page)]


def is_what_it_says(script):
    content = Path(finders.find(unquote(script["src"]).removeprefix("/static/"))).read_bytes()
    return script["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


@pytest.mark.parametrize("address", ["/", "/account/login/", "/account/signup/", "/account/login/passkey/"])
def test_every_script_of_a_page_is_what_the_page_says(client, db, address):
    scripts = scripts_of(client.get(address).content.decode())
    assert scripts
    assert all(is_what_it_says(script) for script in scripts)


def test_every_script_in_a_template_of_ours_says_what_it_is():
    templates = [path.read_text() for path in (project.BASE_DIR / "templates").rglob("*.html")]
    found = [attributes for text in templates for attributes in SCRIPT.findall(text)]
    assert len(found) > 5
    assert [one for one in found if "integrity=" not in one] == []


def test_a_script_that_was_changed_is_found():
    assert not is_what_it_says({"src": "/static/js/leave.js", "integrity": "sha384-AAAA"})
