"""Every kind of page, graded by the MDN HTTP Observatory over TLS, at the ceiling of this version of it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.observatory.serving import served
from tests.pages import PAGES

GRADE = Path(__file__).with_name("grade.mjs")
# The best there is of each, with what it adds to a hundred points. Nothing here is on Chromium's list of hosts that
# are known for https, which would add five more.
BEST = {
    "content-security-policy": ("csp-implemented-with-no-unsafe-default-src-none", 10),
    "cookies": ("cookies-secure-with-httponly-sessions-and-samesite", 5),
    "cross-origin-resource-sharing": ("cross-origin-resource-sharing-not-implemented", 0),
    "redirection": ("redirection-to-https", 0),
    "referrer-policy": ("referrer-policy-private", 5),
    "strict-transport-security": ("hsts-implemented-max-age-at-least-six-months", 0),
    "subresource-integrity": ("sri-implemented-and-all-scripts-loaded-securely", 5),
    "x-content-type-options": ("x-content-type-options-nosniff", 0),
    "x-frame-options": ("x-frame-options-implemented-via-csp", 5),
    "cross-origin-resource-policy": ("corp-implemented-with-same-origin", 10),
}
# Of a page that has none of what is graded.
NOTHING_TO_GRADE = {
    "cookies": "cookies-not-found",
    "subresource-integrity": "sri-not-implemented-but-no-scripts-loaded",
}
# It sends GET alone, and has no browser to walk a way in.
GRADED = [page for page in PAGES if page.sent is None and not page.before]
LANGUAGE = "en"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("observatory")) as running:
        yield running


def ask(server, pages, https_port=None):
    sessions, rows = server.families[LANGUAGE]["sessions"], server.families[LANGUAGE]["rows"]
    sent = [
        {
            "name": page.name,
            "path": page.path.format_map(rows),
            "cookie": f"__Host-session={sessions[page.who]}" if page.who else "",
        }
        for page in pages
    ]
    wanted = {"httpPort": server.http_port, "httpsPort": https_port or server.https_port, "pages": sent}
    told = subprocess.run(
        ["node", str(GRADE), os.environ["OBSERVATORY"]],
        input=json.dumps(wanted),
        env=os.environ | {"NODE_EXTRA_CA_CERTS": str(server.certificate)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(told.stdout)


def test_every_kind_of_page_is_at_the_ceiling(server):
    said = ask(server, GRADED)
    assert len(said) == len(GRADED) > 100
    lower = {}
    for page in GRADED:
        found = said[page.name]
        assert (found["status"], found["verified"]) == (page.status, True), page
        assert found["kind"].startswith("text/html"), page
        best = {test: result for test, (result, _more) in BEST.items()}
        ceiling = 100 + sum(
            more for test, (_best, more) in BEST.items() if found["results"][test] != NOTHING_TO_GRADE.get(test)
        )
        left = {
            test: one for test, one in found["results"].items() if one not in (best[test], NOTHING_TO_GRADE.get(test))
        }
        if left or found["failed"] or (found["grade"], found["score"]) != ("A+", ceiling):
            lower[page.name] = (found["grade"], found["score"], ceiling, left)
    assert lower == {}
    print(
        {
            score: sum(one["score"] == score for one in said.values())
            for score in {one["score"] for one in said.values()}
        }
    )


def test_a_page_without_any_of_it_is_graded_low(server):
    """The control: it is asked in the same way, and fails what it lacks."""
    found = ask(server, GRADED[:1], server.bare_port)[GRADED[0].name]
    assert found["verified"]
    assert found["grade"] == "F"
    wanted = {"content-security-policy", "cookies", "strict-transport-security", "x-content-type-options"}
    assert wanted <= set(found["failed"])
