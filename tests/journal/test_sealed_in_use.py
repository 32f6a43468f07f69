"""While the journal is used: what a parent writes stands in no row, log, session, cache, address or header."""

import base64
import logging
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.db.models import Subquery
from django.test.utils import CaptureQueriesContext

from accounts.sealing import SealError
from journal.models import Child, Moment
from tests.factories import PASSWORD, make_moment
from tests.journal.writing import ANOTHER, ID, LIST, delete_address, edit_address, send_new

pytestmark = pytest.mark.usefixtures("wednesday")

NAME, KEPT, OTHER, LOOKED_FOR = "Canary-Wren", "Canary-kept heron", "Canary-other heron", "Canary-search"
CHIPS = {"cue": "wants-explore", "did": "put-to-sleep", "feeling": "overwhelmed"}
WRITTEN = (NAME, KEPT, OTHER, LOOKED_FOR, *CHIPS.values(), '"felt_unsafe":')


@pytest.fixture
def answers(client, parent):
    """Every answer on the way: signing in, writing, being refused, finding, breaking."""
    return list(the_way(client, parent))


def the_way(client, parent):
    client.raise_request_exception = False
    yield client.post("/account/login/", {"login": parent.email, "password": PASSWORD})
    yield client.post("/children/new/", {"name": NAME, "birth_month": "2025-10"})
    child = Child.objects.get()
    sent = {"id": ID, "child": child.pk, "text": KEPT, "felt_unsafe": "on", **CHIPS}
    yield send_new(client, **sent)
    moment = Moment.objects.get()
    yield client.get(f"{moment.get_absolute_url()}?saved")
    yield client.get("/")
    yield client.get(LIST)
    yield client.get("/weeks/")
    for refused in ({"happened_at": OTHER}, {"cue": OTHER}, {"text": f"{OTHER}\x00"}, {"text": OTHER * 1_000}):
        yield send_new(client, **(sent | refused))
    yield send_new(client, **(sent | {"text": OTHER}))
    yield client.post(ANOTHER, {"kind": "missed", **CHIPS, "text": OTHER})
    yield client.post(edit_address(moment), {"version": 1, "kind": "missed", "text": OTHER, "happened_at": ""})
    yield client.post(edit_address(moment), {"version": 1, "kind": "missed", "text": KEPT, "happened_at": ""})
    yield client.post(LIST, {"q": LOOKED_FOR})
    yield client.post(LIST, {"q": LOOKED_FOR, "before": "x"})
    moved = make_moment(author=parent, text=OTHER)
    sealed = Moment.objects.filter(pk=moment.pk).values("content")
    Moment.objects.filter(pk=moved.pk).update(content=Subquery(sealed[:1]))
    yield client.get(moved.get_absolute_url())


def found_in(held):
    held = held if isinstance(held, bytes) else str(held).encode()
    return [word for word in WRITTEN if word.encode() in held]


@pytest.mark.django_db
def test_the_way_goes_through_every_kind_of_answer(answers):
    statuses = [answer.status_code for answer in answers]
    assert statuses == [302, 302, 302, 200, 200, 200, 200, 422, 422, 422, 422, 409, 200, 302, 409, 200, 422, 500]
    assert isinstance(answers[-1].exc_info[1], SealError)
    assert found_in(answers[5].content) == [NAME, KEPT]


@pytest.mark.django_db
def test_no_log_tells_what_was_written_even_when_it_tells_every_query(client, parent, caplog):
    for logger in ("", "django", "django.db.backends"):
        caplog.set_level(logging.DEBUG, logger=logger)
    with CaptureQueriesContext(connection):
        assert len(list(the_way(client, parent))) > 10
    for told in ("parent@example.com", "INSERT INTO", "SealError"):
        assert told in caplog.text
    assert found_in(caplog.text) == []


@pytest.mark.django_db
def test_no_address_and_no_header_tells_what_was_written(answers):
    for answer in answers:
        assert found_in(answer.headers) == []
        assert found_in(answer.cookies) == []
        assert found_in(answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]) == []


@pytest.mark.django_db
def test_no_session_holds_what_was_written(answers, parent):
    held = [session.get_decoded() for session in Session.objects.all()]
    assert str(parent.pk) in str(held)
    assert found_in(held) == []


@pytest.mark.django_db
def test_no_row_of_the_cache_holds_what_was_written(answers):
    cache.set("control", "A control heron")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        held = b"\n".join(key.encode() + base64.b64decode(value) for key, value in cursor.fetchall())
    assert b"A control heron" in held
    assert found_in(held) == []


@pytest.mark.django_db
def test_no_column_of_a_moment_or_a_child_holds_what_was_written(answers, parent):
    with connection.cursor() as cursor:
        for table in ("journal_moment", "journal_child"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            held = [bytes(value) if isinstance(value, memoryview) else value for row in cursor for value in row]
            assert "UTC" in held or table == "journal_child"
            assert found_in(held) == []


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_is_overwritten_in_the_file_even_as_it_was_sealed(signed_in, parent, child):
    moment = make_moment(author=parent, child=child, text="A long look out of the window. " * 20)
    sealed = raw_content(moment)
    assert sealed in database_files()
    assert signed_in.post(delete_address(moment)).status_code == 302
    assert sealed not in database_files()
    assert parent.email.encode() in database_files()


def raw_content(moment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM journal_moment WHERE id = %s", [moment.pk.hex])
        return bytes(cursor.fetchone()[0])


def database_files():
    """The bytes of the database and what lies beside it, once everything is written there."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
