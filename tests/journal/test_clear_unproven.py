"""Who signs up and never types the code from the mail: their row goes after some days, and the e-mail is free."""

import io
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD, just_signed_in, make_user

pytestmark = pytest.mark.django_db

DAYS = 3
EMAIL = "owner@example.com"


@pytest.fixture
def signed_up(wednesday):
    Client().post("/account/signup/", {"email": EMAIL, "password1": PASSWORD})
    return User.objects.get(email=EMAIL)


def clear():
    said = io.StringIO()
    call_command("clear_unproven", stdout=said)
    return said.getvalue()


def test_who_signed_up_and_proved_nothing_is_gone_after_three_days(signed_up, wednesday):
    wednesday.shift(timedelta(days=DAYS, seconds=1))
    assert clear() == "1 deleted.\n"
    assert not User.objects.exists()


def test_until_then_they_stay(signed_up, wednesday):
    wednesday.shift(timedelta(days=DAYS, seconds=-1))
    assert clear() == "0 deleted.\n"
    assert User.objects.exists()


def test_who_proved_their_e_mail_who_came_in_and_who_is_staff_stay(wednesday):
    make_user(email="proven@example.com")
    make_user(email="came-in@example.com", verified=False, last_login=timezone.now())
    User.objects.create_superuser("superuser@example.com", PASSWORD)
    wednesday.shift(timedelta(days=DAYS + 1))
    assert clear() == "0 deleted.\n"
    assert User.objects.count() == 3


def test_whose_e_mail_it_is_can_change_to_it_then(signed_up, wednesday, parent, mailoutbox):
    wednesday.shift(timedelta(days=DAYS, seconds=1))
    clear()
    client = Client()
    client.force_login(parent)
    just_signed_in(client)
    client.post("/account/email/", {"email": EMAIL, "action_add": ""})
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[-1])})
    parent.refresh_from_db()
    assert parent.email == EMAIL


def test_it_is_told_by_their_id_and_nothing_else(signed_up, wednesday, caplog):
    caplog.set_level(logging.INFO, "notes.people")
    wednesday.shift(timedelta(days=DAYS, seconds=1))
    clear()
    (line,) = [record for record in caplog.records if record.name == "notes.people"]
    assert (line.what, line.outcome, line.who) == ("delete unproven sign-up", "done", str(signed_up.pk))
    assert EMAIL not in str(line.__dict__)


def test_how_long_they_stay_can_be_set(signed_up, wednesday, settings):
    settings.UNPROVEN_KEPT = 60
    wednesday.shift(timedelta(seconds=61))
    assert clear() == "1 deleted.\n"


def test_the_docs_name_the_command():
    docs = Path(__file__).resolve().parents[2] / "docs"
    for page in ("deploying.md", "privacy.md"):
        assert "`clear_unproven`" in (docs / page).read_text(encoding="utf-8")
