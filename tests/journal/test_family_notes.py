"""Notes of a reader, and the parent's preview."""

from unittest.mock import patch

import pytest

from journal.models import Note, Reading
from tests.factories import make_moment, make_note


@pytest.fixture(autouse=True)
def second_factor():
    with patch("accounts.second_factor.has_second_factor", return_value=True):
        yield


@pytest.fixture
def reading(client, visitor):
    client.force_login(visitor)
    return client


@pytest.fixture
def shared(share, moment):
    moment.share_with([share])
    return moment


def notes_of(share):
    return Note.objects.visible_to(share.parent)


def test_a_note_stands_where_it_was_written(reading, share, shared):
    places = [
        ({}, ""),
        ({"moment": str(shared.pk)}, f"moments/{shared.pk}/"),
        ({"monday": "2026-03-02"}, "weeks/2026-03-02/"),
    ]
    for place, path in places:
        answer = reading.post(f"/families/{share.pk}/notes/", {"text": f"About {path}.", **place})
        assert answer.url == f"/families/{share.pk}/{path}"
        assert f"About {path}." in reading.get(answer.url).content.decode()
    assert notes_of(share).count() == 3


def test_too_long_or_empty_is_422_and_stays(reading, share, shared):
    for place in ({}, {"moment": str(shared.pk)}, {"monday": "2026-03-02"}):
        answer = reading.post(f"/families/{share.pk}/notes/", {"text": "x" * 281, **place})
        assert answer.status_code == 422
        assert "x" * 281 in answer.content.decode()
        assert reading.post(f"/families/{share.pk}/notes/", {"text": "", **place}).status_code == 422
    assert not notes_of(share).exists()


def test_no_note_on_what_cannot_be_seen(reading, share, shared, parent, child):
    private = make_moment(author=parent, child=child)
    for place in ({"moment": str(private.pk)}, {"moment": "x"}, {"monday": "2026-02-23"}, {"monday": "x"}):
        for text in ("Hello.", ""):
            assert reading.post(f"/families/{share.pk}/notes/", {"text": text, **place}).status_code == 404
    assert not notes_of(share).exists()
    assert not Reading.objects.visible_to(parent).exists()


def test_the_preview_shows_the_same_and_leaves_no_line(reading, client, share, shared, parent, visitor):
    make_moment(author=parent, child=shared.child, text="PRIVATE")
    make_note(share=share, author=visitor, text="Thank you so much.")
    for path in ("", "sheet/", "weeks/", "weeks/2026-03-02/", f"moments/{shared.pk}/"):
        client.force_login(visitor)
        seen = client.get(f"/families/{share.pk}/{path}").content.decode()
        before = Reading.objects.visible_to(parent).count()
        client.force_login(parent)
        page = client.get(f"/sharing/{share.pk}/preview/{path}").content.decode()
        assert "This is what Rosa Delgado sees. When you look here, it is not written down." in page
        assert (shared.text in page) == (shared.text in seen)
        assert "PRIVATE" not in page
        assert "/families/" not in page
        assert Reading.objects.visible_to(parent).count() == before


@pytest.mark.parametrize("who", ["visitor", "stranger", "ended"])
def test_a_preview_is_the_parents_while_the_share_is_live(who, request, client, share, shared, parent):
    if who == "ended":
        share.end(by=parent)
    client.force_login(parent if who == "ended" else request.getfixturevalue(who))
    for path in ("", "sheet/", "weeks/", "weeks/2026-03-02/", f"moments/{shared.pk}/"):
        assert client.get(f"/sharing/{share.pk}/preview/{path}").status_code == 404
