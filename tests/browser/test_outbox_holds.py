"""A smaller part of tests/reliability/test_outbox.py."""

import pytest

from tests.browser.outbox_proofs import (
    Sizes,
    context,
    launch,
    line,
    session,
    test_a_line_that_breaks_neither_loses_nor_doubles,
    test_control_without_an_id_of_its_own_a_moment_is_there_twice,
    test_control_without_an_outbox_a_moment_is_lost,
    test_the_queue_survives_kills,
)

__all__ = [
    "context",
    "launch",
    "line",
    "session",
    "test_a_line_that_breaks_neither_loses_nor_doubles",
    "test_control_without_an_id_of_its_own_a_moment_is_there_twice",
    "test_control_without_an_outbox_a_moment_is_lost",
    "test_the_queue_survives_kills",
]


@pytest.fixture
def sizes():
    return Sizes(kills=4, tries=24, control=16)
