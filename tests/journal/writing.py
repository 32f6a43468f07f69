"""Sending the pages of a moment, as a browser does, and what a person reads on the answer."""

import re
from html import unescape
from html.parser import HTMLParser
from uuid import UUID

from django.urls import reverse

from journal.models import Moment

NEW = reverse("journal:moment-new")
ANOTHER = reverse("journal:moment-another")
LIST = reverse("journal:moment-list")
ID = "11111111-1111-4111-8111-111111111111"
OTHER_ID = "22222222-2222-4222-8222-222222222222"


def send_new(client, *, kind="responsive", **fields):
    """What the page of a new moment sends, once its writer has filled in these fields."""
    return client.post(NEW, {"kind": kind, **fields})


def edit_address(moment):
    return reverse("journal:moment-edit", args=[moment.pk])


def delete_address(moment):
    return reverse("journal:moment-delete", args=[moment.pk])


def as_sent(moment, **changes):
    """What the page of a change sends, with these fields typed over."""
    content = {name: value for name, value in moment.content.items() if value not in (False, "")}
    if moment.felt_unsafe:
        content["felt_unsafe"] = "on"
    facts = {
        "version": moment.version,
        "kind": moment.kind,
        "child": str(moment.child_id or ""),
        "happened_at": moment.local_time.strftime("%Y-%m-%dT%H:%M"),
    }
    if moment.repairs_id:
        facts["repairs"] = str(moment.repairs_id)
    return facts | content | changes


def send_edit(client, moment, **changes):
    return client.post(edit_address(moment), as_sent(moment, **changes))


def read(page):
    """The page's source with its entities read; for what stands in a field."""
    return unescape(page.content.decode())


def problem(page, field):
    """What is said right beside a field; '' when nothing is."""
    found = re.search(rf'<div id="id_{field}_error">(.*?)</div>', page.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[1])).split()) if found else ""


def rows():
    """All that is kept of moments, by id, to be compared before and after."""
    return {row.pk: {**vars(row), "_state": None, "content": row.content} for row in Moment.objects.all()}


def only_moment():
    return Moment.objects.get()


def shown_ids(page):
    """Ids of the moments a list shows, in its order."""
    found = re.findall(r'class="moment-open" href="/moments/([0-9a-f-]{36})/"', page.content.decode())
    return [UUID(one) for one in found]


# What a page carries of its own, beside what its writer fills in.
MARKS = ("csrfmiddlewaretoken", "writer", "edits", "page", "since")


class FormReader(HTMLParser):
    """What a browser would send from the forms of a page, field by field."""

    def __init__(self):
        super().__init__()
        self.values = {}
        self.within = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, value = given.get("name", ""), given.get("value")
        if tag == "textarea":
            self.within, self.values[name] = name, ""
        elif tag == "select":
            self.within = name
        elif tag == "option" and "selected" in given:
            self.values[self.within] = value
        elif tag == "input" and given.get("type") not in ("radio", "checkbox"):
            self.values[name] = value or ""
        elif tag == "input" and "checked" in given:
            self.values[name] = "on" if value is None else value

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self.within = ""

    def handle_data(self, data):
        if self.within in self.values and self.lasttag == "textarea":
            self.values[self.within] += data


def whole_form(page):
    """What a browser sends from the form of this page, its marks too."""
    reader = FormReader()
    reader.feed(page.content.decode())
    return {name: value for name, value in reader.values.items() if value}


def form_of(page):
    """The page's own form as a browser would send it, its token and empty fields left out."""
    reader = FormReader()
    reader.feed(re.search(r'<form class="form[ "].*?</form>', page.content.decode(), re.DOTALL)[0])
    values = {name: value.removeprefix("\n") for name, value in reader.values.items()}
    return {name: value for name, value in values.items() if value and name not in MARKS}
