"""Writing a moment: two fields are enough, and whatever is refused is still there to be mended."""

import re

import pytest

from accounts.models import DataKey
from journal.forms import NewMomentForm
from journal.models import Moment
from tests.factories import make_child
from tests.journal.writing import ID, LIST, NEW, form_of, only_moment, problem, read, rows, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

KINDS = ("responsive", "missed", "repair", "reflection")
UNKEEPABLE = "This has a character we can't keep. Please type that part again."
TYPED = {
    "id": ID,
    "kind": "missed",
    "text": "First line.\nSecond <b>line</b> & “more”.",
    "happened_at": "2026-03-03T08:05",
    "when": "other",
    "cue": "hungry",
    "did": "was-busy",
    "feeling": "tired",
    "felt_unsafe": "on",
    "starred": "on",
}


def test_a_parent_logs_in_two_taps_from_today(signed_in, child):
    door = re.search(r'class="door door--responsive" href="([^"]+)"', read(signed_in.get("/")))[1]
    answer = signed_in.post(NEW, form_of(signed_in.get(door)), follow=True)
    assert "You saw it and you answered." in read(answer)
    moment = only_moment()
    assert (moment.kind, moment.child, moment.text) == ("responsive", child, "")
    assert moment.happened_on.isoformat() == "2026-03-04"


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_alone_is_enough_whatever_it_is(signed_in, kind):
    page = signed_in.post(NEW, {"kind": kind}, follow=True)
    assert page.status_code == 200
    assert only_moment().kind == kind
    assert only_moment().child is None


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_own_page(signed_in, kind):
    page = signed_in.get(NEW, {"kind": kind})
    assert form_of(page)["kind"] == kind
    assert ("What I saw" in read(page)) == (kind != "reflection")


def test_with_no_kind_named_the_parent_is_asked_which(signed_in):
    page = read(signed_in.get(NEW))
    for kind in KINDS:
        assert f'href="{NEW}?kind={kind}"' in page


def test_an_unknown_kind_is_not_there_and_cannot_be_sent(signed_in):
    for kind in ("praise", "RESPONSIVE", "", "missed\x00"):
        assert signed_in.get(NEW, {"kind": kind}).status_code == 404
        assert send_new(signed_in, kind=kind, text="Typed").status_code == 422
    assert signed_in.post(NEW, {"text": "No kind"}).status_code == 422
    assert rows() == {}


def test_every_field_is_kept_as_it_was_typed(signed_in, child):
    page = signed_in.post(NEW, TYPED | {"child": child.pk}, follow=True)
    moment = only_moment()
    assert moment.content == {
        "text": TYPED["text"],
        "cue": "hungry",
        "did": "was-busy",
        "feeling": "tired",
        "felt_unsafe": True,
    }
    assert (moment.kind, moment.child, moment.starred, str(moment.pk)) == ("missed", child, True, ID)
    assert moment.local_time.isoformat() == "2026-03-03T08:05:00+00:00"
    shown = page.content.decode()
    assert "Second &lt;b&gt;line&lt;/b&gt; &amp; “more”." in shown
    assert "Hungry · Was busy · Tired" in shown
    assert "You marked it: felt scary or unsafe." in shown
    assert ", starred" in shown


def test_what_is_not_marked_is_not_marked(signed_in):
    send_new(signed_in, text="A wave.")
    assert (only_moment().felt_unsafe, only_moment().starred) == (False, False)


def test_a_refused_form_still_holds_everything_that_was_typed(signed_in, child):
    typed = TYPED | {"child": str(child.pk), "happened_at": "the day before yesterday"}
    page = signed_in.post(NEW, typed)
    assert page.status_code == 422
    assert form_of(page) == typed
    assert problem(page, "happened_at") == "We can't read that day and time. Write it like 2026-03-04 15:30."
    assert "What you typed is still here." in read(page)
    assert rows() == {}


def test_a_text_of_ten_thousand_letters_fits_whatever_its_line_ends(signed_in):
    typed = ("ñ" * 99 + "\n") * 99 + "ñ" * 100
    send_new(signed_in, text=typed.replace("\n", "\r\n"))
    assert only_moment().text == typed
    assert len(typed) == 10_000


@pytest.mark.parametrize("address", [NEW + "?kind=responsive", "/children/new/", "/moments/"])
def test_no_browser_is_told_to_cut_what_is_too_long(signed_in, address):
    page = read(signed_in.get(address))
    assert "<input" in page
    assert "maxlength" not in page


