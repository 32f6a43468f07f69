"""A journal that comes in from a file."""

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from journal.models import Child, Moment, Note, Parcel, ParcelPart, PromptText, Reading, Share, SharedMoment, Visit
from journal.takeout import reading
from journal.weeks import EARLIEST_DAY
from tests.factories import NOON, make_child, make_moment, make_share, make_user
from tests.journal.takeout import come_in, export, fill, pack, save, write_many

pytestmark = pytest.mark.django_db

IMPORT, LOOK = "/settings/import/", "/settings/import/look/"
PASSPHRASE = "four wandering lamps sing loudly"
JOURNAL = (Child, Moment, Share, SharedMoment, Note, Visit, Reading)


@pytest.fixture
def rows(wednesday, parent, visitor):
    return fill(parent, visitor)


@pytest.fixture
def told(client, rows, parent):
    """The parent's file."""
    return export(come_in(client, parent))["journal.json"]


@pytest.fixture
def newcomer(client, told):
    """Somebody else with an empty journal, whose browser it is now."""
    user = make_user(email="newcomer@example.com")
    client.force_login(user)
    return user


def send(client, data, passphrase=""):
    data = data.encode() if isinstance(data, str) else data
    return client.post(IMPORT, {"file": SimpleUploadedFile("notes.zip", data), "passphrase": passphrase})


def bring(client, data, passphrase=""):
    answer = send(client, data, passphrase)
    assert (answer.status_code, answer.headers.get("Location")) == (302, LOOK), answer.content.decode()
    words = client.get(LOOK).content.decode()
    client.post(LOOK)
    return words


def kept():
    return {model.__name__: model.objects.count() for model in JOURNAL}


def changed(told, change):
    """The file with one thing changed in it."""
    value = json.loads(told)
    change(value)
    return json.dumps(value)


# Whole, and the same


def test_export_import_export_gives_the_same_file_byte_for_byte(client, told, newcomer):
    bring(client, told)
    assert export(come_in(client, newcomer))["journal.json"] == told


def test_and_once_more_into_a_third_account(client, told, newcomer):
    bring(client, told)
    again = export(come_in(client, newcomer))["journal.json"]
    third = make_user(email="third@example.com")
    client.force_login(third)
    bring(client, again)
    assert export(come_in(client, third))["journal.json"] == told


def test_and_into_a_new_instance_that_knows_nobody_and_asks_other_questions(client, told, parent, visitor):
    parent.delete()
    visitor.delete()
    PromptText.objects.all().delete()
    user = make_user(email="elsewhere@example.com")
    client.force_login(user)
    bring(client, told)
    answered = next(moment for moment in Moment.objects.all() if moment.starred)
    assert answered.prompt_text is None
    assert answered.question == "What made you two smile?"
    assert "What made you two smile?" in client.get(answered.get_absolute_url()).content.decode()
    assert export(come_in(client, user))["journal.json"] == told


def test_moments_of_one_minute_keep_their_order(client, parent, wednesday):
    for number in range(30):
        make_moment(author=parent, text=f"Number {number}")
    told = export(come_in(client, parent))["journal.json"]
    user = make_user(email="newcomer@example.com")
    client.force_login(user)
    bring(client, told)
    assert export(come_in(client, user))["journal.json"] == told


@pytest.mark.parametrize(("zone", "hour"), [("Pacific/Kiritimati", -14), ("UTC", 0), ("Pacific/Pago_Pago", 11)])
def test_a_moment_of_the_first_day_there_is_comes_in_from_any_zone(client, parent, wednesday, zone, hour):
    first = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    assert make_moment(author=parent, happened_at=first, time_zone=zone).happened_on == EARLIEST_DAY
    told = export(come_in(client, parent))["journal.json"]
    user = make_user(email="newcomer@example.com")
    client.force_login(user)
    bring(client, told)
    assert export(come_in(client, user))["journal.json"] == told


