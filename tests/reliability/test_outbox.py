"""The outbox, as long as it takes: the rules are in tests/browser/outbox_proofs.py."""

import pytest

from tests.browser.outbox_proofs import *  # noqa: F403
from tests.browser.outbox_proofs import Sizes
from tests.browser.storms import seconds_to_send


@pytest.fixture
def sizes():
    return Sizes(kills=50, tries=1_000, control=200)


def test_two_hundred_go_in_within_ten_seconds(context, line, session, server):
    """By the clock: run alone."""
    took = seconds_to_send(200, context, line, session)
    assert len(server.texts_of(session)) == 200
    print(f"200 moments went in within {took:.1f} s")
    assert took < 10