def test_a_text_of_one_letter_more_is_refused_and_still_there(signed_in):
    typed = "ñ" * 10_001
    page = send_new(signed_in, text=typed)
    assert page.status_code == 422
    assert problem(page, "text") == "That is longer than we can keep here. 10,000 letters fit."
    assert form_of(page)["text"] == typed
    assert rows() == {}


def test_a_character_that_no_database_keeps_is_refused_and_the_rest_is_still_there(signed_in):
    page = signed_in.post(NEW, TYPED | {"text": "Up to here\x00and on."})
    assert page.status_code == 422
    assert problem(page, "text") == UNKEEPABLE
    assert form_of(page)["text"] == "Up to here\x00and on."
    assert form_of(page) | {"text": ""} == TYPED | {"text": ""}
    assert rows() == {}
    assert not DataKey.objects.exists()


@pytest.mark.parametrize("character", ["\x00", chr(0xD800), chr(0xDFFF)])
def test_half_a_character_is_refused_with_the_same_words(parent, character):
    form = NewMomentForm({"kind": "responsive", "text": f"a{character}b"}, author=parent, children=[])
    assert form.errors == {"text": [UNKEEPABLE]}


@pytest.mark.parametrize("field", ["happened_at", "cue", "did", "feeling", "child", "when", "prompt", "repairs", "id"])
def test_such_a_character_is_refused_in_every_other_field_too(signed_in, field):
    page = send_new(signed_in, kind="repair", text="Typed", **{field: "\x00"})
    assert page.status_code == 422
    assert form_of(page)["text"] == "Typed"
    assert rows() == {}


def test_signs_of_every_script_are_kept(signed_in):
    typed = "子供 ha reído 👩‍👧 ‏שלום \t… Zürich"
    send_new(signed_in, text=typed)
    assert only_moment().text == typed
    assert typed in read(signed_in.get(LIST))


@pytest.mark.parametrize("field", ["cue", "did", "feeling"])
def test_a_chip_is_one_of_its_list_and_nothing_else(signed_in, field):
    page = send_new(signed_in, **{field: "hungry-and-tired"}, text="Typed")
    assert page.status_code == 422
    assert problem(page, field) == "Pick one from the list."
    assert rows() == {}


def test_a_missed_cue_has_its_own_list_of_what_happened_instead(signed_in):
    assert "Was busy" in read(signed_in.get(NEW, {"kind": "missed"}))
    assert "Held or hugged" not in read(signed_in.get(NEW, {"kind": "missed"}))
    assert "Was busy" not in read(signed_in.get(NEW, {"kind": "responsive"}))
    assert send_new(signed_in, kind="missed", did="held").status_code == 422
    assert send_new(signed_in, kind="responsive", did="was-busy").status_code == 422
    assert rows() == {}
    assert send_new(signed_in, kind="missed", did="found-out-later").status_code == 302
    assert only_moment().did == "found-out-later"


def test_with_one_child_that_child_is_chosen_already_and_none_can_be(signed_in, child):
    assert form_of(signed_in.get(NEW, {"kind": "missed"}))["child"] == str(child.pk)
    assert "child" not in form_of(signed_in.get(NEW, {"kind": "missed", "child": ""}))
    send_new(signed_in, child="")
    assert only_moment().child is None


def test_the_child_of_the_address_is_the_one_that_is_chosen(signed_in, parent, child):
    leo = make_child(parent=parent, name="Leo")
    page = signed_in.get(NEW, {"kind": "missed", "child": leo.pk})
    assert form_of(page)["child"] == str(leo.pk)
    assert "Mia" in read(page)


def test_another_persons_child_is_not_there_and_cannot_be_sent(signed_in, stranger, child):
    theirs = make_child(parent=stranger, name="Theirs")
    assert signed_in.get(NEW, {"kind": "missed", "child": theirs.pk}).status_code == 404
    page = send_new(signed_in, child=theirs.pk, text="Typed")
    assert page.status_code == 422
    assert problem(page, "child") == "Pick one from the list."
    assert "Theirs" not in read(page)
    assert rows() == {}


def test_a_new_moment_is_its_authors_whoever_is_named_in_what_was_sent(signed_in, parent, stranger):
    send_new(signed_in, author=stranger.pk, version="7", created_at="2000-01-01", happened_on="2000-01-01")
    moment = Moment.objects.editable_by(parent).get()
    assert (moment.version, moment.happened_on.year) == (1, 2026)
