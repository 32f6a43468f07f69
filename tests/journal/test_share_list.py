from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Opened, Reading
from tests.factories import make_child, make_moment, make_share, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def page_of(client, address="/sharing/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_at_first_nobody_reads(signed_in):
    page = page_of(signed_in)
    assert "Nobody reads your journal." in page
    assert "Families I visit" not in page


def test_who_asks_stands_first(signed_in, parent, visitor, stranger):
    make_share(parent=parent, reader=visitor, agreed=False)
    make_share(parent=parent)
    page = page_of(signed_in)
    assert page.index("Rosa Delgado at Little Steps asks to read") < page.index("Waiting for Rosa")
    assert "until March 11, 2026" in page


def test_a_live_share_says_how_many_moments_it_opens_until_when_and_when_it_was_opened(signed_in, share, parent, child):
    make_moment(author=parent, child=child).share_with([share])
    make_moment(author=parent).share_with([share])
    share.children.add(make_child(parent=parent, name="Leo"))
    make_moment(author=parent, child=child)
    Reading.record(share, Opened.VISIT)
    page = page_of(signed_in)
    assert "2 moments you marked Shared" in page
    assert "June 2, 2026, unless you say yes again" in page
    assert "Wednesday, March 4, 3 p.m." in page


def test_what_is_over_stands_apart(signed_in, share, parent, stranger, wednesday):
    share.end(by=parent)
    page = page_of(signed_in)
    assert "Stopped on March 4, 2026" in page
    assert "See what" not in page


def test_a_share_that_ran_out_is_over(signed_in, share, parent, wednesday):
    wednesday.shift(100 * 24 * 3600)
    signed_in.force_login(parent)
    assert "The last day was June 2, 2026" in page_of(signed_in)


def test_nobody_elses_share_is_listed(client, share, visitor, stranger):
    for person in (visitor, stranger):
        client.force_login(person)
        assert "Rosa Delgado" not in page_of(client)


def test_who_asked_to_read_finds_the_families(client, share, visitor):
    client.force_login(visitor)
    assert "Families I visit" in page_of(client)


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_the_same_queries_however_many_shares(signed_in, parent, child, count):
    for number in range(count):
        reader = make_user(email=f"reader{number}@example.com")
        made = make_share(parent=parent, reader=reader, children=[child])
        make_moment(author=parent, child=child).share_with([made])
        Reading.record(made, Opened.VISIT)
    page_of(signed_in)
    with CaptureQueriesContext(connection) as queries:
        page_of(signed_in)
    assert len(queries) == 6
