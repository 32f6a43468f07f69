"""Whatever people do in whatever order, each of them sees what they should: by the rows, and by the real pages."""

import logging
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import Sharing
from tests.stateful.pages import Pages
from tests.stateful.rows import Rows


class SharingByRows(Sharing):
    hands_and_eyes = Rows


class SharingByPages(Sharing):
    hands_and_eyes = Pages


def keep_nothing(*_args, **_more):
    """Of what a page was made from: nobody asks for it here."""


def for_long():
    """Signed in for as long as the walk takes, a year and more."""
    return override_settings(SESSION_TIMES=dict.fromkeys(django_settings.SESSION_TIMES, (10**9, 10**9)))


def run(machine, runs, **more):
    """Without the log of what is not there or a copy of what each page was made from: they take their time.

    Nobody is signed out meanwhile: how long one stays signed in is for the tests of accounts.
    """
    quiet = {"phases": [Phase.generate], "deadline": None, "database": None, "suppress_health_check": [*HealthCheck]}
    logging.disable(logging.WARNING)
    try:
        with mock.patch("django.test.client.store_rendered_templates", keep_nothing), for_long():
            run_state_machine_as_test(
                machine, settings=settings(max_examples=runs, stateful_step_count=30, **quiet | more)
            )
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.parametrize(("machine", "runs"), [(SharingByRows, 5), (SharingByPages, 20)], ids=["rows", "pages"])
def test_every_person_sees_what_the_sets_say_after_every_step(machine, runs):
    run(machine, runs, derandomize=True)
