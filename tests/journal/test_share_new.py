from uuid import uuid4

import pytest

from journal.models import Share
from tests.factories import make_share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
NEW = "/sharing/new/"


def link_in(answer):
    return answer.content.decode().split("http://testserver", 1)[1].split('"')[0]


def code_in(answer):
    return answer.content.decode().split('class="code">', 1)[1].split("<")[0]


def test_an_invitation_is_shown_once_with_link_code_and_qr_and_never_stored(signed_in, parent):
    answer = signed_in.post(NEW, {"reader_name": "Rosa"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'role="img" aria-label="QR code for this invitation"' in page
    assert "It works once, until March 11, 2026." in page
    share = Share.objects.get()
    assert share.invited_name == "Rosa"
    assert share.is_open
    token = link_in(answer).split("/")[2]
    assert len(token) >= 22
    assert token not in signed_in.get(share.get_absolute_url()).content.decode()
    assert token not in share.token_digest
    assert signed_in.get(link_in(answer)).status_code == 200


def test_the_same_page_sent_twice_invites_one_person_and_the_last_link_counts(signed_in, client):
    sent = {"reader_name": "Rosa", "id": str(uuid4())}
    old, new = (link_in(signed_in.post(NEW, sent)) for _ in range(2))
    assert Share.objects.count() == 1
    assert signed_in.get(old).status_code == 404
    assert signed_in.get(new).status_code == 200


def test_anothers_id_is_not_there_and_stays_as_it_was(signed_in, stranger):
    theirs = make_share(parent=stranger)
    assert signed_in.post(NEW, {"reader_name": "Eve", "id": str(theirs.pk)}).status_code == 404
    assert Share.objects.get().token_digest == theirs.token_digest
    assert Share.objects.get().invited_name == "Rosa"


def test_the_page_of_a_used_invitation_leads_to_it(signed_in, share):
    answer = signed_in.post(NEW, {"reader_name": "Eve", "id": str(share.pk)})
    assert answer.headers["Location"] == share.get_absolute_url()
    assert Share.objects.get().invited_name == "Rosa"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_name_that_cannot_be_used_is_refused_and_nobody_is_invited(signed_in, name):
    assert signed_in.post(NEW, {"reader_name": name}).status_code == 422
    assert not Share.objects.exists()


def test_a_new_code_ends_the_old(signed_in, parent):
    old = link_in(signed_in.post(NEW, {"reader_name": "Rosa"}))
    share = Share.objects.get()
    answer = signed_in.post(f"/sharing/{share.pk}/invite/")
    assert answer.status_code == 200
    assert signed_in.get(old).status_code == 404
    assert signed_in.get(link_in(answer)).status_code == 200


def test_a_new_code_brings_back_an_invitation_that_ran_out(signed_in, parent, wednesday):
    share = make_share(parent=parent)
    wednesday.shift(8 * 24 * 3600)
    signed_in.force_login(parent)
    assert signed_in.post(f"/sharing/{share.pk}/invite/").status_code == 200
    assert Share.objects.get().is_open


def test_a_used_invitation_gets_no_new_code(signed_in, share):
    answer = signed_in.post(f"/sharing/{share.pk}/invite/")
    assert answer.headers["Location"] == share.get_absolute_url()
    assert Share.objects.get().token_digest == ""


def test_anothers_invitation_gets_no_new_code(signed_in, stranger):
    theirs = make_share(parent=stranger)
    assert signed_in.post(f"/sharing/{theirs.pk}/invite/").status_code == 404
    assert Share.objects.get().token_digest == theirs.token_digest


def test_a_link_works_for_a_week(signed_in, wednesday):
    link = link_in(signed_in.post(NEW, {"reader_name": "Rosa"}))
    wednesday.shift(7 * 24 * 3600 - 1)
    assert signed_in.get(link).status_code == 200
    wednesday.shift(2)
    assert signed_in.get(link).status_code == 404
