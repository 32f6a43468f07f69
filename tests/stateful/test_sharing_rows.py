"""Whatever people do in whatever order, the rows show each of them what they should see."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import Sharing
from tests.stateful.rows import Rows

ONCE = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[*HealthCheck],
)


class SharingByRows(Sharing):
    hands_and_eyes = Rows


@pytest.mark.django_db
def test_every_person_sees_what_the_sets_say_after_every_step():
    run_state_machine_as_test(SharingByRows, settings=ONCE)
