"""My data on its way out."""

import csv
import io
import json
import re
import tracemalloc
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Moment, Parcel, ParcelPart
from journal.takeout import packing
from journal.takeout.sending import zip_of
from tests.factories import make_child, make_moment, make_note
from tests.journal.takeout import (
    EXPORT,
    FILE,
    MORE,
    come_in,
    export,
    exported_json,
    fill,
    pack,
    save,
    show_again,
    unlock,
    unpack,
    write_many,
)

pytestmark = pytest.mark.django_db

PASSPHRASE = "four wandering lamps sing loudly"


@pytest.fixture
def mine(client, parent):
    return come_in(client, parent)


@pytest.fixture
def rows(wednesday, parent, visitor, mine):
    return fill(parent, visitor)


def test_it_asks_who_it_is_before_anything(client, parent):
    client.force_login(parent)
    for address in (EXPORT, MORE, FILE):
        for answer in (client.get(address), client.post(address)):
            assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")
    assert not Parcel.objects.exists()


def test_the_file_holds_a_page_tables_and_one_file_to_bring_in(mine, rows):
    files = export(mine)
    assert set(files) == {
        "journal.html",
        "journal.json",
        "account.csv",
        "moments.csv",
        "children.csv",
        "drafts.csv",
        "shares.csv",
        "consents.csv",
        "shared.csv",
        "visits.csv",
        "notes.csv",
        "readings.csv",
    }


def test_the_json_holds_all_that_is_mine(mine, rows, parent):
    told = exported_json(mine)
    assert (told["format"], told["version"]) == ("most-of-the-time", 1)
    assert told["settings"] == {"language": "en", "time_zone": "UTC", "shows_counts": True}
    assert [child["name"] for child in told["children"]] == ["Leo", "Mia"]
    answered, *others = told["moments"]
    assert answered["question"] == {
        "prompt": "smile",
        "language": "en",
        "version": 1,
        "text": "What made you two smile?",
    }
    assert (answered["feeling"], answered["starred"]) == ("calm", True)
    by_id = {moment["id"]: moment for moment in others}
    assert by_id[str(rows["repair"].pk)]["mends"] == str(rows["missed"].pk)
    assert by_id[str(rows["scary"].pk)]["felt_unsafe"] is True
    share = next(share for share in told["shares"] if share["agreed_at"])
    assert share["consents"][0]["signed_name"] == "Jess Miller"
    notes = {note["text"]: note["by"] for note in share["notes"]}
    assert notes == {"You saw it. That counts.": "reader", "A long week.": "me"}
    assert {reading["opened"] for reading in share["readings"]} == {"moment", "week"}
    assert share["visits"][0]["ask"] == "Naps."
    assert len(share["moments"]) == 2


def test_nothing_of_anybody_else_is_in_it(mine, rows, stranger, parent):
    make_moment(author=stranger, child=make_child(parent=stranger, name="Ada"), text="Canary of a stranger")
    held = "".join(export(mine).values())
    assert "Canary of a stranger" not in held
    assert "Ada" not in held
    assert str(stranger.pk) not in held


def test_a_reader_takes_along_nothing_that_was_shared_with_them(client, rows, visitor):
    held = "".join(export(come_in(client, visitor)).values())
    for words in ("She called twice.", "Mia", "Naps.", "A long week.", "Jess Miller"):
        assert words not in held


def test_the_page_stands_alone_without_script_and_asks_nothing_of_anybody(mine, rows):
    page = export(mine)["journal.html"]
    assert "<title>Notes</title>" in page
    assert not re.search(r"<script|\son\w+=|javascript:|<link|<img|@import|url\(|\ssrc=|\shref=\"(?!tel:)", page)
    assert 'content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;' in page
    for words in ("She called twice.", "What made you two smile?", "You saw it. That counts.", "Naps.", "Calm"):
        assert words in page
    assert page.index("January 2026") < page.index("March 2026")
    assert "you said yes as Jess Miller, until June 2, 2026. You read:" in page


