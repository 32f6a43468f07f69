"""How long a known and an unknown e-mail take to be answered, side by side: printed, as a busy machine proves nothing."""

import time
from statistics import median

import pytest
from django.core import mail
from django.test import Client

from tests.accounts.test_same_work import WAYS
from tests.factories import make_user

TIMES = 20


@pytest.mark.django_db
def test_known_and_unknown_e_mails_take_as_long(settings, figures):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    users = [make_user(email=f"known{number}@example.com") for number in range(TIMES)]
    figures.head(f"Known and unknown e-mails, median of {TIMES} in turn")
    for way, (path, field, more, _hashes, mails) in WAYS.items():
        took = {"known": [], "unknown": []}
        for number, user in enumerate(users):
            for which, email in (("known", user.email), ("unknown", f"nobody{number}@example.com")):
                mail.outbox.clear()
                started = time.perf_counter()
                Client().post(path, {field: email} | more)
                took[which].append(time.perf_counter() - started)
                assert len(mail.outbox) == mails
        for which, seconds in took.items():
            figures.add(f"{way}, {which}", median(seconds) * 1000, "ms")
