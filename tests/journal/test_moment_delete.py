"""Taking a moment out: asked once, and then it is really gone."""

from datetime import timedelta

import pytest
from django.test import Client

from journal.models import Moment, Parcel, ParcelPart
from tests.factories import make_moment
from tests.journal.takeout import come_in, pack
from tests.journal.writing import LIST, OTHER_ID, delete_address, only_moment, read, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.fixture
def repair(parent, child):
    """How a missed cue was come back to."""
    missed = make_moment(author=parent, child=child, kind="missed", text="She called.")
    return make_moment(author=parent, child=child, kind="repair", repairs=missed, text="I sat down with her.")


def test_the_page_asks_and_deletes_nothing(signed_in, moment):
    before = rows()
    page = read(signed_in.get(delete_address(moment)))
    assert "Delete this moment?" in page
    assert "It will be gone for good." in page
    assert moment.text in page
    assert f'href="{moment.get_absolute_url()}">Keep it</a>' in page
    assert rows() == before


def test_once_answered_it_is_gone_and_the_parent_is_told(signed_in, parent, moment):
    other = make_moment(author=parent, text="Stays.")
    page = signed_in.post(delete_address(moment), follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    assert "The moment is deleted." in read(page)
    assert moment.text not in read(page)
    assert only_moment() == other
    assert signed_in.get(moment.get_absolute_url()).status_code == 404


def saved(wednesday):
    """As of a worker that was killed while it sent the file."""
    assert Parcel.objects.get().take()


def past_its_time(wednesday):
    wednesday.shift(timedelta(minutes=11))


def still_waiting(wednesday):
    pass


@pytest.mark.parametrize("now", [still_waiting, saved, past_its_time])
def test_it_stays_in_no_packed_file_whether_that_can_still_be_saved_or_not(client, wednesday, parent, moment, now):
    pack(come_in(client, parent))
    assert ParcelPart.objects.exists()
    now(wednesday)
    client.post(delete_address(moment))
    assert not Moment.objects.exists()
    assert not Parcel.objects.exists()
    assert not ParcelPart.objects.exists()


def test_what_others_packed_stays(signed_in, stranger, moment):
    pack(come_in(Client(), stranger))
    signed_in.post(delete_address(moment))
    assert not Moment.objects.exists()
    assert Parcel.objects.get().owner == stranger


def test_a_repair_of_a_deleted_cue_stays_as_a_repair_of_its_own(signed_in, repair):
    missed = repair.repairs
    assert "What you wrote about coming back stays" in read(signed_in.get(delete_address(missed)))
    signed_in.post(delete_address(missed))
    kept = only_moment()
    assert (kept, kept.kind, kept.repairs, kept.text) == (repair, "repair", None, "I sat down with her.")
    assert "The cue you came back to" not in read(signed_in.get(repair.get_absolute_url()))


def test_a_cue_whose_repair_is_deleted_stays_and_can_be_come_back_to_again(signed_in, repair):
    missed = repair.repairs
    assert "What you wrote about coming back stays" not in read(signed_in.get(delete_address(repair)))
    signed_in.post(delete_address(repair))
    assert only_moment() == missed
    assert "you can still come back to it" in read(signed_in.get(missed.get_absolute_url()))


def test_its_child_and_its_author_stay(signed_in, parent, child, moment):
    signed_in.post(delete_address(moment))
    parent.refresh_from_db()
    child.refresh_from_db()
    assert child.name == "Mia"


def test_nobody_deletes_another_persons_moment(signed_in, stranger):
    theirs = make_moment(author=stranger, text="Theirs")
    before = rows()
    missing = signed_in.get(f"/moments/{OTHER_ID}/delete/").content
    for page in (signed_in.get(delete_address(theirs)), signed_in.post(delete_address(theirs))):
        assert page.status_code == 404
        assert page.content == missing
    assert rows() == before


def test_nobody_who_is_signed_out_deletes_anything(client, moment):
    assert client.post(delete_address(moment)).headers["Location"].startswith("/account/login/")
    assert Moment.objects.count() == 1


def test_a_second_tap_finds_nothing_and_deletes_nothing_else(signed_in, parent, moment):
    make_moment(author=parent, text="Stays.")
    signed_in.post(delete_address(moment))
    assert signed_in.post(delete_address(moment)).status_code == 404
    assert only_moment().text == "Stays."
