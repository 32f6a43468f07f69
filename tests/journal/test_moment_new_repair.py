"""Coming back: a repair is tied to a missed cue of the same parent and child, and never comes before it."""

from datetime import timedelta

import pytest

from journal.models import Moment
from tests.factories import NOON, make_child, make_moment
from tests.journal.writing import NEW, form_of, only_moment, problem, read, rows, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

GONE = "That cue is not in your journal any more. Pick another, or none."
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def missed(parent, child):
    """A cue that got by, on Wednesday at noon."""
    return make_moment(author=parent, child=child, kind="missed", text="She called from her crib.")


def options(page):
    """The missed cues a page offers to come back to, in its order."""
    return [line for line in read(page).split("<option")[1:] if "value=" in line]


def test_after_a_missed_cue_the_offer_to_come_back_opens_a_repair_that_is_tied_already(signed_in, child):
    page = send_new_and_read(signed_in, kind="missed", child=child.pk)
    missed = only_moment()
    assert "If you like, you can still come back to it." in page
    door = f"{NEW}?kind=repair&repairs={missed.pk}"
    assert f'href="{door}"' in page
    sent = form_of(signed_in.get(door))
    assert (sent["kind"], sent["repairs"], sent["child"]) == ("repair", str(missed.pk), str(child.pk))
    page = send_new_and_read(signed_in, **sent)
    assert "You came back. That matters." in page
    assert "The cue you came back to: Today" in page
    assert missed.mended_by.get().child == child


def send_new_and_read(client, **fields):
    return read(client.get(send_new(client, **fields).headers["Location"]))


def test_after_anything_else_nothing_is_offered(signed_in):
    for kind in ("responsive", "repair", "reflection"):
        assert "you can still come back to it" not in send_new_and_read(signed_in, kind=kind)


def test_a_missed_cue_that_was_come_back_to_is_not_offered_again(signed_in, parent, child, missed):
    make_moment(author=parent, child=child, kind="repair", repairs=missed)
    page = read(signed_in.get(missed.get_absolute_url()))
    assert "you can still come back to it" not in page
    assert "You came back to it: Today" in page


def test_a_repair_needs_no_missed_cue(signed_in, missed):
    assert send_new(signed_in, kind="repair", repairs="").status_code == 302
    assert missed.mended_by.count() == 0


def test_a_missed_cue_may_be_come_back_to_twice(signed_in, child, missed):
    for _ in range(2):
        assert send_new(signed_in, kind="repair", child=child.pk, repairs=missed.pk).status_code == 302
    assert missed.mended_by.count() == 2


def test_the_list_has_the_newest_missed_cue_first(signed_in, parent, child, missed):
    older = make_moment(author=parent, child=child, kind="missed", happened_at=NOON - timedelta(days=3), text="Older")
    page = signed_in.get(NEW, {"kind": "repair"})
    first, newest, last = options(page)
    assert "None of these" in first
    assert str(missed.pk) in newest
    assert "She called from her crib." in newest
    assert str(older.pk) in last


def test_the_list_has_only_missed_cues_and_only_ones_own(signed_in, stranger, moment, missed):
    make_moment(author=stranger, kind="missed", text="Theirs")
    page = signed_in.get(NEW, {"kind": "repair"})
    assert len(options(page)) == 2
    assert "Theirs" not in read(page)
    assert moment.text not in read(page)


def test_with_several_children_the_list_goes_child_by_child(signed_in, parent, child, missed):
    leo = make_child(parent=parent, name="Leo")
    make_moment(author=parent, child=leo, kind="missed", text="He waited.")
    make_moment(author=parent, kind="missed", text="Both waited.")
    page = read(signed_in.get(NEW, {"kind": "repair"}))
    for name in ("Mia", "Leo", "No child named"):
        assert f'<optgroup label="{name}">' in page


def test_each_child_has_a_list_of_its_own_length_and_the_chosen_one_comes_first(
    signed_in, parent, child, missed, django_assert_num_queries
):
    leo = make_child(parent=parent, name="Leo")
    for number in range(41):
        make_moment(author=parent, child=child, kind="missed", happened_at=NOON - timedelta(minutes=number + 1))
        make_moment(author=parent, child=leo, kind="missed", happened_at=NOON + timedelta(minutes=number + 1))
    for chosen, other in ((child, leo), (leo, child)):
        page = signed_in.get(NEW, {"kind": "repair", "child": chosen.pk})
        assert len(options(page)) == 1 + 40 + 40
        assert read(page).index(f'<optgroup label="{chosen.name}">') < read(page).index(f'label="{other.name}">')
    assert str(missed.pk) in read(page)
    with django_assert_num_queries(1):
        Moment.objects.editable_by(parent).missed_to_pick_from(missed.pk)


