"""Twenty thousand requests to the forms of accounts, each time others: as tests/test_fuzz.py, further and unsown.

On the database that DATABASE_URL names; `make reliability` runs it on both.
"""

from random import SystemRandom

import pytest

from tests import test_fuzz as fuzz
from tests.test_fuzz import ACCOUNTS, CASES, REQUESTS, rows, test_whatever_is_sent_the_answer_is_a_plain_page

__all__ = ["rows", "test_whatever_is_sent_the_answer_is_a_plain_page"]

pytestmark = pytest.mark.django_db

AT_LEAST = 20_000


@pytest.fixture
def each(monkeypatch):
    """Sown by chance; what fails is printed by hypothesis as it was sent."""
    monkeypatch.setattr(fuzz, "crc32", lambda _text: SystemRandom().getrandbits(32))
    of_accounts = -(-AT_LEAST // sum(route.startswith(ACCOUNTS) for route, _who in CASES))
    return lambda route: of_accounts if route.startswith(ACCOUNTS) else REQUESTS
