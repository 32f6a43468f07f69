"""Everything goes: what is said before, who may, what is left, what a reader sees."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey, User
from journal.models import Child, Draft, Moment, Note, Parcel, ParcelPart, Reading, Share, SharedMoment, Visit
from tests.factories import (
    PASSWORD,
    give_second_factor,
    make_child,
    make_draft,
    make_moment,
    make_note,
    make_share,
    make_user,
)
from tests.journal.takeout import come_in, fill, pack

pytestmark = pytest.mark.django_db

DELETE = "/settings/delete/"
TYPED = {"word": "delete"}
JOURNAL = (Child, Draft, Moment, Share, SharedMoment, Note, Visit, Reading, Parcel, ParcelPart)


@pytest.fixture
def rows(wednesday, parent, visitor):
    make_draft(author=parent)
    return fill(parent, visitor)


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks):
    """A request commits, though the test around it does not: what waits for that is done at the end of each."""
    post = Client.post

    def posted(browser, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return post(browser, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "post", posted)
        yield


@pytest.fixture
def mine(client, parent, rows):
    return come_in(client, parent)


def kept():
    return {model.__name__: model.objects.count() for model in (*JOURNAL, User, DataKey)}


def test_it_says_and_counts_what_goes(mine):
    page = mine.get(DELETE).content.decode()
    for words in (
        "2 children, with names and months of birth",
        "4 moments",
        "1 text you began and have not saved yet",
        "What you agreed with 2 people, or who you invited",
        "2 notes, yours and to you",
        "1 visit, with what you want to talk about",
        "2 lines about what was opened",
        "1 person reads with you now.",
        "We can't bring anything back.",
    ):
        assert words in page


def test_a_reader_is_told_that_their_reading_ends(client, rows, visitor):
    page = come_in(client, visitor).get(DELETE).content.decode()
    assert "You read with 1 family. That ends." in page
    assert "They keep the notes you wrote, and the name and program you gave when you asked." in page


def test_it_asks_who_it_is_first(client, parent, rows):
    client.force_login(parent)
    before = kept()
    for answer in (client.get(DELETE), client.post(DELETE, TYPED)):
        assert answer.headers["Location"].startswith("/account/reauthenticate/?next=%2Fsettings%2Fdelete%2F")
    assert kept() == before


@pytest.mark.parametrize("typed", ["", "x", "deleted", "borrar"])
def test_without_the_word_nothing_goes(mine, typed):
    before = kept()
    answer = mine.post(DELETE, {"word": typed})
    assert answer.status_code == 422
    assert "Type the word delete here." in answer.content.decode()
    assert kept() == before
    assert mail.outbox == []


def test_looking_at_the_page_deletes_nothing(mine):
    before = kept()
    mine.get(DELETE, TYPED)
    mine.head(DELETE)
    assert kept() == before


def test_at_the_next_request_everything_is_gone(mine, rows, parent):
    pack(mine)
    assert mine.post(DELETE, TYPED).headers["Location"] == "/"
    assert {name: count for name, count in kept().items() if count} == {"User": 1}
    assert mine.get(f"/moments/{rows['missed'].pk}/").status_code == 302
    page = mine.get("/").content.decode()
    assert "It is all deleted. We sent you a mail that says so." in page
    assert "Sign in" in page


def test_once_it_is_done_and_not_before_the_phone_forgets_its_person_alone(mine, parent):
    for answer in (mine.get(DELETE), mine.post(DELETE, {"word": "no"})):
        assert "data-erased" not in answer.content.decode()
    answer = mine.post(DELETE, TYPED)
    assert "Clear-Site-Data" not in answer.headers
    assert f'data-erased="{parent.pk}"' in mine.get("/").content.decode()
    assert "data-erased" not in mine.get("/").content.decode()


def test_every_session_of_theirs_ends_and_no_other(mine, parent, stranger):
    phone, library, theirs = Client(), Client(), Client()
    phone.force_login(parent)
    library.force_login(parent)
    theirs.force_login(stranger)
    mine.post(DELETE, TYPED)
    for browser in (phone, library, mine):
        assert browser.get("/moments/").headers["Location"].startswith("/account/login/")
    assert theirs.get("/moments/").status_code == 200
    owners = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    assert str(parent.pk) not in owners
    assert str(stranger.pk) in owners


def test_nobody_can_sign_in_with_that_e_mail_and_anybody_may_sign_up_with_it(mine, parent):
    email = parent.email
    mine.post(DELETE, TYPED)
    answer = Client().post("/account/login/", {"login": email, "password": PASSWORD})
    assert "That e-mail and password don&#x27;t go together." in answer.content.decode()
    assert make_user(email=email).pk != parent.pk


def test_a_receipt_goes_out_without_a_word_of_it(mine, parent):
    mine.post(DELETE, TYPED)
    (letter,) = mail.outbox
    assert letter.to == ["parent@example.com"]
    assert letter.subject == "It is deleted"
    for word in ("Mia", "Leo", "Rosa", "4", "moment", "journal", "child", "http"):
        assert word not in letter.subject + letter.body


def test_it_is_deleted_also_when_no_mail_can_go_out(mine, parent, settings, caplog):
    settings.EMAIL_BACKEND = "tests.journal.test_delete_all.Broken"
    assert mine.post(DELETE, TYPED).status_code == 302
    assert not User.objects.filter(pk=parent.pk).exists()
    assert "A receipt could not be sent." in [record.getMessage() for record in caplog.records]


class Broken:
    def __init__(self, *args, **kwargs):
        raise OSError("parent@example.com")


def test_when_it_cannot_be_done_whole_nothing_is_gone_and_no_mail_goes_out(mine, parent, monkeypatch):
    before = kept()
    monkeypatch.setattr("journal.erasing.erase", lambda user: 1 / 0)
    mine.raise_request_exception = False
    assert mine.post(DELETE, TYPED).status_code == 500
    assert kept() == before
    assert Share.objects.editable_by(parent).live().exists()
    assert mail.outbox == []


# What others see


def test_a_reader_sees_only_that_it_ended(mine, rows, visitor, stranger):
    give_second_factor(visitor)
    reader = Client()
    reader.force_login(visitor)
    addresses = [
        f"/families/{rows['share'].pk}/",
        f"/families/{rows['share'].pk}/weeks/2026-03-02/",
        f"/families/{rows['share'].pk}/moments/{rows['missed'].pk}/",
    ]
    assert [reader.get(address).status_code for address in addresses] == [200, 200, 200]
    missing = reader.get("/families/00000000-0000-4000-8000-000000000000/")
    mine.post(DELETE, TYPED)
    for address in addresses:
        answer = reader.get(address)
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert "Jess" not in reader.get("/families/").content.decode()


def test_it_looks_to_a_reader_as_a_share_that_was_ended(mine, rows, visitor, stranger):
    give_second_factor(visitor)
    reader = Client()
    reader.force_login(visitor)
    other = make_share(parent=stranger, reader=visitor)
    other.end(by=stranger)
    mine.post(DELETE, TYPED)
    ended, gone = reader.get(f"/families/{other.pk}/"), reader.get(f"/families/{rows['share'].pk}/")
    assert (ended.status_code, ended.content) == (gone.status_code, gone.content)


def test_a_reader_who_goes_ends_what_they_read_and_the_parent_keeps_it_all(client, rows, parent, visitor):
    come_in(client, visitor).post(DELETE, TYPED)
    share = Share.objects.get(pk=rows["share"].pk)
    assert share.ended_at is not None
    assert not share.is_live
    assert share.reader is None
    assert share.reader_name == "Rosa Delgado"
    assert Reading.objects.filter(share=share).count() == 2
    assert {note.text for note in Note.objects.filter(parent=parent)} == {"You saw it. That counts.", "A long week."}
    client.force_login(parent)
    assert "Rosa Delgado" in client.get("/sharing/").content.decode()


def test_nothing_of_anybody_else_goes(mine, rows, stranger, visitor):
    child = make_child(parent=stranger)
    moment = make_moment(author=stranger, child=child)
    share = make_share(parent=stranger, reader=visitor, children=[child], moments=[moment])
    note = make_note(share=share, author=visitor)
    mine.post(DELETE, TYPED)
    for row in (child, moment, share, note, stranger, visitor):
        assert type(row).objects.filter(pk=row.pk).exists()
    assert SharedMoment.objects.read_by(visitor).count() == 1


def test_it_says_so_in_spanish(mine, parent):
    parent.language = "es"
    parent.save()
    page = mine.get(DELETE).content.decode()
    assert "4 momentos" in page
    assert "Delete" not in page


def test_it_takes_the_same_queries_to_look_however_much_there_is(mine, parent):
    found = []
    for count in (1, 30):
        for number in range(count):
            make_moment(author=parent, text=f"Number {number}")
        with CaptureQueriesContext(connection) as queries:
            mine.get(DELETE)
        found.append(len(queries))
    assert found[0] == found[1]
