"""The journal: newest first, page by page, and only what was asked for."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal.models import Moment
from tests.factories import NOON, make_child, make_moment
from tests.journal.writing import LIST, OTHER_ID, read, shown_ids

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

AT_MOST = 6
NOTHING_HERE = "No moments here."


@pytest.fixture
def sister(parent):
    return make_child(parent=parent, name="Ana", birth_month=date(2023, 5, 1))


def next_address(page):
    found = re.search(r'href="(\?[^"]*)" rel="next"', page.content.decode())
    return LIST + unescape(found[1]) if found else None


def walk(client, address=LIST):
    """Every page from this address on, as lists of ids."""
    pages = []
    while address:
        assert len(pages) < 100
        page = client.get(address)
        assert page.status_code == 200
        pages.append(shown_ids(page))
        address = next_address(page)
    return pages


def flat(pages):
    return [pk for page in pages for pk in page]


def test_the_newest_moment_comes_first(signed_in, parent):
    moments = [make_moment(author=parent, happened_at=NOON - timedelta(hours=hours)) for hours in (2, 0, 3, 1)]
    expected = [moments[place].pk for place in (1, 3, 0, 2)]
    assert shown_ids(signed_in.get(LIST)) == expected


@pytest.mark.parametrize("count", [14, 15, 16, 30, 31])
def test_page_by_page_every_moment_comes_once_even_when_all_have_the_same_time(signed_in, parent, count):
    made = {make_moment(author=parent).pk for _ in range(count)}
    pages = walk(signed_in)
    assert len(flat(pages)) == count
    assert set(flat(pages)) == made
    assert [len(page) for page in pages[:-1]] == [15] * (len(pages) - 1)
    assert pages[-1]


def test_times_a_microsecond_apart_leave_no_gap_between_pages(signed_in, parent):
    moments = [
        make_moment(author=parent, happened_at=NOON + timedelta(microseconds=number // 2)) for number in range(45)
    ]
    pages = flat(walk(signed_in))
    assert sorted(pages) == sorted(moment.pk for moment in moments)
    at = {moment.pk: moment.happened_at for moment in moments}
    assert [at[pk] for pk in pages] == sorted(at.values(), reverse=True)


def test_a_moment_written_meanwhile_neither_doubles_nor_hides_one(signed_in, parent):
    made = [make_moment(author=parent, happened_at=NOON - timedelta(minutes=number)).pk for number in range(25)]
    first = signed_in.get(LIST)
    make_moment(author=parent, happened_at=NOON + timedelta(minutes=1))
    Moment.objects.get(pk=made[14]).delete()
    assert shown_ids(signed_in.get(next_address(first))) == made[15:]


@pytest.mark.parametrize("kind", ["responsive", "missed", "repair", "reflection"])
def test_a_kind_shows_its_moments_only(signed_in, parent, kind):
    made = {one: make_moment(author=parent, kind=one).pk for one in ("responsive", "missed", "repair", "reflection")}
    assert shown_ids(signed_in.get(LIST, {"kind": kind})) == [made[kind]]


def test_a_child_shows_its_moments_only(signed_in, parent, child, sister):
    made = {one: make_moment(author=parent, child=one).pk for one in (child, sister, None)}
    assert shown_ids(signed_in.get(LIST, {"child": child.pk})) == [made[child]]
    assert shown_ids(signed_in.get(LIST, {"child": sister.pk})) == [made[sister]]
    assert shown_ids(signed_in.get(LIST, {"child": "none"})) == [made[None]]


def test_a_month_goes_by_the_date_where_it_happened(signed_in, parent):
    late = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    here = make_moment(author=parent, happened_at=late)
    there = make_moment(author=parent, happened_at=late, time_zone="Asia/Tokyo")
    assert shown_ids(signed_in.get(LIST, {"month": "2026-02"})) == [here.pk]
    assert shown_ids(signed_in.get(LIST, {"month": "2026-03"})) == [there.pk]


def test_filters_hold_together_and_on_every_page(signed_in, parent, child, sister):
    made = {make_moment(author=parent, child=child, kind="missed").pk for _ in range(25)}
    for fields in ({"child": sister, "kind": "missed"}, {"child": child}):
        make_moment(author=parent, **fields)
    make_moment(author=parent, child=child, kind="missed", happened_at=NOON - timedelta(days=40))
    pages = walk(signed_in, f"{LIST}?kind=missed&child={child.pk}&month=2026-03")
    assert set(flat(pages)) == made
    assert [len(page) for page in pages] == [15, 10]


@pytest.mark.parametrize(
    "asked",
    [
        {"before": "x"},
        {"before": "1"},
        {"before": "_"},
        {"before": f"1_{'x' * 36}"},
        {"before": f"-1_{OTHER_ID}"},
        {"before": f"{'9' * 18}_{OTHER_ID}"},
        {"before": f"{'9' * 19}_{OTHER_ID}"},
        {"before": f"\u0661_{OTHER_ID}"},
        {"before": f"1_{OTHER_ID}\x00"},
        {"month": "soon"},
        {"month": "2026-13"},
        {"month": "0000-01"},
        {"month": "2026-03\x00"},
        {"child": "x"},
        {"child": OTHER_ID},
        {"child": "\x00"},
        {"kind": "other"},
        {"kind": "\x00"},
    ],
)
def test_what_cannot_be_asked_for_is_refused_plainly(signed_in, moment, asked):
    page = signed_in.get(LIST, asked)
    assert page.status_code == 422
    assert 'role="alert"' in read(page)
    assert shown_ids(page) == []


@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_a_month_at_the_end_of_time_is_only_empty(signed_in, moment, month):
    page = signed_in.get(LIST, {"month": month})
    assert page.status_code == 200
    assert NOTHING_HERE in read(page)


def test_anothers_child_cannot_be_asked_for(signed_in, stranger):
    theirs = make_child(parent=stranger, name="Leo")
    make_moment(author=stranger, child=theirs, text="Theirs alone.")
    page = signed_in.get(LIST, {"child": theirs.pk})
    assert page.status_code == 422
    assert "Theirs alone." not in read(page)
    assert "Leo" not in read(page)


def test_nobody_elses_moments_are_in_the_list_even_by_their_page(signed_in, stranger, moment):
    theirs = make_moment(author=stranger, text="Theirs alone.", happened_at=NOON - timedelta(days=1))
    token = f"{int(NOON.timestamp() * 1_000_000)}_{UUID(int=2**128 - 1)}"
    for asked in ({}, {"before": token}):
        page = signed_in.get(LIST, asked)
        assert shown_ids(page) == [moment.pk]
        assert str(theirs.pk) not in read(page)


def test_a_journal_with_nothing_in_it_offers_to_write(signed_in):
    page = read(signed_in.get(LIST))
    assert "Nothing written yet." in page
    assert "Write a moment" in page
    assert NOTHING_HERE not in page


@pytest.mark.parametrize("asked", [{"kind": "missed"}, {"child": "none"}, {"month": "2020-01"}])
def test_filters_that_leave_nothing_say_so_and_show_the_way_back(signed_in, moment, asked):
    page = read(signed_in.get(LIST, asked))
    assert NOTHING_HERE in page
    assert f'href="{LIST}">All moments' in page
    assert "Nothing written yet." not in page


def test_a_cue_that_was_come_back_to_says_so(signed_in, parent, child):
    missed = make_moment(author=parent, child=child, kind="missed")
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed)
    page = read(signed_in.get(LIST, {"kind": "missed"}))
    assert f'href="{repair.get_absolute_url()}">You came back to it' in page


def test_a_visitor_sees_no_list(client, moment):
    assert client.get(LIST).headers["Location"].startswith("/account/login/")


def test_the_list_takes_the_same_few_queries_at_ten_and_at_a_thousand_moments(signed_in, parent, child, sister):
    counts = []
    for more in (10, 990):
        fill(parent, [child, sister, None], more)
        DataKey.opened.clear()
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= AT_MOST


def fill(parent, children, count):
    """So many moments in one write, with a coming back to every fourth."""
    first = Moment.objects.count()
    common = {"author": parent, "time_zone": "UTC", "happened_on": NOON.date()}
    rows = [
        Moment(
            **common,
            child=children[number % 3],
            kind="missed" if number % 2 else "responsive",
            happened_at=NOON - timedelta(minutes=first + number),
            content={"text": f"Number {number}"},
        )
        for number in range(count)
    ]
    mends = [
        Moment(
            **common,
            child=row.child,
            kind="repair",
            repairs=row,
            happened_at=row.happened_at,
            content={"text": "A hug."},
        )
        for row in rows[1::4]
    ]
    Moment.objects.bulk_create(rows)
    Moment.objects.bulk_create(mends)