def test_a_cue_older_than_the_list_is_still_there_when_it_is_chosen(signed_in, parent, child, missed):
    for number in range(40):
        make_moment(author=parent, child=child, kind="missed", happened_at=NOON + timedelta(minutes=number + 1))
    assert str(missed.pk) not in read(signed_in.get(NEW, {"kind": "repair"}))
    assert form_of(signed_in.get(NEW, {"kind": "repair", "repairs": missed.pk}))["repairs"] == str(missed.pk)
    page = send_new(signed_in, kind="repair", repairs=missed.pk, child=child.pk, happened_at="soon")
    assert form_of(page)["repairs"] == str(missed.pk)


@pytest.mark.parametrize("chosen", [NOBODYS, "theirs", "responsive"])
def test_only_an_own_missed_cue_can_be_come_back_to(signed_in, stranger, child, moment, chosen):
    theirs = make_moment(author=stranger, kind="missed", text="Theirs")
    before = rows()
    pk = {"theirs": theirs.pk, "responsive": moment.pk}.get(chosen, chosen)
    assert signed_in.get(NEW, {"kind": "repair", "repairs": pk}).status_code == 404
    page = send_new(signed_in, kind="repair", child=child.pk, repairs=pk, text="Typed")
    assert page.status_code == 422
    assert problem(page, "repairs") == GONE
    assert form_of(page)["text"] == "Typed"
    assert "Theirs" not in read(page)
    assert rows() == before


@pytest.mark.parametrize("chosen", ["not-an-id", "1", "{}"])
def test_what_is_no_id_is_refused(signed_in, chosen):
    assert signed_in.get(NEW, {"kind": "repair", "repairs": chosen}).status_code == 404
    page = send_new(signed_in, kind="repair", repairs=chosen)
    assert page.status_code == 422
    assert problem(page, "repairs") == "Pick one from the list."
    assert rows() == {}


def test_a_repair_of_another_childs_cue_is_refused(signed_in, parent, missed):
    leo = make_child(parent=parent, name="Leo")
    before = rows()
    for child in (leo.pk, ""):
        page = send_new(signed_in, kind="repair", child=child, repairs=missed.pk)
        assert page.status_code == 422
        assert problem(page, "repairs") == "That cue is about another child. Pick one that fits."
        assert form_of(page)["repairs"] == str(missed.pk)
    assert rows() == before


def test_cues_with_no_child_named_are_come_back_to_with_no_child_named(signed_in, parent, child):
    nameless = make_moment(author=parent, kind="missed")
    assert send_new(signed_in, kind="repair", child=child.pk, repairs=nameless.pk).status_code == 422
    assert nameless.mended_by.count() == 0
    assert send_new(signed_in, kind="repair", child="", repairs=nameless.pk).status_code == 302
    assert nameless.mended_by.count() == 1


def test_a_repair_may_be_of_the_same_day_even_if_its_hour_is_earlier(signed_in, child, missed):
    sent = {"kind": "repair", "child": child.pk, "repairs": missed.pk, "happened_at": "2026-03-04T00:05"}
    assert send_new(signed_in, **sent).status_code == 302


def test_a_repair_dated_before_the_cue_it_mends_is_refused(signed_in, child, missed):
    before = rows()
    sent = {"kind": "repair", "child": str(child.pk), "repairs": str(missed.pk), "happened_at": "2026-03-03T23:59"}
    page = send_new(signed_in, **sent)
    assert page.status_code == 422
    assert problem(page, "happened_at") == "This is before the cue you came back to. Check the day."
    assert form_of(page) == sent
    assert rows() == before


def test_only_a_repair_is_tied_to_a_cue(signed_in, child, missed):
    assert send_new(signed_in, kind="responsive", child=child.pk, repairs=missed.pk).status_code == 302
    assert missed.mended_by.count() == 0