def test_all_of_it_is_there(client, told, newcomer, rows):
    bring(client, told)
    own = Moment.objects.editable_by(newcomer)
    assert {child.name for child in Child.objects.editable_by(newcomer)} == {"Mia", "Leo"}
    repair = own.get(kind="repair")
    assert repair.repairs.text == "She called twice."
    assert repair.child.name == "Mia"
    answered = own.get(starred=True)
    assert answered.prompt_text.text == "What made you two smile?"
    assert own.get(happened_on=date(2026, 1, 23)).created_at == rows["answered"].created_at
    share = Share.objects.editable_by(newcomer).get(agreed_at__isnull=False)
    assert (share.reader_name, share.parent_name) == ("Rosa Delgado", "Jess Miller")
    assert {note.text for note in Note.objects.filter(share=share)} == {"You saw it. That counts.", "A long week."}
    assert Reading.objects.filter(share=share).count() == 2
    assert Visit.objects.get(share=share).ask == "Naps."


def test_it_says_first_in_words_what_would_come_in_and_brings_nothing(client, told, newcomer):
    before = kept()
    assert send(client, told).headers["Location"] == LOOK
    page = client.get(LOOK).content.decode()
    for words in ("2 children: Leo, Mia", "4 moments", "2 people who read with you", "Your language, your time zone"):
        assert words in page
    assert "Nobody can read any of it until you share it here." in page
    assert kept() == before


def test_what_is_kept_until_it_is_confirmed_is_sealed_and_gone_after_ten_minutes(client, told, newcomer, wednesday):
    send(client, told)
    assert b"She called twice." not in bytes(ParcelPart.objects.values_list("text", flat=True)[0])
    wednesday.shift(timedelta(minutes=10))
    before = kept()
    assert client.post(LOOK).headers["Location"] == IMPORT
    assert kept() == before


def test_settings_come_into_an_empty_journal_alone(client, told, newcomer, parent, stranger):
    told = changed(told, lambda value: value["settings"].update(time_zone="America/Bogota", shows_counts=False))
    bring(client, told)
    newcomer.refresh_from_db()
    assert (newcomer.time_zone, newcomer.shows_counts) == ("America/Bogota", False)
    make_moment(author=stranger)
    client.force_login(stranger)
    assert "your time zone" not in bring(client, told)
    stranger.refresh_from_db()
    assert (stranger.time_zone, stranger.shows_counts) == ("UTC", True)


# Nothing twice


def test_a_file_that_comes_in_twice_is_there_once(client, told, newcomer):
    bring(client, told)
    before = kept()
    assert "Nothing new." in bring(client, told)
    assert kept() == before


def test_into_the_journal_it_is_from_nothing_comes_in_and_nothing_changes(client, told, parent, rows):
    rows["missed"].rewrite({"content": rows["missed"].content | {"text": "Other words now."}}, version=1)
    before = kept()
    assert "Nothing new." in bring(client, told)
    assert kept() == before
    assert Moment.objects.get(pk=rows["missed"].pk).text == "Other words now."
    assert Share.objects.get(pk=rows["share"].pk).is_live


def test_what_was_deleted_since_comes_back_and_the_rest_stays(client, told, parent, rows):
    scary = rows["scary"].pk
    rows["scary"].delete()
    page = bring(client, told)
    assert "1 moment" in page
    assert "7 things in the file are here already." in page
    assert Moment.objects.editable_by(parent).get(came_as=scary).text == "It got loud."
    assert export(come_in(client, parent))["journal.json"] == told


def test_confirmed_twice_it_comes_in_once(client, told, newcomer):
    send(client, told)
    client.post(LOOK)
    before = kept()
    assert client.post(LOOK).headers["Location"] == IMPORT
    assert kept() == before


def test_a_coming_back_to_a_cue_that_is_another_thing_by_now_comes_in_untied(client, told, parent, rows):
    repair = rows["repair"].pk
    rows["repair"].delete()
    rows["missed"].rewrite({"kind": "reflection"}, version=1)
    bring(client, told)
    assert Moment.objects.editable_by(parent).get(came_as=repair).repairs is None


# Nothing is opened, nothing revealed


