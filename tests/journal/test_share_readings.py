from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Opened, Reading
from tests.factories import make_moment

pytestmark = pytest.mark.django_db


def readings(share, page=""):
    return f"/sharing/{share.pk}/readings/{page}"


def page_of(client, share, page=""):
    answer = client.get(readings(share, page))
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_each_line_says_in_plain_words_what_was_opened_and_when_newest_first(
    signed_in, share, parent, child, wednesday
):
    parent.time_zone = "America/Bogota"
    parent.save()
    moment = make_moment(author=parent, child=child)
    gone = make_moment(author=parent, child=child)
    for opened, more in (
        (Opened.VISIT, {}),
        (Opened.SHEET, {}),
        (Opened.WEEK, {"monday": date(2026, 3, 2)}),
        (Opened.MOMENT, {"moment": moment.pk}),
        (Opened.MOMENT, {"moment": gone.pk}),
        (Opened.MARKED, {}),
    ):
        wednesday.shift(60)
        Reading.record(share, opened, **more)
    gone.delete()
    page = page_of(signed_in, share)
    told = [
        "Rosa Delgado marked it as read",
        "Rosa Delgado read a moment you deleted",
        "Rosa Delgado read your moment of Wednesday, March 4",
        "Rosa Delgado read your week of March 2",
        "Rosa Delgado opened the page to print",
        "Rosa Delgado opened “Before your visit”",
    ]
    assert [page.index(words) for words in told] == sorted(page.index(words) for words in told)
    assert "Wednesday, March 4, 10:01 a.m." in page
    assert f"/moments/{moment.pk}/" in page
    assert f"/moments/{gone.pk}/" not in page


def test_past_readings_can_still_be_seen(signed_in, share, parent):
    Reading.record(share, Opened.VISIT)
    share.end(by=parent)
    assert "opened “Before your visit”" in page_of(signed_in, share)


def test_there_are_fifty_on_a_page(signed_in, share):
    for _ in range(51):
        Reading.record(share, Opened.VISIT)
    assert page_of(signed_in, share).count("Before your visit") == 50
    assert "?page=2" in page_of(signed_in, share)
    assert page_of(signed_in, share, "?page=2").count("Before your visit") == 1
    assert "Nothing opened here." in page_of(signed_in, share, "?page=999999999999999999")
    assert signed_in.get(readings(share, "?page=soon")).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_takes_the_same_queries_however_many_lines(signed_in, share, parent, child, count):
    for _ in range(count):
        Reading.record(share, Opened.MOMENT, moment=make_moment(author=parent, child=child).pk)
    page_of(signed_in, share)
    with CaptureQueriesContext(connection) as queries:
        page_of(signed_in, share)
    assert len(queries) == 5
