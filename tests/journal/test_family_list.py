"""The reader's list of families."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal.models import Share, Visit
from tests.factories import make_child, make_share, make_user


@pytest.fixture(autouse=True)
def second_factor():
    with patch("accounts.second_factor.has_second_factor", return_value=True):
        yield


@pytest.fixture
def reading(client, visitor):
    client.force_login(visitor)
    return client


def family(visitor, number, *, name, day=None, **fields):
    parent = make_user(email=f"p{number}@example.com")
    children = [make_child(parent=parent, name=f"Child of {name}")]
    share = make_share(parent=parent, reader=visitor, children=children, signed_name=name, **fields)
    if day:
        Visit.objects.visible_to(parent).plan(share).plan_for(day)
    return share


def test_families_go_by_next_visit_else_by_name(reading, share, visitor):
    family(visitor, 1, name="Zoe", day=date(2026, 3, 6))
    family(visitor, 2, name="Ana", day=date(2026, 3, 9))
    family(visitor, 3, name="Bea")
    page = reading.get("/families/").content.decode()
    names = ["Zoe", "Ana", "Bea", "Jess Miller"]
    assert sorted(names, key=lambda name: page.index(f">{name}<")) == names
    assert "Visit on Friday, March 6" in page
    assert "No date yet" in page
    assert "Mia, 5 months" in page
    assert "You are not expected to watch the journal between visits." in page


def test_a_request_waits_without_a_name_and_an_ended_share_is_gone(reading, share, visitor, parent):
    waiting = family(visitor, 1, name="Zoe", agreed=False)
    share.end(by=parent)
    page = reading.get("/families/").content.decode()
    assert "You asked to read on Wednesday, March 4. The parent has not answered yet." in page
    assert f"/sharing/{waiting.pk}/end/" in page
    assert "Zoe" not in page
    assert "Jess Miller" not in page


def test_ending_all_asks_first_and_ends_what_was_asked_and_what_is_read(reading, share, visitor, stranger):
    waiting = family(visitor, 1, name="Zoe", agreed=False)
    others = make_share(parent=share.parent, reader=stranger)
    assert reading.get("/families/end/").status_code == 200
    assert Share.objects.asked_by(visitor).count() == 2
    assert reading.post("/families/end/").status_code == 302
    assert not Share.objects.asked_by(visitor).exists()
    for ended in (share, waiting):
        ended.refresh_from_db()
        assert ended.ended_by == visitor
    others.refresh_from_db()
    assert others.is_live


def test_the_guide_says_what_is_not_expected(reading):
    page = reading.get("/families/guide/").content.decode()
    assert "talk with your supervisor today and follow your state's law" in page


@pytest.mark.parametrize("families", [1, 30])
@pytest.mark.usefixtures("wednesday")
def test_six_queries_however_many_families(reading, visitor, families):
    for number in range(families):
        family(visitor, number, name=f"Parent {number}", day=date(2026, 3, 9))
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as captured:
        assert reading.get("/families/").status_code == 200
    # The second factor is one more.
    assert len(captured) <= 5


def test_without_a_second_factor_the_door_is_closed(client, share, visitor):
    client.force_login(visitor)
    with patch("accounts.second_factor.has_second_factor", return_value=False):
        for path in ("/families/", f"/families/{share.pk}/", f"/families/{share.pk}/status/"):
            assert client.get(path).status_code == 302