def test_nobody_can_read_what_came_in(client, told, newcomer, visitor):
    before = list(SharedMoment.objects.read_by(visitor).values_list("moment", flat=True))
    bring(client, told)
    own = Share.objects.editable_by(newcomer)
    assert own.count() == 2
    assert not own.filter(reader__isnull=False).exists()
    assert not own.live().exists()
    assert not own.open_invitations().exists()
    assert list(SharedMoment.objects.read_by(visitor).values_list("moment", flat=True)) == before
    assert not Moment.objects.editable_by(newcomer).read_by(visitor).exists()


def test_nothing_is_added_to_a_share_that_is_live_here(client, told, parent, visitor, rows):
    def add(value):
        share = next(share for share in value["shares"] if share["agreed_at"])
        share["notes"].append({**share["notes"][0], "text": "Forged."})
        share["moments"].append({"shared_at": share["moments"][0]["shared_at"], "moment": str(rows["answered"].pk)})

    before = kept()
    bring(client, changed(told, add))
    assert kept() == before
    assert not Moment.objects.read_by(visitor).filter(pk=rows["answered"].pk).exists()


def test_the_database_itself_refuses_a_share_from_a_file_that_is_not_over(parent, visitor, wednesday):
    from django.db import IntegrityError, transaction

    for fields in ({"ended_at": None}, {"ended_at": NOON, "reader": visitor}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Share.objects.create(parent=parent, came_as=uuid4(), invited_name="x", open_until=NOON, **fields)


def test_ids_that_others_have_come_in_as_ids_that_nobody_has_come_in(client, told, newcomer, rows):
    """A file with the ids of somebody here and one with ids of nobody get on in the very same way."""
    taken = str(rows["scary"].pk)
    free = str(uuid4())
    bring(client, told)
    bring(client, told.replace(taken, free))
    of_taken, of_free = (Moment.objects.editable_by(newcomer).get(came_as=name) for name in (taken, free))
    assert str(of_taken.pk) != taken
    assert str(of_free.pk) != free
    assert (of_taken.pk.version, of_free.pk.version) == (4, 4)
    assert Moment.objects.get(pk=taken).author_id == rows["scary"].author_id


def test_nobody_else_brings_in_what_somebody_sent(client, told, newcomer, stranger):
    send(client, told)
    client.force_login(stranger)
    before = kept()
    assert client.get(LOOK).headers["Location"] == IMPORT
    assert client.post(LOOK).headers["Location"] == IMPORT
    assert kept() == before
    assert Parcel.objects.get(way="in").owner_id == newcomer.pk


def test_what_came_in_is_no_news(client, told, newcomer):
    bring(client, told)
    assert not Note.objects.received_by(newcomer).kept_by(newcomer).filter(seen_at=None).exists()


# All or nothing


def first(name):
    def named(change):
        return lambda value: change(value[name][0])

    return named


def of_moment(**values):
    return lambda value: value["moments"][1].update(values)


def of_share(**values):
    return lambda value: next(share for share in value["shares"] if share["agreed_at"]).update(values)


WRONG = {
    "a version that is not known": (lambda v: v.update(version=2), "The file", "another version"),
    "a name too many": (lambda v: v.update(extra=1), "The file", "extra"),
    "a name too few": (lambda v: v["moments"][1].pop("text"), "Moment 2", "text"),
    "no list": (lambda v: v.update(moments={}), "The file", "moments"),
    "no object": (lambda v: v["moments"].insert(0, []), "Moment 1", "not what should stand here"),
    "an id that is none": (of_moment(id="1"), "Moment 2", "id"),
    "an id in capitals": (lambda v: v["moments"][1].update(id=v["moments"][1]["id"].upper()), "Moment 2", "id"),
    "an id twice": (lambda v: v["moments"].append(v["moments"][1]), "Moment 5", "twice"),
    "another kind": (of_moment(kind="score"), "Moment 2", "kind"),
    "a time without a zone": (of_moment(happened_at="2026-03-04T10:00:00"), "Moment 2", "happened_at"),
    "a time of another zone": (of_moment(happened_at="2026-03-04T10:00:00+05:00"), "Moment 2", "happened_at"),
    "a day that is none": (of_moment(day="2026-02-30"), "Moment 2", "day"),
    "a day long ago": (of_moment(day="1999-01-01"), "Moment 2", "day"),
    "a day that does not fit": (of_moment(day="2026-03-01"), "Moment 2", "does not fit the time"),
    "a zone that is none": (of_moment(time_zone="../../etc/passwd"), "Moment 2", "time_zone"),
    "a flag that is a number": (of_moment(starred=1), "Moment 2", "starred"),
    "a text that is a list": (of_moment(text=["x"]), "Moment 2", "text"),
    "a text too long": (of_moment(text="x" * 10_001), "Moment 2", "text"),
    "a chip that is none": (of_moment(cue="<b>"), "Moment 2", "cue"),
    "a child that is not there": (of_moment(child=str(uuid4())), "Moment 2", "not in the file"),
    "a cue that is not there": (of_moment(mends=str(uuid4())), "Moment 2", "not in the file"),
    "a question too long": (
        of_moment(question={"prompt": "x", "language": "en", "version": 1, "text": "x" * 401}),
        "Moment 2",
        "text",
    ),
    "a child without a name": (lambda v: v["children"][0].update(name=" "), "Child 1", "name"),
    "a month that is none": (lambda v: v["children"][0].update(birth_month="2025-13"), "Child 1", "birth_month"),
    "born after it happened": (lambda v: v["children"][0].update(birth_month="2026-03"), "Moment 1", "month of birth"),
    "a language that is none": (lambda v: v["settings"].update(language="xx"), "Settings", "language"),
    "a yes that nobody asked for": (of_share(asked_at=None), "Reader", "a yes without a question"),
    "two visits to come": (
        of_share(visits=[{"held_at": None, "planned_on": None, "ask": ""}] * 2),
        "Reader",
        "more than one visit",
    ),
    "a note of nobody": (
        of_share(
            notes=[{"written_at": "2026-03-04T10:00:00Z", "by": "editor", "moment": None, "week": None, "text": ""}]
        ),
        "note 1",
        "by",
    ),
    "a page that is none": (
        of_share(readings=[{"opened_at": "2026-03-04T10:00:00Z", "opened": "diary", "moment": None, "week": None}]),
        "opened page 1",
        "opened",
    ),
    "a shared moment that is not there": (
        of_share(moments=[{"shared_at": "2026-03-04T10:00:00Z", "moment": str(uuid4())}]),
        "moment 1",
        "not in the file",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_each_thing_that_does_not_fit_is_named_by_its_place_and_nothing_comes_in(client, told, newcomer, what):
    change, place, words = WRONG[what]
    before = kept()
    answer = send(client, changed(told, change))
    page = answer.content.decode()
    assert answer.status_code == 422
    problems = page.partition('id="problems"')[2].partition("</section>")[0]
    assert place in problems
    assert words in problems
    assert kept() == before
    assert not Parcel.objects.filter(way="in").exists()


def test_of_many_problems_the_first_are_shown_and_the_rest_counted(client, told, newcomer):
    def add(value):
        value["moments"] += [{} for _ in range(50)]

    page = send(client, changed(told, add)).content.decode()
    assert page.count("<strong>Moment ") == 20
    assert "more." in page


def test_when_the_last_row_fails_none_is_there(client, told, newcomer, monkeypatch):
    send(client, told)
    before = kept()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("journal.takeout.bringing_in.note_of", fail)
    client.raise_request_exception = False
    assert client.post(LOOK).status_code == 500
    assert kept() == before
    monkeypatch.undo()
    client.post(LOOK)
    assert Moment.objects.editable_by(newcomer).count() == 4


# Hostile files

DEEP = '{"format":"most-of-the-time","version":1,"moments":' + "[" * 50_000 + "]" * 50_000 + "}"
HOSTILE = {
    "nothing": "",
    "words": "hello",
    "a number": "1",
    "a list": "[]",
    "null": "null",
    "another format": '{"format":"other","version":1}',
    "half of it": '{"format":"most-of-the-time","version":1,"moments":[',
    "very deep": DEEP,
    "a name twice": '{"format":"most-of-the-time","format":"most-of-the-time","version":1}',
    "no number": '{"format":"most-of-the-time","version":NaN}',
    "an endless number": '{"format":"most-of-the-time","version":1e999}',
    "a huge number": '{"format":"most-of-the-time","version":' + "9" * 5000 + "}",
    "half a character": b'{"format":"most-of-the-time","version":1,"x":"\\ud800"}',
    "a NUL": '{"format":"most-of-the-time","version":1,"x":"\\u0000"}',
    "other letters": "{}".encode("utf-16"),
    "bytes": bytes(range(256)),
    "a ZIP that is none": b"PK\x03\x04" + bytes(200),
    "half a ZIP": b"PK",
    "many brackets": '{"format":"most-of-the-time","x":[' + "[]," * 600_000 + "[]]}",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_beside_the_field(client, newcomer, what):
    before = kept()
    answer = send(client, HOSTILE[what] or b"")
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert kept() == before
    assert not Parcel.objects.filter(way="in").exists()


def zipped(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def test_the_zip_as_it_was_saved_comes_in(client, rows, parent):
    come_in(client, parent)
    pack(client)
    data = save(client)
    client.force_login(make_user(email="newcomer@example.com"))
    assert "4 moments" in bring(client, data)


def test_a_zip_that_was_made_again_by_another_program_comes_in(client, told, newcomer):
    assert "4 moments" in bring(client, zipped(("notes/readme.txt", "x"), ("notes/journal.json", told)))


def test_a_zip_with_a_passphrase_comes_in_with_it_and_not_without(client, rows, parent):
    come_in(client, parent)
    pack(client)
    data = save(client, PASSPHRASE)
    client.force_login(make_user(email="newcomer@example.com"))
    for wrong in ("", "something else"):
        answer = send(client, data, wrong)
        assert answer.status_code == 422
        assert "This file has a passphrase." in answer.content.decode()
    assert "4 moments" in bring(client, data, PASSPHRASE)


@pytest.mark.parametrize("name", ["journal.json", "journal.zip", "letter.pdf", "../../journal.json", "x"])
def test_a_file_is_what_it_holds_whatever_it_is_called(client, told, newcomer, name):
    """A phone may give it any name. What it holds is checked whole, and the name is kept nowhere."""
    for good in (told.encode(), zipped(("journal.json", told))):
        answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, good), "passphrase": ""})
        assert answer.headers["Location"] == LOOK
    answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, b"%PDF-1.7"), "passphrase": ""})
    assert answer.status_code == 422


