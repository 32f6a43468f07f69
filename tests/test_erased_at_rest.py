"""What a thief of the disk finds after somebody deleted everything: not even what was sealed, on either database.

Each look has a control: before the deletion the same look finds all of it, and afterwards that of who stayed.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.postgres import throwaway_postgres
from tests.test_sealed_at_rest import copied_tables, environment_of, files_of, manage

# Two parents with a child, a moment, a share, a note, a visit, a reading and a parcel each; then all that could tell
# of them: address, ids, and the last bytes of every sealed value.
WRITE = """
import json
from datetime import date
from accounts.models import DataKey, User
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from journal.models import Child, Moment, Note, Opened, Parcel, ParcelPart, Reading, Share, Visit, Way
from tests.factories import make_child, make_moment, make_note, make_prompt, make_share, make_user
reader = make_user(email="reader@example.com")
told = {}
for name in ("gone", "stays"):
    parent = make_user(email=f"canary-{name}@example.com")
    child = make_child(parent=parent, name="Mia")
    moments = [make_moment(author=parent, child=child, text=f"A moment {n}. " * 50) for n in range(30)]
    share = make_share(parent=parent, reader=reader, children=[child], ends_on=date(2099, 1, 1), moments=moments[:3])
    make_note(share=share, author=reader, moment=moments[0])
    Visit.objects.plan(share).ask_for("Naps.")
    Reading.record(share, Opened.VISIT)
    Parcel.objects.begin(parent, Way.OUT).add("journal.json", 0, "x" * 20_000)
    of_people = ContentType.objects.get_for_model(type(parent))
    LogEntry.objects.create(user=reader, action_flag=CHANGE, content_type=of_people, object_id=str(parent.pk))
    make_prompt(slug=name, published_at=None).wish_published(parent.pk)
    cache.set(f"user:{parent.pk}", 1)
    found = [parent.email.encode().hex(), parent.pk.hex, child.pk.hex, share.pk.hex]
    rows = [*Moment.objects.filter(author=parent).values_list("content", flat=True)]
    rows += [*Child.objects.filter(parent=parent).values_list("name", flat=True)]
    rows += [*Note.objects.filter(parent=parent).values_list("text", flat=True)]
    rows += [*Visit.objects.filter(parent=parent).values_list("ask", flat=True)]
    rows += [*Share.objects.filter(parent=parent).values_list("consents", flat=True)]
    rows += [*ParcelPart.objects.filter(owner=parent).values_list("text", flat=True)]
    rows += [*DataKey.objects.filter(user=parent).values_list("wrapped", flat=True)]
    found += [bytes(row)[-24:].hex() for row in rows]
    told[name] = found
print("CANARIES" + json.dumps(told))
"""
ERASE = """
from accounts.models import User
from journal.erasing import erase_person
erase_person(User.objects.get(email="canary-gone@example.com"))
"""


def write(environment):
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "createcachetable", "--verbosity=0")
    said = manage(environment, "shell", "--verbosity=0", "--no-imports", "--command", WRITE).decode()
    line = next(line for line in said.splitlines() if line.startswith("CANARIES"))
    return {name: set(found) for name, found in json.loads(line.removeprefix("CANARIES")).items()}


def erase(environment):
    return manage(environment, "shell", "--verbosity=0", "--no-imports", "--command", ERASE)


def found_in(held, looked_for):
    """Which of them stand in these bytes: as they are, or written in hex, with dashes or without."""
    plain = held.replace(b"-", b"").lower()
    return {one for one in looked_for if bytes.fromhex(one) in held or one.encode() in plain}


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("erased-sqlite")
    environment = environment_of(folder, "")
    file = folder / "db.sqlite3"
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("SELECT * FROM sqlite_master").fetchall()
        canaries = write(environment)
        before = files_of(folder)
        log = erase(environment)
        beside = Path(f"{file}-wal")
        changes = beside.read_bytes() if beside.exists() else b""
        dump = "\n".join(reader.iterdump()).encode()
    return {"canaries": canaries, "before": before, "files": files_of(folder), "changes": changes} | {
        "dump": dump,
        "log": log,
    }


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    folder = tmp_path_factory.mktemp("erased-postgres")
    with throwaway_postgres() as server:
        environment = environment_of(folder, server.url)
        canaries = write(environment)
        before = b"".join(copied_tables(server.url))
        log = erase(environment)
        copies = b"".join(copied_tables(server.url))
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("VACUUM FULL")
            connection.execute("CHECKPOINT")
        tables = b"".join(path.read_bytes() for path in Path(server.data_dir, "base").rglob("*") if path.is_file())
        yield {"canaries": canaries, "before": before, "copies": copies, "files": tables, "log": log}


def test_before_it_every_one_of_them_is_found(sqlite, postgres):
    for held in (sqlite, postgres):
        both = held["canaries"]["gone"] | held["canaries"]["stays"]
        assert len(both) == 80
        assert found_in(held["before"], both) == both


@pytest.mark.parametrize("place", ["files", "dump"])
def test_an_sqlite_file_holds_nothing_of_who_is_gone_and_all_of_who_stayed(sqlite, place):
    canaries = sqlite["canaries"]
    assert found_in(sqlite[place], canaries["gone"]) == set()
    assert found_in(sqlite[place], canaries["stays"]) == canaries["stays"]


def test_the_log_of_changes_beside_it_is_empty(sqlite):
    assert sqlite["changes"] == b""


@pytest.mark.parametrize("place", ["copies", "files"])
def test_postgresql_holds_nothing_of_who_is_gone_and_all_of_who_stayed(postgres, place):
    """Its files once it has vacuumed; its tables at once."""
    canaries = postgres["canaries"]
    assert found_in(postgres[place], canaries["gone"]) == set()
    assert found_in(postgres[place], canaries["stays"]) == canaries["stays"]


def test_logs_that_tell_everything_tell_nothing_that_was_written(sqlite, postgres):
    """Ids are told by the log of queries, which is off; what was sealed is not, and no address but the one asked for."""
    for held in (sqlite, postgres):
        sealed = {one for one in held["canaries"]["gone"] if len(one) == 48}
        assert len(sealed) > 30
        assert found_in(held["log"], sealed) == set()
