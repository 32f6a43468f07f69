"""The whole way with JavaScript switched off: what it adds is comfort."""

import pytest

from tests.browser.clock import ZONE
from tests.browser.journey import Journey

EMAIL = "without-javascript@example.com"


@pytest.fixture
def journey(new_context, server):
    return Journey(new_context(java_script_enabled=False).new_page(), server)


def test_a_new_parent_writes_a_week_and_reads_its_summary_without_javascript(journey):
    journey.sign_up(EMAIL)
    journey.move_to(ZONE)
    journey.page.goto("/children/new/?first")
    journey.name_a_child("Mía")
    journey.write_a_week_and_read_it_in_both_languages()
