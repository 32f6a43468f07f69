"""Each prepared query: it asks what its queryset asks, and holds nothing of the day, the language or the person."""

import sys
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import models
from django.utils import timezone, translation

from accounts.backends import people_with_key
from accounts.models import DataKey
from accounts.prepared import Place, Prepared, prepared
from accounts.sessions import SessionStore, open_sessions
from journal.models import Draft, PromptOffer, children_of
from journal.models.own_moments import days_of, newest_of, repairs_of
from journal.prompting import wordings
from journal.waiting import what_waits
from tests.factories import make_child, make_draft, make_moment, make_prompt, make_share, make_user

pytestmark = pytest.mark.django_db

TODAY, LAST_WEEK = date(2026, 3, 4), date(2026, 2, 25)
NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
PREPARED = {
    id(value): value
    for name, module in list(sys.modules.items())
    if name.partition(".")[0] in ("accounts", "journal")
    for value in vars(module).values()
    if isinstance(value, Prepared)
}


@pytest.fixture
def family(wednesday, parent):
    """A parent, a child, and something of all that is asked for."""
    child = make_child(parent=parent)
    DataKey.of(parent.pk)
    missed = make_moment(author=parent, child=child, kind="missed")
    make_moment(author=parent, child=child, kind="repair", repairs=missed)
    make_moment(author=parent)
    make_draft(author=parent)
    make_share(parent=parent)
    asked, _other = make_prompt(slug="asked"), make_prompt(slug="other", kind="missed", ages=(5, 6))
    PromptOffer.record(author=parent, child=child, day=TODAY, kind="", turn=0, prompt_id=asked.pk)
    PromptOffer.record(author=parent, child=None, day=TODAY, kind="", turn=0, prompt_id=asked.pk)
    return parent, child, missed


def examples(parent, child, missed):
    """Every query with values, in each shape that its SQL has."""
    week = {"author": parent, "first": LAST_WEEK, "last": TODAY}
    repairs = {"author": parent, "missed": [missed.pk]}
    asked = {"author": parent, "since": LAST_WEEK, "day": TODAY, "code": "en"}
    session = SessionStore()
    session["words"] = "kept"
    session.save()
    return [
        (people_with_key, {"pk": parent.pk}),
        (open_sessions, {"key": session.session_key, "now": NOW}),
        (children_of, {"parent": parent}),
        (what_waits, {"parent": parent}),
        (newest_of, {"author": parent, "most": 2}),
        (days_of, week),
        (days_of, week | {"child": child}),
        (days_of, week | {"child": None}),
        (repairs_of, repairs),
        (repairs_of, repairs | {"child": child}),
        (wordings, asked | {"child": child, "kind": None, "months": 5}),
        (wordings, asked | {"child": child, "kind": "missed", "months": 5}),
        (wordings, asked | {"child": None, "kind": None, "months": None}),
        (wordings, asked | {"child": None, "kind": "responsive", "months": None}),
    ]


def test_every_prepared_query_has_its_examples(family):
    assert {id(query) for query, _values in examples(*family)} == PREPARED.keys()


def test_each_gives_the_rows_of_its_queryset(family):
    for query, values in examples(*family):
        rows = query(**values)
        assert rows, query.build
        assert sorted(map(repr, rows)) == sorted(map(repr, query.build(**values))), query.build


def test_each_gives_nothing_of_one_person_to_another(family):
    stranger = make_user(email="another@example.com")
    of_people = {"pk", "parent", "author"}
    for query, values in examples(*family):
        if query in (open_sessions, wordings):
            continue  # named by a secret; nobody's words
        theirs = query(**values | {name: stranger for name in values if name in of_people})
        assert theirs == ([stranger] if query is people_with_key else []), query.build


def sql_of(query, values):
    """As it is built here and now, and all that stands in it always."""
    query.kept.clear()
    query(**values)
    (kept,) = query.kept.values()
    return kept.sql, [one for one in kept.params if not isinstance(one, Place)]


def test_no_day_no_hour_no_language_and_nobody_is_built_into_the_sql(family):
    now = examples(*family)
    built = [sql_of(query, values) for query, values in now]
    other = make_user(email="another@example.com")
    their_child = make_child(parent=other, birth_month=date(2024, 1, 1))
    with time_machine.travel(datetime(2027, 8, 9, 1, tzinfo=UTC), tick=False), translation.override("es"):
        later = [sql_of(query, others(values, other, their_child)) for query, values in now]
    assert later == built


def test_a_query_that_reads_the_clock_itself_is_found(family):
    @prepared(author=models.UUIDField())
    def typed_before_now(author):
        return Draft.objects.editable_by(author).filter(typed_at__lt=timezone.now())

    built = sql_of(typed_before_now, {"author": family[0]})
    with time_machine.travel(datetime(2027, 8, 9, 1, tzinfo=UTC), tick=False):
        assert sql_of(typed_before_now, {"author": family[0]}) != built


def others(values, other, their_child):
    """The same shape, with everything else in its places."""
    new = {"pk": other.pk, "author": other, "parent": other, "child": their_child, "missed": [their_child.pk]}
    new |= {"day": date(2027, 8, 9), "since": date(2027, 7, 1), "first": date(2027, 8, 1), "last": date(2027, 8, 9)}
    new |= {"code": "es", "kind": "repair", "months": 43, "key": "other", "now": datetime(2027, 8, 9, tzinfo=UTC)}
    return {name: value if value is None else new.get(name, value) for name, value in values.items()}


def test_a_session_that_is_over_opens_nothing(wednesday):
    session = SessionStore()
    session["words"] = "kept"
    session.save()
    assert SessionStore(session.session_key)["words"] == "kept"
    wednesday.shift(session.get_expiry_age())
    over = SessionStore(session.session_key)
    assert not list(over.keys())
    assert over.session_key is None
