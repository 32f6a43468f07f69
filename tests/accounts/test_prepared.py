"""Queries whose SQL is built once give the rows that their querysets give."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.prepared import prepared
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def built():
    """The shapes that a query was built in, each as often as it was."""
    return []


@pytest.fixture
def people_called(built):
    @prepared(pk=models.UUIDField(), emails=models.EmailField(), since=models.DateTimeField())
    def people_called(**of):
        built.append(of)
        wanted = Q(pk=of["pk"]) if of.get("pk") else Q()
        if "emails" in of:
            wanted &= Q(email__in=of["emails"])
        return User.objects.filter(wanted).order_by("email")

    return people_called


@pytest.fixture
def everybody():
    return [make_user(email=f"{letter}@example.com") for letter in "abcde"]


def test_the_sql_is_built_once_and_each_value_gets_its_own_rows(people_called, built, everybody):
    assert [people_called(pk=one.pk) for one in everybody] == [[one] for one in everybody]
    assert len(built) == 1
    assert people_called(pk=uuid4()) == []


def test_a_row_stands_for_its_id(people_called, everybody):
    assert people_called(pk=everybody[1]) == [everybody[1]]


def test_a_visitor_without_an_account_stands_for_nobody(people_called, everybody):
    assert people_called(pk=AnonymousUser()) == []


def test_none_has_sql_of_its_own(people_called, built, everybody):
    assert people_called(pk=None) == everybody
    assert people_called(pk=everybody[0].pk) == everybody[:1]
    assert people_called(pk=None) == everybody
    assert [of["pk"] is None for of in built] == [True, False]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_a_list_holds_each_of_its_values(people_called, everybody, count):
    assert people_called(emails=[one.email for one in everybody[:count]]) == everybody[:count]


def test_lists_of_many_lengths_share_few_sqls(people_called, built, everybody):
    for count in (1, 2, 3, 4, 5, 6, 7, 8):
        people_called(emails=["nobody@example.com"] * (count - 1) + [everybody[0].email])
    assert len(built) == 4


def test_what_is_no_place_has_sql_of_its_own(everybody):
    @prepared(pk=models.UUIDField())
    def first(pk, most):
        return User.objects.exclude(pk=pk).order_by("email")[:most]

    assert first(pk=everybody[0], most=1) == everybody[1:2]
    assert first(pk=everybody[0], most=3) == everybody[1:4]
    assert first(pk=everybody[1], most=1) == everybody[:1]


def test_related_rows_come_along(parent, django_assert_num_queries):
    from accounts.models import DataKey

    key = DataKey.of(parent.pk)

    @prepared(pk=models.UUIDField())
    def with_key(pk):
        return User.objects.filter(pk=pk).select_related("data_key")

    with_key(pk=parent)
    with django_assert_num_queries(1):
        assert with_key(pk=parent)[0].data_key == key


def test_rows_of_plain_values_are_made_as_the_field_makes_them(parent):
    User.objects.filter(pk=parent.pk).update(date_joined="2026-03-04T15:00Z")

    @prepared(day=models.DateField())
    def joined_on(day):
        return User.objects.filter(date_joined__date=day).values_list("id", "date_joined__date")

    assert joined_on(day=date(2026, 3, 4)) == [(parent.pk, date(2026, 3, 4))]
    assert joined_on(day=date(2026, 3, 5)) == []


def test_a_row_is_new_each_time(people_called, everybody):
    """What one page does to a row, another never sees."""
    (first,) = people_called(pk=everybody[0])
    first.email = "changed@example.com"
    assert people_called(pk=everybody[0])[0].email == "a@example.com"


def test_no_connection_is_kept_with_the_sql(people_called, everybody):
    people_called(pk=everybody[0])
    assert [hasattr(kept.compiler, "connection") for kept in people_called.kept.values()] == [False]
    assert people_called(pk=everybody[1]) == [everybody[1]]


def test_an_empty_list_is_an_error(people_called):
    with pytest.raises(IndexError):
        people_called(emails=[])


def test_a_value_too_few_or_too_many_is_an_error():
    @prepared(pk=models.UUIDField())
    def one(pk):
        return User.objects.filter(pk=pk)

    with pytest.raises(TypeError):
        one()
    with pytest.raises(TypeError):
        one(pk=uuid4(), name="more")