def test_what_was_written_is_escaped_in_the_page(mine, rows, parent):
    make_moment(author=parent, text="<script>alert(1)</script><img src=x onerror=y>")
    make_note(share=rows["share"], author=parent, text="<b onclick=x>")
    page = export(mine)["journal.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b onclick" not in page
    assert "<img" not in page


def test_the_page_speaks_my_language(mine, rows, parent):
    parent.language = "es"
    parent.save()
    assert '<html lang="es" dir="ltr">' in export(mine)["journal.html"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1", "\u00a0=1", "\n=1", "|x", "%0A"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_as_a_formula(mine, parent, formula):
    make_moment(author=parent, child=make_child(parent=parent, name=formula), text=formula)
    files = export(mine)
    for name in ("moments.csv", "children.csv"):
        cells = [cell for row in csv.reader(io.StringIO(files[name].lstrip("\ufeff"), newline="")) for cell in row]
        assert f"'{formula}" in cells
        assert not any(cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)


def test_a_text_with_signs_and_lines_comes_back_from_the_table_as_it_was(mine, parent):
    text = 'One, "two";\nthree\n\nfour, ñandú 🌱'
    make_moment(author=parent, text=text)
    table = export(mine)["moments.csv"]
    assert table.startswith("\ufeffid,day,")
    (row,) = csv.DictReader(io.StringIO(table.lstrip("\ufeff"), newline=""))
    assert row["words"] == text


# Once, and for ten minutes


def test_it_is_saved_once(mine, rows):
    pack(mine)
    assert unpack(save(mine))["journal.json"]
    for address in (FILE, MORE):
        answer = mine.post(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, EXPORT)
    assert not Parcel.objects.exists()
    assert not ParcelPart.objects.exists()
    assert "Pack my journal" in mine.get(EXPORT).content.decode()


def test_two_taps_at_once_save_it_once(mine, rows, parent):
    pack(mine)
    first, second = Parcel.objects.get(), Parcel.objects.get()
    assert first.take()
    assert not second.take()
    assert mine.post(FILE).headers["Location"] == EXPORT


def test_a_line_that_breaks_erases_it_all_the_same(mine, rows):
    pack(mine)
    sent = zip_of(Parcel.objects.get())
    next(sent)
    assert ParcelPart.objects.exists()
    sent.close()
    assert not ParcelPart.objects.exists()


def test_after_ten_minutes_it_is_gone(mine, rows, parent, wednesday):
    pack(mine)
    wednesday.shift(timedelta(minutes=9, seconds=59))
    assert "You can save it once" in mine.get(EXPORT).content.decode()
    wednesday.shift(timedelta(seconds=1))
    assert mine.post(FILE).headers["Location"] == EXPORT
    assert "Pack my journal" in mine.get(EXPORT).content.decode()


def test_what_is_past_its_time_is_thrown_away_whoever_packs_next(client, rows, stranger, parent, wednesday):
    pack(come_in(client, parent))
    wednesday.shift(timedelta(minutes=11))
    pack(come_in(client, stranger))
    assert [parcel.owner_id for parcel in Parcel.objects.all()] == [stranger.pk]
    assert not ParcelPart.objects.filter(owner=parent).exists()


def test_a_command_throws_away_what_is_past_its_time_and_nothing_else(client, rows, stranger, parent, wednesday):
    pack(come_in(client, parent))
    wednesday.shift(timedelta(minutes=9))
    pack(come_in(client, stranger))
    wednesday.shift(timedelta(minutes=2))
    call_command("clear_parcels", stdout=io.StringIO())
    assert [parcel.owner_id for parcel in Parcel.objects.all()] == [stranger.pk]


def test_nobody_else_can_save_it(client, rows, parent, stranger):
    pack(come_in(client, parent))
    come_in(client, stranger)
    for address in (FILE, MORE):
        assert client.post(address).headers["Location"] == EXPORT
    assert "Pack my journal" in client.get(EXPORT).content.decode()
    assert Parcel.objects.get().owner_id == parent.pk


def test_an_address_alone_saves_nothing(mine, rows):
    pack(mine)
    assert mine.get(FILE).headers["Location"] == EXPORT
    assert Parcel.objects.get().taken_at is None


def test_what_is_packed_lies_sealed(mine, rows):
    pack(mine)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM journal_parcelpart")
        held = b"".join(bytes(text) for (text,) in cursor.fetchall())
    assert len(held) > 1000
    assert b"She called twice." not in held


def test_what_changed_meanwhile_is_packed_anew(mine, rows, parent, wednesday):
    for change in (
        lambda: make_moment(author=parent, text="One more."),
        lambda: rows["missed"].delete(),
        lambda: rows["scary"].rewrite({"content": {"text": "Quiet."}}, version=1),
    ):
        pack(mine)
        wednesday.shift(timedelta(seconds=1))
        change()
        assert mine.post(FILE).headers["Location"] == EXPORT
        assert not ParcelPart.objects.exists()
        assert "Your journal changed meanwhile." in mine.get(EXPORT).content.decode()


# However long it is


@pytest.fixture
def slow(monkeypatch):
    """One batch of two moments a request."""
    monkeypatch.setattr(packing, "BATCH", 2)
    monkeypatch.setattr(packing, "STEP_SECONDS", 0)
    monkeypatch.setattr(packing.go_on, "__kwdefaults__", {"seconds": 0})


def test_a_long_one_says_how_far_it_is_and_goes_on_without_javascript(mine, parent, child, slow):
    write_many(parent, child, 5)
    mine.post(EXPORT)
    said = []
    for _ in range(10):
        page = mine.get(EXPORT).content.decode()
        said += re.findall(r"(\d) of 5 moments are packed", page)
        if "Save the file" in page:
            break
        assert f'action="{MORE}"' in page
        assert "<button" in page.partition(f'action="{MORE}"')[2]
        mine.post(MORE)
    assert said == ["2", "4", "5"]
    assert [moment["text"][:8] for moment in json.loads(unpack(save(mine))["journal.json"])["moments"]] == [
        f"Number {number}" for number in range(5)
    ]


def test_moments_of_one_minute_are_each_in_it_once(mine, parent, slow):
    made = {str(make_moment(author=parent, text=f"Number {number}").pk) for number in range(7)}
    told = [moment["id"] for moment in exported_json(mine)["moments"]]
    assert len(told) == 7
    assert set(told) == made


def test_a_moment_written_while_it_is_packed_begins_it_anew_and_is_in_it(mine, parent, slow):
    for number in range(5):
        make_moment(author=parent, text=f"Number {number}")
    mine.post(EXPORT)
    mine.post(MORE)
    make_moment(author=parent, text="Just now")
    pack_on(mine)
    texts = [moment["text"] for moment in json.loads(unpack(save(mine))["journal.json"])["moments"]]
    assert sorted(texts) == ["Just now", *(f"Number {number}" for number in range(5))]


def pack_on(mine):
    for _ in range(20):
        if "Save the file" in mine.get(EXPORT).content.decode():
            return
        mine.post(MORE)


def test_a_batch_takes_the_same_queries_however_many_moments_it_holds(mine, parent, child, monkeypatch):
    found = []
    mine.post(EXPORT)
    for count in (3, 60):
        Moment.objects.all().delete()
        write_many(parent, child, count)
        with CaptureQueriesContext(connection) as queries:
            mine.post(EXPORT)
        found.append(len(queries))
    assert found[0] == found[1]


def test_a_journal_without_a_word_can_be_taken_too(mine):
    told = exported_json(mine)
    assert (told["children"], told["moments"], told["shares"]) == ([], [], [])


# With a passphrase


def test_with_a_passphrase_nothing_can_be_read_without_it(mine, rows):
    pack(mine)
    data = save(mine, PASSPHRASE)
    assert b"She called twice." not in data
    with pytest.raises(RuntimeError, match="encrypted"):
        unpack(data)
    assert "She called twice." in unlock(data, PASSPHRASE)["journal.html"]


def test_a_passphrase_that_is_easily_guessed_is_refused_and_the_file_waits(mine, rows):
    pack(mine)
    answer = mine.post(FILE, {"passphrase": "Mia2025"})
    assert answer.status_code == 422
    assert "Make it longer" in answer.content.decode()
    assert unpack(save(mine))["journal.json"]


def test_the_passphrase_is_kept_nowhere(mine, rows):
    pack(mine)
    save(mine, PASSPHRASE)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            assert PASSPHRASE not in repr(cursor.fetchall())


def test_the_name_of_the_file_says_nothing(mine, rows, parent):
    pack(mine)
    answer = mine.post(FILE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes-2026-03-04.zip"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_saving_asks_again_who_it_is_after_five_minutes(client, rows, parent):
    come_in(client, parent)
    pack(client)
    client.logout()
    client.force_login(parent)
    assert client.post(FILE).headers["Location"].startswith("/account/reauthenticate/")
    assert Parcel.objects.get().taken_at is None
    show_again(client, parent)
    assert unpack(save(client))["journal.json"]


def test_five_thousand_moments_take_little_memory(mine, parent, child):
    write_many(parent, child, 5_000)
    mine.post(EXPORT)
    while "Save the file" not in mine.get(EXPORT).content.decode():
        mine.post(MORE)
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in mine.post(FILE).streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 300_000
    assert peak < 8_000_000
