"""A known and an unknown e-mail: the same answer, one hash, the same queries, one mail."""

import re
from collections import Counter

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.same_work import people_called
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

WRONG = "not-the-password-at-all"
# Path, the field of the e-mail, what else is typed, how many hashes and how many mails.
WAYS = {
    "sign-in": ("/account/login/", "login", {"password": WRONG}, 1, 0),
    "code": ("/account/login/code/", "email", {}, 0, 1),
    "reset": ("/account/password/reset/", "email", {}, 0, 1),
    "sign-up": ("/account/signup/", "email", {"password1": PASSWORD}, 1, 1),
}
TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture
def hashed(monkeypatch):
    """Each password that is hashed, whether to keep it or to compare."""
    encode, done = MD5PasswordHasher.encode, []

    def counted(self, password, salt):
        done.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


def shape(sql):
    """A query without its values."""
    return re.sub(r"_django_curs_\w+|'(?:[^']|'')*'|\b\d+(\.\d+)?\b|%s|NULL|true|false", "?", sql)


def work_of(way, email):
    """What a request does: its queries, each with how often, without those that only open and close."""
    path, field, more, *_ = WAYS[way]
    with CaptureQueriesContext(connection) as captured:
        answer = Client().post(path, {field: email} | more)
    queries = (shape(one["sql"]) for one in captured if not one["sql"].startswith(TRANSACTION))
    return answer, Counter(queries)


@pytest.fixture
def two(parent):
    """A known and an unknown e-mail, after the counters of tries are there."""
    for way in WAYS:
        work_of(way, "warm@example.com")
    return "parent@example.com", "nobody@example.com"


@pytest.mark.parametrize("way", WAYS)
def test_both_take_the_same_queries(two, way):
    (known, queries), (unknown, others) = (work_of(way, email) for email in two)
    assert (known.status_code, known.headers.get("Location")) == (unknown.status_code, unknown.headers.get("Location"))
    assert (queries - others, others - queries) == (Counter(), Counter())


@pytest.mark.parametrize("way", WAYS)
def test_both_take_as_many_hashes_and_mails(two, way, hashed, mailoutbox):
    *_, hashes, mails = WAYS[way]
    for email in two:
        hashed.clear()
        mailoutbox.clear()
        work_of(way, email)
        assert (len(hashed), len(mailoutbox)) == (hashes, mails)


def test_an_e_mail_that_was_never_checked_takes_no_other_work(two):
    make_user(email="unchecked@example.com", verified=False)
    for way in ("sign-in", "code", "reset"):
        queries, others = (work_of(way, email)[1] for email in ("unchecked@example.com", "nobody2@example.com"))
        assert queries - others == others - queries == Counter()


def test_a_known_e_mail_makes_nobody(two):
    before = list(User.objects.values_list("pk", flat=True))
    work_of("sign-up", two[0])
    assert list(User.objects.values_list("pk", flat=True)) == before


def test_whoever_proved_an_e_mail_signs_in_with_it_and_nobody_who_only_says_so(parent, stranger):
    stranger.emailaddress_set.create(email=parent.email, verified=False)
    assert people_called("Parent@Example.com") == [parent]


def test_a_difference_is_found(two, monkeypatch):
    def looks_twice(email):
        return [user for user in User.objects.filter(email=email) if User.objects.filter(pk=user.pk).exists()]

    monkeypatch.setattr("accounts.code_forms.people_called", looks_twice)
    with pytest.raises(AssertionError):
        test_both_take_the_same_queries(two, "code")
