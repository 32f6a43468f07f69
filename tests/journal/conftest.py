"""What tests of the journal stand on, beside the cast."""

import pytest

from journal.loading import load_all


@pytest.fixture
def content(db):
    """The starting questions, guide and help lines, as `make run` loads them."""
    load_all()
