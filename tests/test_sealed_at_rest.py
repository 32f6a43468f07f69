"""What a thief of the disk finds: nothing that a parent wrote, on either database, nor in a copy, a dump or a log.

Every look has a control: the parent's e-mail address is kept clear, and the same look finds it.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.postgres import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
CLEAR = "control-otter@example.com"
CANARIES = ("Canary-text-zanahoria", "Canary-edited-ñandú", "Canary-deleted-walrus", "Canary-child-Wren")
CANARIES += ("Canary-invited-Rosa", "Canary-reader-Delgado", "Canary-program-Steps", "Canary-signed-Jess")
CANARIES += ("Canary-consent-words", "Canary-ask-naps", "Canary-note-kestrel", "Canary-note-gone-lynx")
CANARIES += ("Canary-begun-heron", "Canary-begun-change")
# Written as a worker would: a child and two moments; one is changed, one deleted. Then a share with all its words.
WRITE = f"""
import logging
from datetime import date
from django.utils import timezone
from accounts.models import User
from journal.models import Child, Moment, Note, Opened, Reading, Share, Visit
from tests.factories import make_child, make_draft, make_moment, make_note
parent = User.objects.create_user({CLEAR!r}, None)
child = make_child(parent=parent, name={CANARIES[3]!r})
kept = make_moment(author=parent, child=child, text={CANARIES[0]!r})
gone = make_moment(author=parent, child=child, text={CANARIES[2]!r})
kept.rewrite({{"content": {{"text": {CANARIES[1]!r}}}}}, version=1)
gone.delete()
assert Moment.objects.get().text == {CANARIES[1]!r}
assert Child.objects.get().name == {CANARIES[3]!r}
reader = User.objects.create_user("reader@example.com", None)
share = Share.objects.create(parent=parent, invited_name={CANARIES[4]!r}, open_until=timezone.now())
share.invite()
assert share.request(by=reader, name={CANARIES[5]!r}, program={CANARIES[6]!r})
shown = {{"text": [{CANARIES[8]!r}], "version": "1.1", "language": "en"}}
for name in ({CANARIES[7]!r}, {CANARIES[7]!r}):
    share.agree(children=[child], nameless=True, ends_on=date(2099, 1, 1), signed_name=name, shown=shown)
moment = Moment.objects.get()
make_draft(author=parent, text={CANARIES[12]!r})
make_draft(author=parent, edits=moment, text={CANARIES[13]!r})
moment.share_with([share])
Visit.objects.plan(share).ask_for({CANARIES[9]!r})
make_note(share=share, author=reader, moment=moment, text={CANARIES[10]!r})
make_note(share=share, author=parent, text={CANARIES[11]!r}).delete()
Reading.record(share, Opened.MOMENT, moment=moment.pk)
share = Share.objects.get()
assert (share.invited_name, share.reader_name, share.parent_name) == {(CANARIES[4], CANARIES[5], CANARIES[7])!r}
assert (Note.objects.get().text, Visit.objects.get().ask) == {(CANARIES[10], CANARIES[9])!r}
logging.getLogger("django").debug({CLEAR!r})
"""
# The same settings with every logger at DEBUG, so that Django tells each query, and every message as it is.
LOUD = """
from config.settings import *
LOGGING["formatters"]["line"] = {"format": "{name} {message}", "style": "{"}
LOGGING["root"]["level"] = "DEBUG"
LOGGING["loggers"]["django"]["level"] = "DEBUG"
LOGGING["loggers"]["django.db.backends"] = {"level": "DEBUG"}
"""


def manage(environment, *arguments):
    """What the command said on both of its outputs; fails with it."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said.decode()
    return said


