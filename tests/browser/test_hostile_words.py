"""Words that would do harm were they not mere words: in every text an editor can write they stand as they were typed,
or are refused beside their field. The watcher fails a test on any request to another host and any breach of the CSP.
"""

import re

import pytest
from playwright.sync_api import expect

ADMIN = "/admin/journal/"
HOSTILE = [
    "{{ 7*7 }} {% now 'Y' %} ${7*7} <script>document.title='pwned'</script>",
    "<img src=https://other.example/x.png onerror=alert(1)> javascript:alert(1)",
    '"\' onmouseover=alert(1) x="</textarea><style>body{display:none}</style>&lt;b&gt;',
    '<a href="javascript:alert(1)">x</a> [x](javascript:alert(1)) <b>bold</b>',
]
UNREADABLE = {"override": "a\u202ereversed", "isolate": "a\u2066isolated", "10,000": "x" * 10_000}
# A text of a row by its language; numbers to call take digits alone.
WORDS = re.compile(r"(text|text_(en|es)|(title|lead|body|question|answer|name)_(en|es))")
TEXTS = re.compile(WORDS.pattern + r"|(call|text_to|text_body)_(en|es)")


def forms(rows):
    return {
        "prompt": f"{ADMIN}prompt/{rows['prompt']}/change/",
        "theme": f"{ADMIN}theme/2/change/",
        "helpline": f"{ADMIN}helpline/2/change/",
        "savedline": f"{ADMIN}savedline/1/change/",
        "programtext": f"{ADMIN}programtext/{rows['program']}/change/",
    }


def fields(page, names):
    """The fields of the page that bear one of these names."""
    found = page.locator("textarea, input[type=text]").all()
    return [field for field in found if names.fullmatch(field.get_attribute("name"))]


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_stand_there_as_words_everywhere(number, server, come_in):
    words = HOSTILE[number]
    rows = server.editors(f"hostile-{number}")
    page, parent = come_in(rows["session"]), come_in(rows["parent"])
    for name, form in forms(rows).items():
        page.goto(form)
        typed = fields(page, WORDS)
        assert typed
        for field in typed:
            field.fill(words)
        for box in page.locator("[name=on_page], [name=on_card]").all():
            box.check()
        save(page)
        if name == "prompt":
            page.get_by_role("button", name="Save all the same").click()
        expect(page.locator(".messagelist")).to_be_visible()
    newest = page.locator("tr", has_text=words).locator("th a").get_attribute("href")
    for name, form in (forms(rows) | {"programtext": newest}).items():
        page.goto(form)
        assert {field.input_value() for field in fields(page, WORDS)} == {words}, name
        page.goto(form.replace("/change/", "/history/"))
        expect(page.get_by_text(words).first).to_be_visible()
    for address in (f"{ADMIN}prompt/?q=hostile-{number}", f"{ADMIN}prompt/{rows['prompt']}/preview/", f"{ADMIN}theme/"):
        page.goto(address)
        expect(page.get_by_text(words).first).to_be_visible()
    page.goto(f"{ADMIN}theme/2/change/")
    chapter = page.get_by_role("link", name="View on site").get_attribute("href")
    saved, agree = f"/moments/{rows['moment']}/?saved", f"/sharing/{rows['share']}/agree/"
    for address, times in (
        ("/", 1),
        ("/guide/", 2),
        (chapter, 3),
        ("/help/", 2),
        ("/pause/", 1),
        (saved, 1),
        (agree, 1),
    ):
        parent.goto(address)
        assert parent.locator("body").inner_text().count(words) >= times, address
        assert "pwned" not in parent.title()
    assert "pwned" not in page.title()


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_refused_beside_its_field(what, server, come_in):
    rows = server.editors(f"refused-{what[:2]}")
    page = come_in(rows["session"])
    for name, form in forms(rows).items():
        page.goto(form)
        for field in fields(page, TEXTS):
            field.fill(UNREADABLE[what])
        save(page)
        expect(page.locator(".errornote")).to_be_visible()
        refused = fields(page, TEXTS)
        assert refused
        for field in refused:
            row = page.locator(f".field-{field.get_attribute('name')}")
            assert row.locator(".errorlist").is_visible(), (name, field.get_attribute("name"))
            assert field.input_value() == UNREADABLE[what]
