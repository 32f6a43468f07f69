"""What answers say of themselves, and what none of them gives away."""

import pytest
from django.test import Client

from tests.accounts.test_headers import KINDS, answer_of, urlpatterns

__all__ = ["answer_of", "urlpatterns"]

pytestmark = pytest.mark.django_db

SOURCES = [
    "/.git/config",
    "/.git/HEAD",
    "/.svn/entries",
    "/.env",
    "/manage.py",
    "/config/settings.py",
    "/requirements.txt",
    "/data/db.sqlite3",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/static/..%2f..%2fmanage.py",
    "/static//etc/passwd",
    "/static/.git/config",
    "/docs/",
    "/api/",
    "/metrics",
    "/debug",
    "/server-status",
    "/swagger.json",
    "/openapi.json",
    "/.well-known/security.txt",
    "/phpinfo.php",
    "/db.sqlite3",
    "/master.keys",
    "/data/master.keys",
    "/backup.zip",
    "/static/staticfiles.json",
]


@pytest.mark.parametrize(("kind", "who", "method", "path", "more", "status"), KINDS, ids=[kind[0] for kind in KINDS])
def test_no_answer_may_be_read_by_another_site(answer_of, kind, who, method, path, more, status):
    more = more | {"headers": {"origin": "https://evil.example"} | more.get("headers", {})}
    answer = answer_of(kind, who, method, path, more)
    assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []
    answer.close()


@pytest.mark.parametrize(("kind", "who", "method", "path", "more", "status"), KINDS, ids=[kind[0] for kind in KINDS])
def test_every_answer_with_a_body_says_its_type_and_its_charset(answer_of, kind, who, method, path, more, status):
    answer = answer_of(kind, who, method, path, more)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body:
        assert answer.headers["Content-Type"].replace('"', "").endswith("; charset=utf-8")
        body.decode("utf-8")
    answer.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/readyz", "text/plain; charset=utf-8"),
        ("/sw.js", "text/javascript; charset=utf-8"),
        ("/offline/", "text/html; charset=utf-8"),
        # These two are UTF-8 by their own standards, and have no charset to name (RFC 8259).
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/outbox/", "application/json"),
    ],
)
def test_what_is_no_page_says_what_it_is(client, path, kind):
    assert client.get(path).headers["Content-Type"] == kind


@pytest.mark.parametrize("path", SOURCES)
def test_nothing_of_the_source_the_data_or_the_workings_is_served(client, path):
    answer = client.get(path)
    assert answer.status_code in (302, 404)
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("path", ["/", "/account/login/", "/moments/", "/livez", "/admin/", "/nowhere/", "/outbox/"])
def test_trace_gives_nothing_back(signed_in, path):
    for client in (Client(), signed_in):
        answer = client.trace(path, headers={"x-canary": "Canaryquilt"})
        assert answer.status_code >= 300
        assert b"Canaryquilt" not in answer.content