@pytest.mark.parametrize("member", ["journal.json", "other.bin"])
def test_a_zip_bomb_is_stopped_long_before_it_is_unpacked(client, newcomer, monkeypatch, member):
    monkeypatch.setattr(reading, "LARGEST_JSON", 1_000_000)
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 2_000_000)
    unpacked = []
    take = reading.take
    monkeypatch.setattr(reading, "take", lambda chunks, left, keep: take(counted(chunks, unpacked), left, keep=keep))
    data = zipped((member, b"0" * 60_000_000))
    assert len(data) < 100_000
    answer = send(client, data)
    assert answer.status_code == 422
    assert "larger than we can read" in answer.content.decode()
    assert sum(unpacked) < 2_200_000


def counted(chunks, unpacked):
    for chunk in chunks:
        unpacked.append(len(chunk))
        yield chunk


def test_a_zip_of_very_many_files_is_not_gone_through(client, newcomer):
    answer = send(client, zipped(*((f"{number}.txt", "x") for number in range(500)), ("journal.json", "{}")))
    assert answer.status_code == 422
    assert "not a file from this journal" in answer.content.decode()


def test_a_file_that_is_too_large_is_held_nowhere(client, newcomer, monkeypatch):
    monkeypatch.setattr("accounts.uploads.LARGEST", 1000)
    monkeypatch.setattr("journal.forms.bringing.LARGEST", 1000)
    answer = send(client, b"x" * 300_000)
    assert answer.status_code == 422
    assert "larger than we can read" in answer.content.decode()


