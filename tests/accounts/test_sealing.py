import base64
import copy
import threading

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.db import connection, transaction
from django.db.models import F, Q

from accounts.master_keys import master_keys
from accounts.models import DataKey
from accounts.sealing import HEAD_BYTES, Sealed, SealError, seal, unseal
from journal.models import Child, Moment
from tests.factories import make_child, make_moment

pytestmark = pytest.mark.django_db

CANARY = "Canary Wren"


def written(secret, name="k"):
    return f"{name}:{base64.b64encode(secret).decode()}"


@pytest.fixture
def use_master_keys(settings):
    """Start again with other master keys, as a new worker would."""

    def use(*keys):
        settings.MASTER_KEYS = list(keys)
        master_keys.cache_clear()
        DataKey.opened.clear()

    yield use
    master_keys.cache_clear()


@pytest.fixture
def child(parent):
    return make_child(parent=parent, name=CANARY)


def stored(model, column, pk):
    """The bytes as the database holds them."""
    field = model._meta.pk
    with connection.cursor() as cursor:
        sql = f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE "{field.column}" = %s'  # noqa: S608
        cursor.execute(sql, [field.get_db_prep_value(pk, connection)])
        return bytes(cursor.fetchone()[0])


def store(model, column, pk, value):
    field = model._meta.pk
    with connection.cursor() as cursor:
        sql = f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE "{field.column}" = %s'  # noqa: S608
        cursor.execute(sql, [connection.Database.Binary(value), field.get_db_prep_value(pk, connection)])


def test_the_database_never_holds_what_was_written(child, parent):
    moment = make_moment(author=parent, child=child, text=CANARY, cue="reached", feeling="tired")
    for row, column in ((child, "name"), (moment, "content")):
        held = stored(type(row), column, row.pk)
        for word in (CANARY, "reached", "tired", "text"):
            assert word.encode() not in held


def test_the_same_words_twice_look_different_in_the_database(parent):
    one, two = make_child(parent=parent), make_child(parent=parent)
    assert stored(Child, "name", one.pk)[HEAD_BYTES:] != stored(Child, "name", two.pk)[HEAD_BYTES:]


@pytest.mark.parametrize("name", ["", "Mia", "Ñandú 👶🏽", "x" * 20_000, "a\nb\tc", '"}{\\', "\u2028\ufeff"])
def test_what_is_read_is_what_was_written(parent, name):
    assert Child.objects.get(pk=make_child(parent=parent, name=name).pk).name == name


def test_however_a_row_is_read_its_words_are_open(child, parent):
    make_moment(author=parent, child=child)
    assert Child.objects.get().name == CANARY
    assert Child.objects.defer("name").get().name == CANARY
    assert Child.objects.only("id").get().name == CANARY
    assert Moment.objects.select_related("child").get().child.name == CANARY
    assert Moment.objects.prefetch_related("child").get().child.name == CANARY
    assert copy.copy(Child.objects.get()).name == CANARY
    assert copy.deepcopy(Child.objects.get()).name == CANARY
    again = Child.objects.get()
    again.name = "Other"
    again.refresh_from_db()
    assert again.name == CANARY


