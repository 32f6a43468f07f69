"""What every page of the editors' side has: a way to leave fast, and scripts that run only byte for byte as we keep them."""

import re

from django.templatetags.static import static

from accounts.templatetags.sri import sri
from tests.asking import ask
from tests.pages import make_people
from tests.workshop_pages import workshop

SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)


def unchecked(page):
    """The scripts of a page that a browser would run whatever was in them."""
    scripts = [dict(re.findall(r'(src|integrity)="([^"]*)"', script)) for script in SCRIPT.findall(page)]
    ours = static("")
    return [
        script.get("src", "")
        for script in scripts
        if not script.get("src", "").startswith(ours) or script.get("integrity") != sri(script["src"][len(ours) :])
    ]


def test_an_editors_page_runs_no_script_unchecked_and_can_be_left_fast(content, mailoutbox):
    people, rows = make_people("en")
    pages = {wanted.name: ask(wanted, "en", people, rows, mailoutbox).getvalue().decode() for wanted in workshop()}
    assert {name: unchecked(page) for name, page in pages.items() if unchecked(page)} == {}
    for way in ('<form class="leave-form" method="post" action="/leave/"', "data-private", "/js/leave"):
        assert [name for name, page in pages.items() if page.count(way) != 1] == []


def test_a_script_that_runs_unchecked_is_told():
    leave = '<script src="/static/js/leave.js" integrity="{}" defer></script>'
    assert unchecked(leave.format(sri("js/leave.js"))) == []
    others = ('<script src="/static/js/leave.js"></script>', '<script src="/admin/jsi18n/"></script>', "<script>")
    for script in (*others, leave.format(sri("js/once.js"))):
        assert len(unchecked(script)) == 1