def test_no_file_that_is_sent_is_written_to_a_disk(client, told, newcomer, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("A file was written.")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)
    padded = told + " " * 5_000_000
    assert send(client, padded).headers["Location"] == LOOK


def test_without_a_file_it_says_so(client, newcomer):
    answer = client.post(IMPORT, {"passphrase": ""})
    assert answer.status_code == 422
    assert "Pick a file." in answer.content.decode()


def test_markup_in_a_file_is_text_on_the_page(client, told, newcomer):
    told = changed(told, lambda value: value["children"][0].update(name="<script>x</script>"))
    send(client, told)
    assert "&lt;script&gt;x&lt;/script&gt;" in client.get(LOOK).content.decode()
    broken = changed(told, lambda value: value["moments"][0].update({"<img src=x>": 1}))
    assert "<img src=x>" not in send(client, broken).content.decode()


def test_a_question_that_came_in_stays_when_the_moment_is_changed(client, told, parent, visitor):
    parent.delete()
    PromptText.objects.all().delete()
    user = make_user(email="elsewhere@example.com")
    client.force_login(user)
    bring(client, told)
    moment = next(one for one in Moment.objects.all() if one.question)
    address = f"/moments/{moment.pk}/edit/"
    assert "What made you two smile?" in client.get(address).content.decode()
    sent = {"kind": "responsive", "text": "New words", "version": "1", "child": str(moment.child_id)}
    assert client.post(address, sent).status_code == 302
    again = Moment.objects.get(pk=moment.pk)
    assert (again.text, again.question, again.version) == ("New words", "What made you two smile?", 2)
    assert client.post(address, sent).status_code == 302
    assert Moment.objects.get(pk=moment.pk).version == 2