def environment_of(folder, database):
    """The tests' own environment, with data in this folder and this database."""
    (folder / "loud_settings.py").write_text(LOUD)
    named = {"DATA_DIR": str(folder), "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "loud_settings"}
    return os.environ | named | {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


def write(environment):
    """Make the tables and write the canaries; all that was logged meanwhile."""
    manage(environment, "migrate", "--verbosity=0")
    return manage(environment, "shell", "--verbosity=0", "--no-imports", "--command", WRITE)


def found_in(held):
    """The canaries that stand in these bytes, in any of the usual ways of writing them down."""
    return [word for word in CANARIES if any(form in held for form in forms(word))]


def forms(word):
    yield word.encode()
    yield word.encode("utf-16-le")
    yield word.encode().hex().encode()
    yield word.encode("unicode_escape")


def files_of(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "loud_settings.py"]
    return b"\n".join(path.read_bytes() for path in files)


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    """An SQLite database that was written to: what was logged, its folder, its log of changes, a dump, the file alone."""
    folder = tmp_path_factory.mktemp("sealed-sqlite")
    environment = environment_of(folder, "")
    file = folder / "db.sqlite3"
    # A reader that stays keeps the log of changes (WAL) beside the database, as while the app runs.
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("SELECT * FROM sqlite_master").fetchall()
        held = {"log": write(environment), "files": files_of(folder), "changes": Path(f"{file}-wal").read_bytes()}
        dump = "\n".join(reader.iterdump()).encode()
        reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return held | {"dump": dump, "file": file.read_bytes(), "environment": environment}


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    """A PostgreSQL server that was written to, what was logged, every table copied out, a dump, and its files.

    Read in the order of a thief: while it runs, then the files of the stopped server.
    """
    folder = tmp_path_factory.mktemp("sealed-postgres")
    with throwaway_postgres() as server:
        log = write(environment_of(folder, server.url))
        copies = b"".join(copied_tables(server.url))
        dump = dumped(server)
        server.stop()
        yield {"log": log, "copies": copies, "dump": dump, "files": files_of(server.data_dir)}


def copied_tables(url):
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert ("journal_moment",) in names
        for (name,) in names:
            for form in ("text", "binary"):
                statement = sql.SQL("COPY {} TO STDOUT (FORMAT {})").format(sql.Identifier(name), sql.SQL(form))
                with connection.cursor().copy(statement) as copy:
                    yield from (bytes(part) for part in copy)


def dumped(server):
    """What pg_dump writes; None where the server came without it."""
    program = server.bin_dir / "pg_dump"
    if not program.exists():
        return None
    command = [program, server.url, "--inserts"]
    return subprocess.run(command, check=True, capture_output=True, **server.account).stdout


def test_the_look_finds_each_way_of_writing_a_word_down():
    for word in CANARIES:
        for form in forms(word):
            assert found_in(b"\x00\xff" + form + b"\x00") == [word]


@pytest.mark.parametrize("place", ["files", "changes", "dump", "file"])
def test_an_sqlite_database_holds_no_words(sqlite, place):
    assert CLEAR.encode() in sqlite[place]
    assert found_in(sqlite[place]) == []


def test_the_files_of_a_stopped_postgresql_hold_no_words(postgres):
    assert CLEAR.encode() in postgres["files"]
    assert found_in(postgres["files"]) == []


def test_a_copy_of_every_postgresql_table_holds_no_words(postgres):
    assert CLEAR.encode() in postgres["copies"]
    assert found_in(postgres["copies"]) == []


def test_a_dump_of_postgresql_holds_no_words(postgres):
    held = postgres["dump"]
    assert held is not None
    assert CLEAR.encode() in held
    assert found_in(held) == []


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_logs_that_tell_everything_tell_no_words(sqlite, postgres, database):
    log = {"sqlite": sqlite, "postgres": postgres}[database]["log"]
    assert CLEAR.encode() in log
    assert found_in(log) == []


@pytest.mark.parametrize("format_name", ["json", "xml", "jsonl"])
def test_dumpdata_refuses_and_writes_no_words(sqlite, format_name):
    command = [sys.executable, "manage.py", "dumpdata", "journal", f"--format={format_name}"]
    done = subprocess.run(command, cwd=ROOT, env=sqlite["environment"], capture_output=True, check=False)
    assert done.returncode != 0
    assert found_in(done.stdout + done.stderr) == []
