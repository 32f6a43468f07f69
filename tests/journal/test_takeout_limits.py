"""What takes long is not asked for without end, and what comes in at once has an end too."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from journal.models import Parcel, Share
from journal.takeout import checking
from tests.journal.takeout import EXPORT, come_in, export, fill

pytestmark = pytest.mark.django_db

IMPORT, LOOK = "/settings/import/", "/settings/import/look/"


@pytest.fixture
def mine(wednesday, client, parent, visitor):
    fill(parent, visitor)
    return come_in(client, parent)


def send(client, told):
    return client.post(IMPORT, {"file": SimpleUploadedFile("notes.json", told.encode()), "passphrase": ""})


def test_packing_ten_times_in_ten_minutes_is_enough(mine, parent, stranger, wednesday):
    assert [mine.post(EXPORT).status_code for _ in range(11)] == [302] * 10 + [429]
    assert Parcel.objects.editable_by(parent).count() == 1
    assert mine.get(EXPORT).status_code == 200
    assert come_in(Client(), stranger).post(EXPORT).status_code == 302
    wednesday.shift(timedelta(minutes=10, seconds=1))
    assert come_in(mine, parent).post(EXPORT).status_code == 302


def test_ten_files_in_ten_minutes_are_enough_whatever_is_in_them(mine, stranger):
    assert [send(mine, "{}").status_code for _ in range(11)] == [422] * 10 + [429]
    assert mine.get(IMPORT).status_code == 200
    assert send(come_in(Client(), stranger), "{}").status_code == 422


def test_looking_at_a_file_twenty_times_is_enough(mine, wednesday):
    assert send(mine, export(mine)["journal.json"]).status_code == 302
    asked = [mine.get, mine.head] * 11
    assert [ask(LOOK).status_code for ask in asked] == [200] * 20 + [429] * 2
    assert mine.post(LOOK).status_code == 429


def test_what_hangs_on_all_readers_together_has_an_end(mine, stranger, monkeypatch):
    told = json.loads(export(mine)["journal.json"])
    hanging = sum(len(share[name]) for share in told["shares"] for name in checking.HANGING)
    assert hanging > 4
    other, text = come_in(Client(), stranger), json.dumps(told)
    monkeypatch.setattr(checking, "HANGING_AT_MOST", hanging - 1)
    answer = send(other, text)
    assert (answer.status_code, "shares" in answer.content.decode()) == (422, True)
    assert not Share.objects.editable_by(stranger).exists()
    monkeypatch.setattr(checking, "HANGING_AT_MOST", hanging)
    assert send(other, text).status_code == 302
