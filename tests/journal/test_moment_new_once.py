"""Each moment is kept exactly once, however often it is sent and whatever happens meanwhile."""

import re
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client

from journal.models import Child
from journal.views import writing
from tests.factories import make_draft, make_moment
from tests.journal.writing import ID, NEW, OTHER_ID, edit_address, form_of, only_moment, read, rows, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def test_each_page_has_an_id_of_its_own(signed_in):
    first, second = (form_of(signed_in.get(NEW, {"kind": "missed"}))["id"] for _ in range(2))
    assert first != second


def test_without_scripts_its_page_stands_in_its_address_so_that_back_comes_to_the_same(signed_in):
    page = read(signed_in.get(NEW, {"kind": "missed"}))
    address = re.search(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]*)">', page)[1]
    assert address.startswith(f"{NEW}?kind=missed&page=")
    first, again = signed_in.get(address), signed_in.get(address)
    assert form_of(first)["id"] == form_of(again)["id"]
    assert 'http-equiv="refresh"' not in read(again)


def test_no_address_names_the_id_of_a_moment_that_is_there(signed_in, client, stranger, moment):
    ids = {str(moment.pk)}
    for person in (moment.author, stranger):
        client.force_login(person)
        ids.add(form_of(client.get(NEW, {"kind": "missed", "page": moment.pk}))["id"])
    assert len(ids) == 3


def test_a_draft_and_a_refused_page_stay_where_they_are(signed_in, parent):
    draft = make_draft(author=parent)
    for page in (
        signed_in.get(f"/drafts/{draft.form}/"),
        send_new(signed_in, id=ID, kind="missed", happened_at="soon"),
    ):
        assert 'http-equiv="refresh"' not in read(page)


def test_an_address_of_no_page_is_not_there(signed_in):
    assert signed_in.get(NEW, {"kind": "missed", "page": "x"}).status_code == 404


def test_sent_again_with_the_same_content_it_answers_the_same_and_is_kept_once(signed_in, child):
    sent = {"id": ID, "child": child.pk, "text": "A wave.", "happened_at": "2026-03-04T10:00", "starred": "on"}
    first, second = send_new(signed_in, **sent), send_new(signed_in, **sent)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert first.headers["Location"] == f"/moments/{ID}/?saved"
    assert str(only_moment().pk) == ID
    assert only_moment().version == 1


def test_sent_again_a_minute_later_a_quick_choice_keeps_its_first_time(signed_in, wednesday):
    send_new(signed_in, id=ID, when="now")
    before = rows()
    wednesday.shift(60)
    assert send_new(signed_in, id=ID, when="now").headers["Location"] == f"/moments/{ID}/?saved"
    assert rows() == before


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Other words."},
        {"kind": "missed"},
        {"happened_at": "2026-03-04T10:01"},
        {"cue": "tired"},
        {"starred": ""},
    ],
)
def test_with_other_content_nothing_is_written_and_both_texts_are_shown(signed_in, other):
    sent = {"id": ID, "text": "Kept words.", "happened_at": "2026-03-04T10:00", "starred": "on"}
    send_new(signed_in, **sent)
    before = rows()
    page = send_new(signed_in, **(sent | other))
    assert page.status_code == 409
    assert "This moment was changed in another place" in read(page)
    assert "Kept words." in read(page)
    assert form_of(page)["text"] == other.get("text", "Kept words.")
    assert rows() == before


def test_from_there_what_was_typed_can_be_saved_over_what_is_kept(signed_in):
    send_new(signed_in, id=ID, text="Kept words.", happened_at="2026-03-04T10:00")
    page = send_new(signed_in, id=ID, kind="missed", text="Other words.", when="last_night", feeling="calm")
    assert signed_in.post(edit_address(only_moment()), form_of(page)).status_code == 302
    moment = only_moment()
    assert (moment.text, moment.kind, moment.feeling, moment.version) == ("Other words.", "missed", "calm", 2)
    assert moment.happened_at.isoformat() == "2026-03-03T21:00:00+00:00"


def test_another_persons_id_is_not_there_and_their_moment_stays(signed_in, stranger):
    theirs = make_moment(author=stranger, text="Theirs")
    before = rows()
    for text in ("Theirs", "Mine"):
        page = send_new(signed_in, id=theirs.pk, text=text, happened_at="2026-03-04T12:00")
        assert page.status_code == 404
        assert page.content == signed_in.get(f"/moments/{OTHER_ID}/").content
    assert rows() == before


def test_what_is_no_id_is_refused_and_what_was_typed_is_still_there(signed_in):
    page = send_new(signed_in, id="not-an-id", text="Typed")
    assert page.status_code == 422
    assert form_of(page)["text"] == "Typed"
    assert rows() == {}


def test_without_an_id_it_is_kept_under_a_new_one(signed_in):
    for _ in range(2):
        send_new(signed_in, text="A wave.")
    assert len(rows()) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("texts", [("A wave.", "A wave."), ("A wave.", "Other words.")])
def test_two_taps_at_the_same_instant_keep_one(parent, texts):
    start, answers = Barrier(2), []

    def tap(text):
        try:
            client = Client()
            client.force_login(parent)
            start.wait()
            answers.append(send_new(client, id=ID, text=text, happened_at="2026-03-04T10:00").status_code)
        finally:
            connections.close_all()

    taps = [Thread(target=tap, args=[text]) for text in texts]
    for each in taps:
        each.start()
    for each in taps:
        each.join()
    assert sorted(answers) == [302, 302 if len(set(texts)) == 1 else 409]
    assert only_moment().text in texts


@pytest.mark.django_db(transaction=True)
def test_a_child_deleted_while_the_page_was_sent_gets_a_plain_answer_with_everything_typed(
    signed_in, child, monkeypatch
):
    keep = writing.keep

    def delete_first(request, form):
        Child.objects.editable_by(request.user).get().delete()
        return keep(request, form)

    monkeypatch.setattr(writing, "keep", delete_first)
    page = send_new(signed_in, child=child.pk, text="Typed")
    assert page.status_code == 422
    assert "Something this belongs to was deleted just now. Look it over and save again." in read(page)
    assert form_of(page)["text"] == "Typed"
    assert rows() == {}
    assert connection.is_usable()


def test_a_child_deleted_before_the_page_was_sent_is_no_longer_in_the_list(signed_in, child):
    sent = form_of(signed_in.get(NEW, {"kind": "missed"})) | {"text": "Typed"}
    child.delete()
    page = signed_in.post(NEW, sent)
    assert page.status_code == 422
    assert form_of(page)["text"] == "Typed"
    assert rows() == {}
    assert signed_in.post(NEW, form_of(page)).status_code == 302
