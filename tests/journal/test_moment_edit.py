"""Changing a moment: what is not touched stays as it is, and two pages never lose a text."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from journal.forms import EditMomentForm
from journal.models import Moment
from tests.factories import NOON, make_child, make_moment, make_prompt
from tests.journal.writing import (
    OTHER_ID,
    as_sent,
    delete_address,
    edit_address,
    form_of,
    only_moment,
    problem,
    read,
    rows,
    send_edit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

TIED = "You came back to this cue, and the two are tied. Open the coming back and untie it first."


@pytest.fixture
def missed(parent, child):
    """A cue that got by on Monday, and was come back to on Tuesday."""
    missed = make_moment(author=parent, child=child, kind="missed", happened_at=NOON - timedelta(days=2))
    make_moment(author=parent, child=child, kind="repair", repairs=missed, happened_at=NOON - timedelta(days=1))
    return missed


def now(moment):
    """The moment as it is kept now."""
    return Moment.objects.get(pk=moment.pk)


def test_the_page_holds_everything_that_is_kept(signed_in, parent, child):
    prompt = make_prompt(kind="missed")
    moment = make_moment(
        author=parent,
        child=child,
        kind="missed",
        text="One line.\n\nAnother & <more>.",
        cue="hungry",
        did="was-busy",
        feeling="calm",
        felt_unsafe=True,
        starred=True,
        prompt_text=prompt.texts.get(language="en"),
    )
    page = signed_in.get(edit_address(moment))
    expected = as_sent(moment, version="1", starred="on", prompt=str(moment.prompt_text_id))
    assert form_of(page) == expected
    assert "What made you two smile?" in read(page)


def test_a_moment_whose_question_went_back_to_draft_can_be_changed_and_marked(signed_in, parent):
    prompt, other = make_prompt(), make_prompt(slug="other", text="Another?", published_at=None)
    moment = make_moment(author=parent, prompt_text=prompt.texts.get(language="en"))
    prompt.back_to_draft()
    sent = form_of(signed_in.get(edit_address(moment))) | {"text": "Other words.", "felt_unsafe": "on"}
    assert signed_in.post(edit_address(moment), sent).status_code == 302
    assert (now(moment).text, now(moment).felt_unsafe) == ("Other words.", True)
    assert now(moment).prompt_text == moment.prompt_text
    assert send_edit(signed_in, now(moment), prompt=other.texts.get(language="en").pk).status_code == 422


def test_a_page_sent_back_as_it_is_changes_nothing(signed_in, missed):
    before = rows()
    for moment in Moment.objects.all():
        answer = signed_in.post(edit_address(moment), form_of(signed_in.get(edit_address(moment))))
        assert answer.headers["Location"] == f"/moments/{moment.pk}/?saved"
    assert rows() == before


def test_a_change_is_kept_and_the_version_goes_up(signed_in, parent, moment):
    leo = make_child(parent=parent, name="Leo")
    answer = send_edit(signed_in, moment, text="She waved back.", kind="reflection", child=leo.pk, starred="on")
    assert answer.headers["Location"] == f"/moments/{moment.pk}/?saved"
    kept = now(moment)
    assert (kept.text, kept.kind, kept.child, kept.starred) == ("She waved back.", "reflection", leo, True)
    assert (kept.version, kept.author, kept.created_at) == (2, parent, moment.created_at)


def test_a_mark_can_be_taken_away_again(signed_in, parent):
    moment = make_moment(author=parent, felt_unsafe=True, starred=True, feeling="calm")
    send_edit(signed_in, moment, felt_unsafe="", feeling="")
    assert (now(moment).felt_unsafe, now(moment).starred, now(moment).feeling) == (False, False, "")


def test_the_same_change_sent_twice_is_written_once(signed_in, moment):
    sent = as_sent(moment, text="She waved back.", happened_at="2026-03-04T09:15")
    first = signed_in.post(edit_address(moment), sent)
    before = rows()
    second = signed_in.post(edit_address(moment), sent)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert rows() == before
    assert now(moment).version == 2


def test_a_stale_page_shows_both_texts_and_writes_nothing(signed_in, moment):
    stale = as_sent(moment, text="From the kitchen.", feeling="happy")
    send_edit(signed_in, moment, text="From the bedroom.", cue="tired")
    before = rows()
    page = signed_in.post(edit_address(moment), stale)
    assert page.status_code == 409
    assert "This moment was changed in another place" in read(page)
    assert "<p>From the bedroom.</p>" in read(page)
    assert form_of(page) == stale | {"version": "2"}
    assert rows() == before


def test_from_the_page_of_both_texts_what_was_typed_can_be_saved(signed_in, moment):
    stale = as_sent(moment, text="From the kitchen.")
    send_edit(signed_in, moment, text="From the bedroom.")
    page = signed_in.post(edit_address(moment), stale)
    both = form_of(page) | {"text": "From the bedroom and the kitchen."}
    assert signed_in.post(edit_address(moment), both).status_code == 302
    assert (now(moment).text, now(moment).version) == ("From the bedroom and the kitchen.", 3)


def test_a_page_of_both_texts_can_itself_be_stale(signed_in, moment):
    stale = as_sent(moment, text="One.")
    send_edit(signed_in, moment, text="Two.")
    page = signed_in.post(edit_address(moment), stale)
    send_edit(signed_in, now(moment), text="Three.")
    page = signed_in.post(edit_address(moment), form_of(page))
    assert page.status_code == 409
    assert "<p>Three.</p>" in read(page)
    assert form_of(page)["text"] == "One."


@pytest.mark.parametrize("version", ["", "0", "-1", "one", "2", "99999999999"])
def test_a_version_that_cannot_be_is_never_written_over(signed_in, moment, version):
    before = rows()
    page = send_edit(signed_in, moment, version=version, text="Typed")
    assert page.status_code == (409 if version == "2" else 422)
    assert form_of(page)["text"] == "Typed"
    assert rows() == before


def test_a_time_that_is_not_touched_keeps_its_seconds_and_zone(signed_in, parent):
    at = datetime(2026, 3, 3, 4, 30, 17, 250_000, tzinfo=UTC)
    moment = make_moment(author=parent, happened_at=at, time_zone="America/Bogota")
    assert form_of(signed_in.get(edit_address(moment)))["happened_at"] == "2026-03-02T23:30"
    send_edit(signed_in, moment, text="Other words.")
    kept = now(moment)
    assert (kept.text, kept.happened_at, kept.time_zone) == ("Other words.", at, "America/Bogota")


def test_a_time_that_is_touched_is_by_the_clock_where_it_happened(signed_in, parent):
    moment = make_moment(author=parent, time_zone="America/Bogota")
    send_edit(signed_in, moment, happened_at="2026-03-02T23:30")
    kept = now(moment)
    assert (kept.happened_at.isoformat(), kept.happened_on.isoformat()) == ("2026-03-03T04:30:00+00:00", "2026-03-02")


@pytest.mark.parametrize("moved_to", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_after_the_parent_moves_a_moment_keeps_its_day(signed_in, parent, moment, moved_to):
    User.objects.filter(pk=parent.pk).update(time_zone=moved_to)
    send_edit(signed_in, moment, text="Other words.")
    kept = now(moment)
    assert (kept.text, kept.happened_at, kept.happened_on) == ("Other words.", NOON, moment.happened_on)
    assert kept.time_zone == "UTC"


def test_the_second_time_of_a_repeated_hour_stays_when_it_is_not_touched(signed_in, parent):
    second = datetime(2025, 11, 2, 6, 30, tzinfo=UTC)
    moment = make_moment(author=parent, happened_at=second, time_zone="America/New_York")
    send_edit(signed_in, moment, text="Other words.")
    assert now(moment).happened_at == second


def test_a_refused_change_still_holds_everything_that_was_typed(signed_in, moment):
    before = rows()
    typed = as_sent(moment, version="1", text="Typed", feeling="sad", happened_at="2026-03-05T05:01", starred="on")
    page = signed_in.post(edit_address(moment), typed)
    assert page.status_code == 422
    assert problem(page, "happened_at") == "That time has not come yet. Pick an earlier one."
    assert form_of(page) == typed
    assert rows() == before


def test_nobody_changes_another_persons_moment(signed_in, stranger):
    theirs = make_moment(author=stranger, text="Theirs")
    before = rows()
    missing = signed_in.get(f"/moments/{OTHER_ID}/edit/").content
    for page in (signed_in.get(edit_address(theirs)), send_edit(signed_in, theirs, text="Mine")):
        assert page.status_code == 404
        assert page.content == missing
    assert rows() == before


def test_a_moment_is_not_moved_to_another_persons_child(signed_in, stranger, moment):
    before = rows()
    page = send_edit(signed_in, moment, child=make_child(parent=stranger).pk)
    assert page.status_code == 422
    assert problem(page, "child") == "Pick one from the list."
    assert rows() == before


def test_a_mended_cue_says_that_its_kind_and_child_stay(signed_in, missed, moment):
    said = "You came back to this cue, so its kind and child stay."
    assert said in read(signed_in.get(edit_address(missed)))
    assert said not in read(signed_in.get(edit_address(moment)))


def test_a_mended_cue_keeps_its_kind_and_child(signed_in, parent, missed):
    leo = make_child(parent=parent, name="Leo")
    before = rows()
    for field, other in (("kind", "responsive"), ("child", leo.pk), ("child", "")):
        page = send_edit(signed_in, missed, **{field: other}, text="Typed")
        assert page.status_code == 422
        assert problem(page, field) == TIED
        assert form_of(page)["text"] == "Typed"
    assert rows() == before


def test_a_mended_cue_stays_before_what_mends_it(signed_in, missed):
    before = rows()
    page = send_edit(signed_in, missed, happened_at="2026-03-04T00:00")
    assert page.status_code == 422
    assert problem(page, "happened_at") == "This is after the day you came back to it. Check the day."
    assert rows() == before
    assert send_edit(signed_in, missed, happened_at="2026-03-03T23:59", text="Same day.").status_code == 302


def test_once_untied_a_cue_may_change(signed_in, missed):
    repair = missed.mended_by.get()
    assert send_edit(signed_in, repair, repairs="").status_code == 302
    assert now(repair).repairs is None
    assert send_edit(signed_in, missed, kind="responsive").status_code == 302


def test_a_cue_come_back_to_after_its_page_was_read_is_checked_as_it_is_now(parent, child):
    missed = make_moment(author=parent, child=child, kind="missed")
    page = Moment.objects.editable_by(parent).with_repairs(parent).get()
    make_moment(author=parent, child=child, kind="repair", repairs=missed)
    sent = as_sent(missed, kind="responsive")
    form = EditMomentForm(sent, author=parent, children=[child], moment=page)
    assert form.errors == {"kind": [TIED]}


def test_a_repair_is_not_moved_before_the_cue_it_mends_or_to_another_child(signed_in, parent, missed):
    repair, leo = missed.mended_by.get(), make_child(parent=parent, name="Leo")
    before = rows()
    page = send_edit(signed_in, repair, happened_at="2026-03-01T12:00")
    assert problem(page, "happened_at") == "This is before the cue you came back to. Check the day."
    page = send_edit(signed_in, repair, child=leo.pk)
    assert problem(page, "repairs") == "That cue is about another child. Pick one that fits."
    assert rows() == before


def test_a_repair_of_a_cue_long_ago_stays_tied_to_it(signed_in, parent, child, missed):
    repair = missed.mended_by.get()
    for number in range(40):
        make_moment(author=parent, child=child, kind="missed", happened_at=NOON + timedelta(minutes=number))
    sent = form_of(signed_in.get(edit_address(repair))) | {"text": "Other words."}
    signed_in.post(edit_address(repair), sent)
    assert (now(repair).text, now(repair).repairs) == ("Other words.", missed)
    page = send_edit(signed_in, repair, version="1", text="Stale.")
    assert page.status_code == 409
    assert form_of(page)["repairs"] == str(missed.pk)


def test_a_change_that_is_no_longer_a_repair_is_tied_to_nothing(signed_in, missed):
    repair = missed.mended_by.get()
    send_edit(signed_in, repair, kind="responsive")
    assert (now(repair).kind, now(repair).repairs) == ("responsive", None)


def test_a_repair_whose_cue_was_deleted_meanwhile_says_so_and_keeps_what_was_typed(signed_in, missed):
    repair = missed.mended_by.get()
    sent = form_of(signed_in.get(edit_address(repair))) | {"text": "Typed"}
    signed_in.post(delete_address(missed))
    page = signed_in.post(edit_address(repair), sent)
    assert page.status_code == 422
    assert problem(page, "repairs") == "That cue is not in your journal any more. Pick another, or none."
    assert form_of(page)["text"] == "Typed"
    assert signed_in.post(edit_address(repair), form_of(page)).status_code == 302
    assert (only_moment().text, only_moment().repairs) == ("Typed", None)


def test_a_moment_deleted_meanwhile_is_not_there_and_does_not_come_back(signed_in, moment):
    address = edit_address(moment)
    sent = form_of(signed_in.get(address))
    moment.delete()
    assert signed_in.post(address, sent).status_code == 404
    assert rows() == {}


def test_a_moment_never_comes_back_to_itself(signed_in, parent, child):
    missed = make_moment(author=parent, child=child, kind="missed")
    sent = {"kind": "repair", "child": child.pk, "version": 1, "happened_at": "2999-01-01T10:00", "repairs": ""}
    address = f"/moments/{missed.pk}/edit/"
    refused = signed_in.post(address, sent)
    assert refused.status_code == 422
    assert f'<option value="{missed.pk}"' not in refused.content.decode()
    sent |= {"happened_at": "2026-03-04T12:00", "repairs": missed.pk}
    assert signed_in.post(address, sent).status_code == 422
    missed.refresh_from_db()
    assert (missed.kind, missed.repairs_id) == ("missed", None)


def test_two_changes_keep_a_mark_and_a_star_that_either_made(signed_in, parent, child):
    moment = make_moment(author=parent, child=child, version=2, felt_unsafe=True, feeling="sad", starred=True)
    sent = {"kind": "responsive", "child": child.pk, "version": 1, "text": "Other words", "happened_at": ""}
    page = signed_in.post(f"/moments/{moment.pk}/edit/", sent)
    assert page.status_code == 409
    text = page.content.decode()
    assert re.search(r'name="felt_unsafe"[^>]*checked', text)
    assert re.search(r'name="starred"[^>]*checked', text)
    assert "You marked it: felt scary or unsafe." in text
    assert "Sad" in text
