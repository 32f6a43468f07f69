"""Notes of a reader, and the parent's preview."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from journal.models import Note, Reading
from tests.factories import NOON, make_moment, make_note, make_share


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


def test_the_same_words_sent_again_at_once_are_one_note(reading, share, shared, wednesday):
    for _ in range(2):
        assert reading.post(f"/families/{share.pk}/notes/", {"text": "Hello."}).status_code == 302
    assert notes_of(share).count() == 1
    reading.post(f"/families/{share.pk}/notes/", {"text": "Hello.", "moment": str(shared.pk)})
    assert notes_of(share).count() == 2
    wednesday.shift(61)
    reading.post(f"/families/{share.pk}/notes/", {"text": "Hello."})
    assert notes_of(share).count() == 3


def test_a_reader_deletes_their_own_note_and_comes_back_to_where_it_stood(reading, share, shared, visitor):
    note = make_note(share=share, author=visitor, moment=shared, text="Mine to delete.")
    address = f"/families/{share.pk}/notes/{note.pk}/delete/"
    assert address in reading.get(f"/families/{share.pk}/moments/{shared.pk}/").content.decode()
    assert "Mine to delete." in reading.get(address).content.decode()
    assert notes_of(share).exists()
    assert reading.post(address).url == f"/families/{share.pk}/moments/{shared.pk}/"
    assert not notes_of(share).exists()


def test_a_reader_deletes_no_note_of_the_parent_and_none_through_another_share(
    reading, share, shared, visitor, stranger
):
    note = make_note(share=share, author=share.parent, moment=shared)
    mine = make_note(share=share, author=visitor)
    other = make_share(parent=stranger, reader=visitor)
    for address in (f"{share.pk}/notes/{note.pk}", f"{other.pk}/notes/{mine.pk}"):
        assert reading.post(f"/families/{address}/delete/").status_code == 404
    assert notes_of(share).count() == 2


def test_a_note_on_a_moment_taken_back_is_out_of_sight_though_another_share_opens_it(share, shared, visitor, parent):
    note = make_note(share=share, author=parent, moment=shared)
    other = make_share(parent=parent, reader=visitor, children=[shared.child])
    shared.share_with([share, other])
    assert note in Note.objects.visible_to(visitor)
    shared.share_with([other])
    assert note not in Note.objects.visible_to(visitor)
    assert note in Note.objects.kept_by(parent)


def test_a_readers_own_pages_show_no_note_of_a_family(reading, share, shared, visitor):
    make_note(share=share, author=share.parent, text="Of the family.", monday=NOON.date() - timedelta(days=2))
    make_note(share=share, author=visitor, text="To the family.", monday=NOON.date() - timedelta(days=2))
    make_share(parent=visitor, reader=share.parent)
    for page in ("/weeks/2026-03-02/", "/", "/sharing/", "/moments/"):
        assert "the family." not in reading.get(page, follow=True).content.decode()


def test_starters_are_offered_in_each_language(reading, share):
    page = reading.get(f"/families/{share.pk}/").content.decode()
    assert "Thank you for sharing this." in page
    assert "Gracias por compartir esto." in page


def test_what_the_parent_said_yes_to_can_be_read_by_the_reader(reading, share):
    page = reading.get(f"/families/{share.pk}/terms/").content.decode()
    for words in ("Rosa Delgado, Little Steps", "Jess Miller", "June 2, 2026", "You choose.", "Version 1.1", "Mia"):
        assert words in page
    assert f"/families/{share.pk}/terms/" in reading.get(f"/families/{share.pk}/").content.decode()
    assert not Reading.objects.visible_to(share.parent).exclude(opened="visit").exists()
