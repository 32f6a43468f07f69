"""What a reader opened stays written down as it was, on either database, as long as the share is there."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from journal.models import Opened, Reading, Share
from tests.factories import make_share, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(share):
    Reading.record(share, Opened.WEEK, monday=date(2026, 3, 2))
    return Reading.objects.get()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CHANGES = {
    "a save": lambda reading: (setattr(reading, "monday", None), reading.save()),
    "an update": lambda reading: Reading.objects.update(opened=Opened.MOMENT),
    "an update of nothing": lambda reading: Reading.objects.update(opened=reading.opened),
    "sql": lambda reading: sql("UPDATE journal_reading SET opened_at = %s", "2020-01-01T00:00:00Z"),
    "moving it to another share": lambda reading: Reading.objects.update(
        share=make_share(parent=reading.share.parent, reader=make_user(email="other@example.com"))
    ),
}
REMOVALS = {
    "delete": lambda reading: reading.delete(),
    "deleting many": lambda reading: Reading.objects.all().delete(),
    "sql": lambda reading: sql("DELETE FROM journal_reading"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_reading_is_changed(change, reading):
    kept = Reading.objects.values().get()
    with pytest.raises(IntegrityError, match="a reading is never changed"), transaction.atomic():
        change(reading)
    assert Reading.objects.values().get() == kept


@pytest.mark.parametrize("removal", REMOVALS.values(), ids=REMOVALS)
def test_no_reading_is_deleted_while_its_share_is_there(removal, reading):
    kept = Reading.objects.values().get()
    with pytest.raises(IntegrityError, match="a reading stays as long as its share"), transaction.atomic():
        removal(reading)
    assert Reading.objects.values().get() == kept


def test_readings_outlive_the_end_of_the_share_the_moment_and_the_reader(reading, share, visitor, moment):
    Reading.record(share, Opened.MOMENT, moment=moment.pk)
    kept = list(Reading.objects.order_by("pk").values())
    share.end(by=visitor)
    moment.delete()
    visitor.delete()
    assert list(Reading.objects.order_by("pk").values()) == kept
    assert Reading.objects.visible_to(share.parent).count() == 2


@pytest.mark.parametrize("gone", ["share", "parent"])
def test_deleting_the_share_or_the_parent_takes_its_readings_and_no_others(
    gone, reading, share, parent, stranger, visitor
):
    other = make_share(parent=stranger, reader=visitor)
    Reading.record(other, Opened.VISIT)
    {"share": share, "parent": parent}[gone].delete()
    assert list(Reading.objects.values_list("share", flat=True)) == [other.pk]
    assert list(Share.objects.all()) == [other]


def test_readings_go_with_a_share_that_is_deleted_in_plain_sql(reading, share):
    sql("DELETE FROM journal_share_children")
    sql("DELETE FROM journal_share")
    assert not Reading.objects.exists()


def test_a_reading_of_no_share_cannot_be_written(reading, share):
    Share.objects.filter(pk=share.pk).delete()

    @transaction.atomic
    def record():
        Reading.record(share, Opened.VISIT)
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        record()
    assert not Reading.objects.exists()


def test_only_the_parent_sees_who_read(reading, share, parent, visitor, stranger, editor, superuser):
    assert list(Reading.objects.visible_to(parent)) == list(Reading.objects.editable_by(parent)) == [reading]
    for person in (visitor, stranger, editor, superuser, AnonymousUser(), None):
        assert not Reading.objects.visible_to(person).exists()
        assert not Reading.objects.editable_by(person).exists()
    share.end(by=visitor)
    assert list(Reading.objects.visible_to(parent)) == [reading]


def test_readings_are_listed_newest_first(reading, share, wednesday):
    wednesday.shift(60)
    Reading.record(share, Opened.VISIT)
    assert [one.opened for one in Reading.objects.newest_first()] == [Opened.VISIT, Opened.WEEK]


def test_a_reading_is_not_written_over(reading):
    write = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    kept = "SELECT id, share_id, 'marked', of_moment, monday, opened_at FROM journal_reading"
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"{write} INTO journal_reading (id, share_id, opened, of_moment, monday, opened_at) {kept}")
    assert Reading.objects.get().opened == Opened.WEEK
