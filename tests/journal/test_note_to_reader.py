"""A parent writes a few words to a reader, deletes their own, and puts a reader's away."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from journal.models import Note
from tests.factories import NOON, give_second_factor, make_moment, make_note, make_share, make_user
from tests.journal.writing import problem, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def address(share):
    return reverse("journal:note-to-reader", args=[share.pk])


def test_a_note_on_a_shared_moment_is_written_and_stands_there(signed_in, share, moment):
    moment.share_with([share])
    assert "Send to Rosa Delgado" in read(signed_in.get(moment.get_absolute_url()))
    answer = signed_in.post(address(share), {"text": "She waved again.", "moment": moment.pk})
    assert answer.url == moment.get_absolute_url()
    assert "She waved again." in read(signed_in.get(answer.url))
    note = Note.objects.get()
    assert (note.author, note.parent, note.moment, note.monday) == (share.parent, share.parent, moment, None)


def test_a_note_on_a_week_stands_on_the_week_for_both(client, signed_in, share, moment, visitor):
    moment.share_with([share])
    assert "Send to Rosa Delgado" in read(signed_in.get("/weeks/2026-03-02/"))
    answer = signed_in.post(address(share), {"text": "A long week.", "monday": "2026-03-02"})
    assert answer.url == "/weeks/2026-03-02/"
    assert "A long week." in read(signed_in.get(answer.url))
    assert Note.objects.get().monday == date(2026, 3, 2)
    give_second_factor(visitor)
    client.force_login(visitor)
    assert "A long week." in read(client.get(f"/families/{share.pk}/weeks/2026-03-02/"))


def test_no_note_can_be_written_on_a_week_of_which_the_reader_can_read_nothing(
    signed_in, share, parent, moment, child, stranger
):
    other = make_share(parent=parent, reader=stranger, name="Omar", children=[child])
    make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=7)).share_with([share])
    moment.share_with([other])
    page = read(signed_in.get("/weeks/2026-03-02/"))
    assert "Send to Omar" in page
    assert "Send to Rosa Delgado" not in page
    answer = signed_in.post(address(share), {"text": "Typed", "monday": "2026-03-02"})
    assert answer.status_code == 422
    assert "Rosa Delgado can't read anything of that week now." in read(answer)
    assert "Typed" in read(answer)
    assert not Note.objects.exists()


def test_a_note_can_be_for_the_visit(signed_in, share):
    assert signed_in.post(address(share), {"text": "See you."}).url == share.get_absolute_url()


def test_of_several_readers_a_parents_note_says_to_whom_it_went(signed_in, share, parent, moment, stranger):
    other = make_share(parent=parent, reader=stranger, name="Omar", children=[moment.child])
    moment.share_with([share, other])
    for one in (share, other):
        make_note(share=one, author=parent, moment=moment)
        make_note(share=one, author=parent, monday=date(2026, 3, 2))
    make_note(share=other, author=stranger, moment=moment, text="Theirs")
    for address_of_page in (moment.get_absolute_url(), "/weeks/2026-03-02/"):
        page = read(signed_in.get(address_of_page))
        assert page.count("You to Rosa Delgado ·") == page.count("You to Omar ·") == 1
    assert "Omar ·" in read(signed_in.get(moment.get_absolute_url())).replace("You to Omar ·", "")


def test_no_note_can_be_written_on_what_the_reader_cannot_read(signed_in, share, moment, stranger):
    assert "Send to Rosa Delgado" not in read(signed_in.get(moment.get_absolute_url()))
    for one in (moment, make_moment(author=stranger)):
        page = signed_in.post(address(share), {"text": "Typed", "moment": one.pk})
        assert page.status_code == 422
        assert "Typed" in read(page)
    assert not Note.objects.exists()


@pytest.mark.parametrize("sent", [{"text": ""}, {"text": "x" * 281}, {"text": "T", "monday": "2026-03-03"}])
def test_a_note_that_does_not_fit_is_refused_and_kept_on_the_page(signed_in, share, sent):
    page = signed_in.post(address(share), sent)
    assert page.status_code == 422
    assert sent["text"] in read(page)
    assert not Note.objects.exists()


def test_a_note_of_280_letters_fits(signed_in, share):
    signed_in.post(address(share), {"text": "x" * 280})
    assert Note.objects.get().text == "x" * 280


def test_nobody_else_writes_as_the_parent_nor_after_the_end(client, signed_in, share, visitor, stranger):
    for person in (visitor, stranger):
        client.force_login(person)
        assert client.post(address(share), {"text": "T"}).status_code == 404
    client.force_login(share.parent)
    share.end(by=visitor)
    assert client.post(address(share), {"text": "T"}).status_code == 404
    assert not Note.objects.exists()


def test_a_parent_sees_notes_of_readers_and_deletes_their_own(signed_in, share, moment, visitor):
    moment.share_with([share])
    mine = make_note(share=share, author=share.parent, text="Mine", moment=moment)
    theirs = make_note(share=share, author=visitor, text="Theirs", moment=moment)
    page = read(signed_in.get(moment.get_absolute_url()))
    assert "Mine" in page
    assert "Theirs" in page
    assert reverse("journal:note-delete", args=[theirs.pk]) not in page
    assert signed_in.post(reverse("journal:note-delete", args=[theirs.pk])).status_code == 404
    assert "Mine" in read(signed_in.get(reverse("journal:note-delete", args=[mine.pk])))
    signed_in.post(reverse("journal:note-delete", args=[mine.pk]))
    assert list(Note.objects.all()) == [theirs]


def test_a_reader_has_a_door_of_their_own_to_delete_a_note_and_not_this_one(client, share, visitor):
    note = make_note(share=share, author=visitor)
    client.force_login(visitor)
    assert client.post(reverse("journal:note-delete", args=[note.pk])).status_code == 404
    assert list(Note.objects.all()) == [note]


def test_today_shows_new_notes_until_they_are_put_away(signed_in, share, visitor, moment):
    moment.share_with([share])
    note = make_note(share=share, author=visitor, text="Lovely to read.", moment=moment)
    make_note(share=share, author=share.parent, text="My own")
    page = read(signed_in.get("/"))
    assert "A note from Rosa Delgado" in page
    assert "Lovely to read." in page
    assert "My own" not in page
    for _ in range(2):
        assert signed_in.post(reverse("journal:note-seen", args=[note.pk])).url == "/"
    assert "Lovely to read." not in read(signed_in.get("/"))


def test_today_shows_each_of_several_new_notes_once(signed_in, share, visitor, moment):
    moment.share_with([share])
    texts = ("First of them.", "Second of them.", "Third of them.")
    for text in texts:
        make_note(share=share, author=visitor, text=text)
    page = read(signed_in.get("/"))
    assert [page.count(text) for text in texts] == [1, 1, 1]
    assert page.index(texts[0]) < page.index(texts[1]) < page.index(texts[2])


def test_nobody_but_the_parent_puts_a_note_away(client, share, visitor, stranger):
    note = make_note(share=share, author=visitor)
    mine = make_note(share=share, author=share.parent)
    for person, one in ((visitor, note), (stranger, note), (share.parent, mine)):
        client.force_login(person)
        assert client.post(reverse("journal:note-seen", args=[one.pk])).status_code == 404
    assert not Note.objects.exclude(seen_at=None).exists()


def test_today_shows_who_asks_to_read(signed_in, parent, visitor):
    share = make_share(parent=parent, reader=visitor, agreed=False)
    page = read(signed_in.get("/"))
    assert "Rosa Delgado at Little Steps asks to read" in page
    assert reverse("journal:share-agree", args=[share.pk]) in page


def test_who_has_no_journal_and_asked_to_read_goes_to_the_families(client, share, visitor):
    client.force_login(visitor)
    assert client.get("/").url == "/families/"
    make_moment(author=visitor)
    assert client.get("/").status_code == 200
    client.force_login(make_user(email="new@example.com"))
    assert client.get("/").status_code == 200


def test_a_note_too_long_is_told_beside_the_field(signed_in, share):
    page = signed_in.post(address(share), {"text": "x" * 281})
    assert problem(page, "text") == "That is too long. 280 letters fit."