def test_one_row_read_by_many_threads_at_once_is_open_in_each(child):
    row, seen = Child.objects.get(), []
    DataKey.opening(DataKey.of(row.parent_id).pk, row.parent_id)
    threads = [threading.Thread(target=lambda: seen.append(row.name)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [CANARY] * 20


def test_a_value_read_past_the_rows_is_marked_as_sealed_and_never_passes_for_words(child):
    value = Child.objects.values_list("name", flat=True).get()
    assert isinstance(value, Sealed)
    assert CANARY.encode() not in value


def test_saving_a_row_that_was_not_opened_keeps_its_words(child):
    before = stored(Child, "name", child.pk)
    Child.objects.get().save()
    assert stored(Child, "name", child.pk) == before


def test_many_rows_made_at_once_are_sealed_each(parent):
    rows = [Child(parent=parent, name=f"{CANARY} {n}", birth_month="2026-01-01") for n in range(3)]
    Child.objects.bulk_create(rows)
    assert {row.name for row in Child.objects.all()} == {f"{CANARY} {n}" for n in range(3)}
    assert all(CANARY.encode() not in stored(Child, "name", row.pk) for row in rows)


def test_a_wrong_master_key_raises(child, use_master_keys):
    use_master_keys(written(b"w" * 32, "tests1"))
    with pytest.raises(SealError):
        _ = Child.objects.get().name


def test_a_missing_master_key_raises_and_writes_nothing_under_another(child, use_master_keys):
    use_master_keys(written(b"w" * 32, "other"))
    with pytest.raises(SealError, match="no master key tests1"):
        _ = Child.objects.get().name
    row, before = Child.objects.get(), stored(Child, "name", child.pk)
    row.name = "New"
    with pytest.raises(SealError), transaction.atomic():
        row.save()
    assert stored(Child, "name", child.pk) == before


def test_a_lost_data_key_raises(child):
    DataKey.objects.all().delete()
    DataKey.opened.clear()
    with pytest.raises(SealError, match="is gone"):
        _ = Child.objects.get().name


def test_a_value_moved_to_another_row_raises(child, parent):
    other = make_child(parent=parent, name="Leo")
    store(Child, "name", other.pk, stored(Child, "name", child.pk))
    with pytest.raises(SealError):
        _ = Child.objects.get(pk=other.pk).name


def test_a_value_moved_to_another_person_raises(child, stranger):
    other = make_child(parent=stranger, name="Leo")
    store(Child, "name", other.pk, stored(Child, "name", child.pk))
    with pytest.raises(SealError, match="is not of"):
        _ = Child.objects.get(pk=other.pk).name


def test_a_row_given_to_another_person_raises(child, stranger):
    Child.objects.update(parent=stranger)
    with pytest.raises(SealError):
        _ = Child.objects.get().name


def test_a_value_moved_to_another_column_raises(child, parent):
    moment = make_moment(id=child.pk, author=parent, child=child)
    store(Moment, "content", moment.pk, stored(Child, "name", child.pk))
    with pytest.raises(SealError):
        _ = Moment.objects.get().content


def test_a_data_key_given_to_another_person_raises(child, stranger):
    DataKey.objects.update(user=stranger)
    DataKey.opened.clear()
    with pytest.raises(SealError):
        _ = DataKey.objects.get().secret


def test_any_changed_byte_raises(child):
    value = stored(Child, "name", child.pk)
    for position in range(len(value)):
        changed = bytearray(value)
        changed[position] ^= 1
        store(Child, "name", child.pk, bytes(changed))
        with pytest.raises(SealError):
            _ = Child.objects.get().name


def test_any_cut_raises(child):
    value = stored(Child, "name", child.pk)
    for length in range(len(value)):
        store(Child, "name", child.pk, value[:length])
        with pytest.raises(SealError):
            _ = Child.objects.get().name


def test_words_that_were_never_sealed_are_not_read(child):
    store(Child, "name", child.pk, b'"Canary Wren"')
    with pytest.raises(SealError):
        _ = Child.objects.get().name


def test_an_error_names_the_row_and_never_the_words(child):
    value = bytearray(stored(Child, "name", child.pk))
    value[-1] ^= 1
    store(Child, "name", child.pk, bytes(value))
    with pytest.raises(SealError) as raised:
        _ = Child.objects.get().name
    assert str(child.pk) in str(raised.value)
    assert CANARY not in str(raised.value)


@pytest.mark.parametrize(
    "asked",
    [Q(name=CANARY), Q(name__contains="a"), Q(name__icontains="a"), Q(name__in=["a"]), Q(name__startswith="C")],
)
def test_sealed_words_cannot_be_looked_up(child, asked):
    with pytest.raises(FieldError):
        list(Child.objects.filter(asked))


def test_sealed_words_cannot_be_written_in_bulk(child, parent):
    before = stored(Child, "name", child.pk)
    with pytest.raises(FieldError), transaction.atomic():
        Child.objects.update(name="New")
    row = Child.objects.get()
    row.name = "New"
    with pytest.raises(FieldError), transaction.atomic():
        Child.objects.bulk_update([row], ["name"])
    assert stored(Child, "name", child.pk) == before


@pytest.mark.parametrize("kind", ["json", "python", "xml", "jsonl"])
def test_sealed_words_cannot_be_serialised(child, kind):
    with pytest.raises(SealError):
        serializers.serialize(kind, Child.objects.all())


def test_sealed_words_are_in_no_form():
    assert not Child._meta.get_field("name").editable
    assert not Moment._meta.get_field("content").editable


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_a_character_that_no_database_keeps_is_refused_and_nothing_is_written(child, parent, text):
    with pytest.raises(ValidationError), transaction.atomic():
        make_moment(author=parent, child=child, text=text)
    assert not Moment.objects.exists()


def test_each_person_has_one_key_and_their_own(parent, stranger):
    make_child(parent=parent)
    make_child(parent=parent)
    make_child(parent=stranger)
    assert DataKey.objects.count() == 2
    assert DataKey.of(parent.pk).secret != DataKey.of(stranger.pk).secret


def test_a_key_goes_with_its_person_and_their_words_with_it(child, parent):
    parent.delete()
    assert not DataKey.objects.exists()
    assert not Child.objects.exists()


def test_a_worker_keeps_no_more_opened_keys_than_it_should(monkeypatch, parent, stranger):
    monkeypatch.setattr(DataKey, "OPENED_AT_MOST", 1)
    for person in (parent, stranger):
        make_child(parent=person, name=person.email)
    for _ in range(2):
        assert sorted(child.name for child in Child.objects.all()) == ["parent@example.com", "stranger@example.com"]
    assert len(DataKey.opened) == 1


def test_with_several_master_keys_the_first_wraps_and_each_opens(child, parent, stranger, settings, use_master_keys):
    first = settings.MASTER_KEYS[0]
    use_master_keys(written(b"n" * 32, "new"), first)
    assert Child.objects.get().name == CANARY
    make_child(parent=stranger, name="Leo")
    assert DataKey.of(stranger.pk).master == "new"
    assert DataKey.of(parent.pk).master == "tests1"


@pytest.mark.parametrize(
    "keys",
    [
        ["no-colon"],
        [":" + base64.b64encode(b"k" * 32).decode()],
        ["k:not base64!"],
        [written(b"short")],
        [written(b"k" * 33)],
        [written(b"k" * 32), written(b"l" * 32)],
    ],
)
def test_a_master_key_that_is_none_is_refused_by_what_is_wrong_and_not_repeated(use_master_keys, keys):
    use_master_keys(*keys)
    with pytest.raises(ImproperlyConfigured) as raised:
        master_keys()
    assert not any(key in str(raised.value) for key in keys)


def test_what_was_sealed_opens_with_the_same_key_and_binding_only():
    value = seal(b"k" * 32, b"words", b"here")
    assert unseal(b"k" * 32, value, b"here") == b"words"
    for key, bound_to in ((b"l" * 32, b"here"), (b"k" * 32, b"there"), (b"k" * 31, b"here")):
        with pytest.raises(SealError):
            unseal(key, value, bound_to)


def test_a_sealed_field_keeps_its_author_in_migrations():
    assert Child._meta.get_field("name").deconstruct()[3] == {"author": "parent"}


def test_sealed_words_cannot_be_copied_by_the_database(child, parent):
    other = make_child(parent=parent, name="Leo")
    Child.objects.filter(pk=other.pk).update(name=F("name"))
    assert Child.objects.get(pk=other.pk).name == "Leo"


def test_without_the_master_key_help_and_leaving_stay_open(client, parent, moment, monkeypatch):
    client.force_login(parent)
    DataKey.opened.clear()
    monkeypatch.setattr("accounts.wrapped_keys.master_keys", lambda: {"another": b"x" * 32})
    assert client.get("/help/").status_code == 200
    assert client.post("/leave/").status_code == 303
    assert "_auth_user_id" not in client.session