def test_five_thousand_moments_come_in(client, wednesday, parent, child):
    write_many(parent, child, 5_000)
    told = export(come_in(client, parent))["journal.json"]
    user = make_user(email="newcomer@example.com")
    client.force_login(user)
    assert "5000 moments" in bring(client, told).replace(",", "")
    assert export(come_in(client, user))["journal.json"] == told


def test_the_cast_is_untouched(client, told, newcomer, visitor, stranger):
    make_child(parent=stranger)
    make_share(parent=stranger, reader=visitor)
    before = [list(model.objects.exclude(pk=newcomer.pk).order_by("pk").values()) for model in (User,)]
    theirs = list(Child.objects.editable_by(stranger).values())
    bring(client, told)
    assert [list(model.objects.exclude(pk=newcomer.pk).order_by("pk").values()) for model in (User,)] == before
    assert list(Child.objects.editable_by(stranger).values()) == theirs


def test_what_came_in_of_readers_is_there_to_look_at_and_can_be_neither_opened_nor_ended(client, told, newcomer):
    bring(client, told)
    listed = client.get("/sharing/").content.decode()
    for share in Share.objects.editable_by(newcomer):
        for page in ("", "readings/", "agree/", "preview/", "visit/", "end/"):
            assert client.get(f"/sharing/{share.pk}/{page}").status_code in (200, 302, 404)
        assert client.get(f"/sharing/{share.pk}/").status_code == 200
        for action, sent in (("invite/", {}), ("agree/", {"signed_name": "J", "ends_on": "2026-05-01"}), ("end/", {})):
            client.post(f"/sharing/{share.pk}/{action}", sent)
        kept = Share.objects.get(pk=share.pk)
        assert (kept.reader, kept.is_live, kept.is_open) == (None, False, False)
        assert kept.ended_at == share.ended_at
    assert "Rosa" in listed
    for moment in Moment.objects.editable_by(newcomer):
        assert "Just me" in client.get(moment.get_absolute_url()).content.decode()
    for address in ("/", "/moments/", "/weeks/2026-03-02/", "/children/", "/settings/"):
        assert client.get(address).status_code == 200
