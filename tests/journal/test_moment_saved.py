"""What stands on the page right after a moment was saved: each kind's own line, and it is there only once."""

import pytest

from tests.factories import make_moment
from tests.journal.writing import only_moment, read, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

UNSAFE = "Thank you for writing it. You don't have to carry this alone."
LINES = {
    "responsive": "You saw it and you answered.",
    "missed": "You noticed. Many parents have moments like this.",
    "repair": "You came back. That matters.",
    "reflection": "Your thought is kept here.",
}


@pytest.mark.parametrize("kind", LINES)
def test_after_saving_the_kinds_own_line_is_there_and_no_other(signed_in, kind):
    page = read(signed_in.get(send_new(signed_in, kind=kind).headers["Location"]))
    assert [one for one, line in LINES.items() if line in page] == [kind]


@pytest.mark.parametrize("kind", LINES)
def test_when_the_moment_is_opened_later_the_line_is_gone(signed_in, kind):
    send_new(signed_in, kind=kind)
    assert LINES[kind] not in read(signed_in.get(only_moment().get_absolute_url()))


def test_after_a_scary_moment_help_is_one_tap_away(signed_in):
    page = read(signed_in.get(send_new(signed_in, felt_unsafe="on").headers["Location"]))
    assert UNSAFE in page
    assert "Get help now" in page


def test_after_any_other_moment_it_is_not_pushed(signed_in):
    assert UNSAFE not in read(signed_in.get(send_new(signed_in).headers["Location"]))


def test_the_line_after_saving_is_nobody_elses(signed_in, stranger):
    theirs = make_moment(author=stranger, text="Theirs alone.")
    page = signed_in.get(f"{theirs.get_absolute_url()}?saved")
    assert page.status_code == 404
    assert "Theirs alone." not in read(page)
