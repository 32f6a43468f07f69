import pytest

from journal.models import Share
from tests.factories import make_share

pytestmark = pytest.mark.django_db


def end(share):
    return f"/sharing/{share.pk}/end/"


def test_the_parent_is_asked_and_then_it_is_over(signed_in, share, parent, visitor):
    asked = signed_in.get(end(share)).content
    assert b"It stops at once. Rosa Delgado can no longer open your journal. You keep everything" in asked
    assert Share.objects.get().is_live
    assert signed_in.post(end(share)).headers["Location"] == "/sharing/"
    ended = Share.objects.get()
    assert (ended.is_live, ended.ended_by) == (False, parent)
    assert not Share.objects.read_by(visitor).exists()


def test_the_reader_ends_it_too(client, share, visitor):
    client.force_login(visitor)
    assert b"Stop reading this journal?" in client.get(end(share)).content
    assert client.post(end(share)).headers["Location"] == "/families/"
    assert Share.objects.get().ended_by == visitor


def test_a_reader_takes_a_request_back(client, wednesday, parent, visitor):
    asked = make_share(parent=parent, reader=visitor, agreed=False)
    client.force_login(visitor)
    assert b"Take back that you asked to read?" in client.get(end(asked)).content
    client.post(end(asked))
    assert Share.objects.get().ended_by == visitor


def test_a_parent_cancels_an_invitation(signed_in, wednesday, parent):
    invited = make_share(parent=parent)
    link = f"/invitations/{invited.invite().token}/"
    assert b"Cancel the invitation for Rosa?" in signed_in.get(end(invited)).content
    signed_in.post(end(invited))
    assert signed_in.get(link).status_code == 404


def test_nobody_else_ends_it(client, share, stranger):
    client.force_login(stranger)
    assert client.get(end(share)).status_code == 404
    assert client.post(end(share)).status_code == 404
    client.logout()
    assert client.post(end(share)).status_code == 302
    assert Share.objects.get().is_live


def test_it_ends_once(signed_in, share, visitor):
    share.end(by=visitor)
    assert signed_in.post(end(share)).status_code == 404
    assert Share.objects.get().ended_by == visitor
