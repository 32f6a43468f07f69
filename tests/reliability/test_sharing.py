"""The walk of tests/stateful/ by the real pages, ten times as far, and each time another."""

import pytest

from tests.stateful.test_sharing import SharingByPages, run


@pytest.mark.django_db
def test_every_person_sees_what_the_sets_say_in_two_hundred_runs():
    run(SharingByPages, 200, print_blob=True)
