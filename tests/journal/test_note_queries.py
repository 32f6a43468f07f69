"""Many notes: no page takes more questions to the database for fifty of them than for five, on either side."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal.models import Visit
from tests.factories import give_second_factor, make_moment, make_note

MONDAY = date(2026, 3, 2)


def queries_of(browser, path):
    """As of a worker that holds no key yet."""
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(path)
    assert page.status_code == 200, path
    return len(captured), page.content.decode().count("Note of ")


def write(number, share, moment):
    """So many on each thing a note can stand on, by either in turn; those of the reader are new on Today."""
    for place in ({"moment": moment}, {"monday": MONDAY}, {}):
        for one in range(number):
            author = share.reader if one % 2 else share.parent
            make_note(share=share, author=author, text=f"Note of {place or 'the visit'}.", **place)


@pytest.fixture
def pages(share, parent, visitor, child):
    """Each page by who opens it, and on how many of three places its notes stand."""
    moment = make_moment(author=parent, child=child)
    moment.share_with([share])
    Visit.objects.plan(share).ask_for("The evenings.")
    give_second_factor(visitor)
    family = f"/families/{share.pk}/"
    read = ["/families/", family, f"{family}sheet/", f"{family}weeks/2026-03-02/", f"{family}moments/{moment.pk}/"]
    own = ["/", f"/moments/{moment.pk}/", "/weeks/2026-03-02/", "/sharing/", f"/sharing/{share.pk}/"]
    own += [f"/sharing/{share.pk}/preview/", f"/sharing/{share.pk}/preview/weeks/2026-03-02/"]
    browsers = {visitor: Client(), parent: Client()}
    for person, browser in browsers.items():
        browser.force_login(person)
    return moment, [(browsers[visitor], path) for path in read] + [(browsers[parent], path) for path in own]


def test_fifty_notes_on_a_thing_take_as_many_queries_as_five(pages, share):
    moment, asked = pages
    write(5, share, moment)
    for browser, path in asked:
        # The first look of a day at Today chooses its question.
        browser.get(path)
    few = {path: queries_of(browser, path) for browser, path in asked}
    write(45, share, moment)
    many = {path: queries_of(browser, path) for browser, path in asked}
    assert {path: queries for path, (queries, _notes) in many.items()} == {path: one for path, (one, _) in few.items()}
    # And they do stand there: of the six at first three are new to the parent on each thing.
    grown = {path for path, (_queries, notes) in many.items() if notes == 10 * few[path][1] > 0}
    assert grown == {path for _browser, path in asked} - {"/", "/families/", "/sharing/", asked[2][1]}
    assert (few["/"][1], many["/"][1]) == (6, 72)
