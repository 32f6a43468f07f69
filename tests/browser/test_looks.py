"""Each page looks as it did, but for what was changed on purpose: `make looks` keeps the new pictures."""

import os
from uuid import uuid4

import pytest

from tests.browser.looks import FEW, FEW_OF_ANOTHER, KEPT, difference, open_context, picture, plain_browser

# Long ago, so that every date is said with its year, today and next year.
WEEK = "2020-03-02"
TOLD = [
    ("responsive", "2020-03-02T09:00", "She looked at the light and then at me."),
    ("responsive", "2020-03-03T10:00", "He wanted up. I picked him up and we looked out together."),
    ("missed", "2020-03-03T18:00", "She called while I was at the stove."),
    ("responsive", "2020-03-05T07:30", "A hug after the bath."),
    ("reflection", "2020-03-06T21:00", "What helped my mother helped me."),
    ("responsive", "2020-03-07T12:00", ""),
]
DRAWN_BY = KEPT / "chromium"
PARTS = ("buttons", "doors", "cards", "notices", "waiting", "fields", "moments", "weeks")
PAGES = {
    "landing": "/",
    "sign-in": "/account/login/",
    "week": f"/weeks/{WEEK}/",
    "journal": "/moments/",
    "write": "/moments/new/?kind=missed&prompt=none",
    "phone": "/phone/",
}
# In pixels: there the form, the week and the navigation have a column beside the other.
WIDE = 1280
light = pytest.mark.parametrize("page", ["light"], indirect=True)
SIGNED_IN = ("week", "journal", "write", "phone")


@pytest.fixture(scope="module")
def browser(playwright, browser_type_launch_args, tmp_path_factory):
    with plain_browser(playwright, browser_type_launch_args, tmp_path_factory.mktemp("fonts")) as browser:
        yield browser


@pytest.fixture(scope="module")
def session(browser, server, families):
    """Of a parent who wrote in one week of long ago."""
    session = families["parents"].pop()
    context = open_context(browser, server.address)
    context.add_cookies([{"name": "session", "value": session, "url": server.address}])
    page = context.new_page()
    page.goto("/moments/new/?kind=responsive")
    token = page.locator(".form [name=csrfmiddlewaretoken]").input_value()
    for kind, happened_at, text in TOLD:
        form = {"csrfmiddlewaretoken": token, "id": str(uuid4()), "kind": kind, "happened_at": happened_at}
        assert page.request.post("/moments/new/", form=form | {"child": "", "text": text}).ok
    context.close()
    return session


@pytest.fixture(params=["light", "dark"])
def page(request, browser, server, session):
    """Of a browser without a cookie; `sign_in` gives it the parent's. "dark wide" is one on a wide screen."""
    theme, *wide = request.param.split()
    size = {"width": WIDE} if wide else {}
    context = open_context(browser, server.address, color_scheme=theme, **size)
    page = context.new_page()
    page.theme = request.param.replace(" ", "-")
    page.sign_in = lambda: context.add_cookies([{"name": "session", "value": session, "url": server.address}])
    page.empty = context.new_page()
    yield page
    context.close()


def check(page, name, seen, tmp_path):
    """As the picture that is kept; with NEW_LOOKS it is kept instead."""
    kept, version = KEPT / f"{name}-{page.theme}.png", page.context.browser.version
    if os.environ.get("NEW_LOOKS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(seen)
        DRAWN_BY.write_text(f"{version}\n")
    now = tmp_path / kept.name
    now.write_bytes(seen)
    assert kept.is_file(), f"No picture of it is kept. See {now}; `make looks` keeps it."
    found = difference(page.empty, seen, kept.read_bytes())
    told = f"{found} of a thousand spots differ" if isinstance(found, float | int) else found
    changed = f"{told}: see {now} and {kept}. If it is meant, `make looks` keeps it."
    drawn_by = DRAWN_BY.read_text().strip()
    if drawn_by != version:
        changed += f" It may be Chromium alone: {drawn_by} drew the kept one, {version} this one. See docs/looks.md."
    assert isinstance(found, float | int), changed
    assert found <= (FEW if drawn_by == version else FEW_OF_ANOTHER), changed


@pytest.mark.parametrize("part", PARTS)
def test_a_component_looks_as_it_did(part, page, tmp_path):
    page.goto("/components/")
    check(page, part, picture(page, f"[data-part={part}]"), tmp_path)


@pytest.mark.parametrize("page", ["light", "dark wide"], indirect=True)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name, page, tmp_path):
    if name in SIGNED_IN:
        page.sign_in()
    page.goto(PAGES[name])
    check(page, name, picture(page), tmp_path)


@light
@pytest.mark.parametrize(("where", "change"), [(".button--main", "paddingBlock"), (".door--missed", "borderWidth")])
def test_control_a_small_change_is_told(where, change, page):
    page.goto("/components/")
    before = picture(page, "main")
    page.evaluate("([where, change]) => { document.querySelector(where).style[change] = '12px'; }", [where, change])
    found = difference(page.empty, picture(page, "main"), before)
    assert isinstance(found, str) or found > FEW


@light
def test_every_part_of_the_page_of_components_is_looked_at(page):
    page.goto("/components/")
    assert page.locator("[data-part]").evaluate_all("(all) => all.map((one) => one.dataset.part)") == list(PARTS)
