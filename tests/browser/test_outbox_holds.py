"""A smaller part of tests/reliability/test_outbox.py."""

import pytest

from tests.browser.outbox_proofs import *  # noqa: F403
from tests.browser.outbox_proofs import Sizes


@pytest.fixture
def sizes():
    return Sizes(kills=4, tries=24, control=16)
