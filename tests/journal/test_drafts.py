"""What is begun is kept until it is saved or thrown away, and is its author's alone."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal import typing
from journal.models import Draft, Moment, draft_queries
from journal.views import showing
from tests.factories import NOON, make_child, make_draft, make_moment, make_prompt
from tests.journal.writing import ID, NEW, OTHER_ID, form_of, read, send_new, whole_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
SAVE = "/drafts/save/"
TYPED = {"id": ID, "kind": "missed", "text": "She called and I", "cue": "hungry"}


def save(client, **changes):
    return client.post(SAVE, TYPED | changes)


def kept(user):
    return [(str(draft.form), draft.text) for draft in Draft.objects.editable_by(user).on_offer()]


def all_at_once(threads):
    for one in threads:
        one.start()
    for one in threads:
        one.join()


# Saved while it is written


def test_what_is_typed_is_kept_and_the_answer_says_so(signed_in, parent):
    assert save(signed_in).status_code == 204
    draft = Draft.objects.editable_by(parent).get()
    assert (str(draft.form), draft.content) == (ID, {name: TYPED[name] for name in TYPED if name != "id"})


def test_typed_on_it_stays_one_draft(signed_in, parent):
    save(signed_in)
    save(signed_in, text="She called and I did not look up.")
    assert kept(parent) == [(ID, "She called and I did not look up.")]


def test_begun_in_two_forms_there_are_two(signed_in, parent):
    save(signed_in)
    save(signed_in, id=OTHER_ID)
    assert len(kept(parent)) == 2


@pytest.mark.parametrize(
    "sent", [{"id": ""}, {"id": "x"}, {"text": "a" * 50_001}, {"text": "a\x00b"}], ids=["none", "no id", "long", "NUL"]
)
def test_what_cannot_be_kept_is_not_said_to_be(signed_in, sent):
    assert save(signed_in, **sent).status_code == 422
    assert not Draft.objects.exists()


def test_one_more_letter_than_a_moment_may_have_is_kept_all_the_same(signed_in, parent):
    assert save(signed_in, text="a" * 10_001).status_code == 204
    assert len(kept(parent)[0][1]) == 10_001


def test_signed_out_nothing_is_kept_without_the_mark_of_a_writer(client):
    assert save(client).status_code == 302
    assert save(client, writer="x:y:z").status_code == 302
    assert not Draft.objects.exists()


def test_it_is_sealed(signed_in, django_db_blocker):
    save(signed_in)
    row = Draft.objects.values("content").get()
    assert b"called" not in bytes(row["content"])


# Gone on with on two pages


@pytest.fixture
def two_pages(signed_in, parent):
    """Of one draft, each with what it sends."""
    draft = make_draft(author=parent, text="We were")
    return [whole_form(signed_in.get(f"/drafts/{draft.form}/")) for _ in range(2)]


def type_on(client, page, text):
    assert save(client, **page | {"text": text}).status_code == 204


def test_two_pages_of_one_draft_take_nothing_from_each_other(signed_in, parent, two_pages):
    one, other = two_pages
    type_on(signed_in, other, "We were at the lake.")
    for text in ("We were home", "We were at home.", "We stayed at home."):
        type_on(signed_in, one, text)
    type_on(signed_in, other, "At the lake, all of us.")
    assert sorted(text for _form, text in kept(parent)) == ["At the lake, all of us.", "We stayed at home."]


def test_saved_from_one_page_what_the_other_typed_stays(signed_in, parent, two_pages):
    one, other = two_pages
    type_on(signed_in, other, "We were at the lake.")
    type_on(signed_in, one, "We were home.")
    send_new(signed_in, **one | {"text": "We were home, all of us."})
    assert Moment.objects.get().text == "We were home, all of us."
    assert [text for _form, text in kept(parent)] == ["We were at the lake."]


def test_saved_from_the_page_that_typed_last_nothing_is_left(signed_in, parent, two_pages):
    one, _other = two_pages
    type_on(signed_in, one, "We were at the lake.")
    send_new(signed_in, **one | {"text": "We went home."})
    assert kept(parent) == []


def test_gone_on_with_later_the_words_from_before_are_not_kept_beside(signed_in, parent):
    save(signed_in, page=OTHER_ID)
    page = whole_form(signed_in.get(f"/drafts/{ID}/"))
    type_on(signed_in, page, "He called.")
    type_on(signed_in, page, "He did not call.")
    assert kept(parent) == [(ID, "He did not call.")]


def test_two_pages_of_one_change_take_nothing_from_each_other(signed_in, parent):
    moment = make_moment(author=parent, text="As it was.")
    pages = [whole_form(signed_in.get(f"/moments/{moment.pk}/edit/")) for _ in range(2)]
    for page, text in zip(pages, ("At the lake.", "At home."), strict=True):
        type_on(signed_in, page, text)
    assert sorted(text for _form, text in kept(parent)) == ["At home.", "At the lake."]


def test_a_page_that_types_on_after_another_was_opened_from_it_keeps_its_words(signed_in, parent):
    save(signed_in, page=OTHER_ID)
    Draft.objects.update(typed_at=NOON - timedelta(minutes=1))
    later = whole_form(signed_in.get(f"/drafts/{ID}/"))
    save(signed_in, page=OTHER_ID, text="She called from the lake.")
    type_on(signed_in, later, "He did not call.")
    assert sorted(text for _form, text in kept(parent)) == ["He did not call.", "She called from the lake."]


def test_of_three_pages_each_keeps_its_words(signed_in, parent):
    draft = make_draft(author=parent, text="We were")
    pages = [whole_form(signed_in.get(f"/drafts/{draft.form}/")) for _ in range(3)]
    for round_ in ("first", "then"):
        for number, page in enumerate(pages):
            type_on(signed_in, page, f"{round_} on page {number}")
    assert sorted(text for _form, text in kept(parent)) == [f"then on page {number}" for number in range(3)]


def test_a_page_that_goes_on_with_what_another_typed_is_still_another(signed_in, parent, two_pages):
    """As a doubled tab does: then it turns to other words."""
    one, other = two_pages
    type_on(signed_in, one, "We were at the lake.")
    type_on(signed_in, other, "We were at the lake. All")
    type_on(signed_in, other, "Quite another story.")
    assert sorted(text for _form, text in kept(parent)) == ["Quite another story.", "We were at the lake."]


def test_saved_with_all_that_is_kept_under_its_form_nothing_is_left(signed_in, parent, two_pages):
    one, other = two_pages
    type_on(signed_in, one, "We were at the lake ")
    send_new(signed_in, **other | {"text": "We were at the lake. All of us.", "cue": TYPED["cue"]})
    assert kept(parent) == []


@pytest.mark.parametrize(
    "choice",
    [
        *({"cue": "hungry"}, {"did": "held"}, {"feeling": "tired"}, {"felt_unsafe": "on"}, {"starred": "on"}),
        *(
            {"repairs": OTHER_ID},
            {"prompt": "7"},
            {"child": ""},
            {"happened_at": "2026-03-01T10:00"},
            {"kind": "repair"},
        ),
        {"shares": [OTHER_ID]},
    ],
    ids=lambda choice: next(iter(choice)),
)
def test_saved_without_a_choice_that_was_made_on_another_page_that_one_stays(
    signed_in, parent, child, two_pages, choice
):
    one, other = two_pages
    choice = choice if choice != {"child": ""} else {"child": str(child.pk)}
    bare = {name: value for name, value in one.items() if name not in ("child", "happened_at")}
    assert save(signed_in, **bare | {"text": "We were", "kind": "responsive"} | {"cue": ""} | choice).status_code == 204
    send_new(signed_in, **other | {"text": "We were at home.", "child": ""})
    assert [draft.text for draft in Draft.objects.editable_by(parent)] == ["We were"]


def test_a_refused_save_is_the_same_page_still(signed_in, parent):
    page = whole_form(signed_in.get(NEW, {"kind": "responsive"}))
    refused = send_new(signed_in, **page | {"text": "We sung.", "happened_at": "2999-01-01T10:00"})
    type_on(signed_in, whole_form(refused), "We sang.")
    assert [text for _form, text in kept(parent)] == ["We sang."]


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_send_at_once_both_keep_their_words(client, parent):
    """As both do when the line comes back."""
    client.force_login(parent)
    draft = make_draft(author=parent, text="We were")
    pages = [whole_form(client.get(f"/drafts/{draft.form}/")) for _ in range(4)]
    start, answers = Barrier(len(pages)), []

    def come_back(number, page):
        try:
            own = Client()
            own.force_login(parent)
            start.wait()
            answers.append(save(own, **page | {"text": f"On page {number}."}).status_code)
        finally:
            connections.close_all()

    all_at_once([Thread(target=come_back, args=one) for one in enumerate(pages)])
    assert answers == [204] * len(pages)
    assert sorted(text for _form, text in kept(parent)) == [f"On page {number}." for number in range(len(pages))]


def test_a_mark_made_on_one_page_is_not_taken_by_the_other_that_types_on(signed_in, parent, two_pages):
    one, other = two_pages
    assert save(signed_in, **one | {"text": "We were", "felt_unsafe": "on"}).status_code == 204
    type_on(signed_in, other, "We were at the lake.")
    drafts = Draft.objects.editable_by(parent)
    assert {(draft.text, draft.content.get("felt_unsafe", "")) for draft in drafts} == {
        ("We were", "on"),
        ("We were at the lake.", ""),
    }


def test_saved_from_both_pages_nothing_is_left(signed_in, parent, two_pages):
    one, other = two_pages
    type_on(signed_in, other, "We were at the lake.")
    type_on(signed_in, one, "We were home.")
    send_new(signed_in, **one | {"text": "We were home."})
    refused = send_new(signed_in, **other | {"text": "We were at the lake."})
    assert refused.status_code == 409
    both = whole_form(refused) | {"text": "We were at the lake, and home."}
    assert signed_in.post(f"/moments/{Moment.objects.get().pk}/edit/", both).status_code == 302
    assert kept(parent) == []


def test_saved_from_the_page_of_two_texts_nothing_of_its_page_is_left(signed_in, parent, moment):
    first, second = (whole_form(signed_in.get(f"/moments/{moment.pk}/edit/")) for _ in range(2))
    type_on(signed_in, second, "She waved at")
    signed_in.post(f"/moments/{moment.pk}/edit/", first | {"text": "She waved."})
    refused = signed_in.post(f"/moments/{moment.pk}/edit/", second | {"text": "She waved at me."})
    assert refused.status_code == 409
    assert signed_in.post(f"/moments/{moment.pk}/edit/", whole_form(refused)).status_code == 302
    assert kept(parent) == []


def test_back_to_a_change_and_saved_nothing_of_its_page_is_left(signed_in, parent, moment):
    """The browser gives the page its words and its id; the form that begins beside what was typed is another."""
    before = whole_form(signed_in.get(f"/moments/{moment.pk}/edit/"))
    type_on(signed_in, before, "Shorter")
    back = whole_form(signed_in.get(f"/moments/{moment.pk}/edit/")) | {"page": before["page"], "text": "Shorter now"}
    assert back["draft"] != str(moment.pk)
    assert signed_in.post(f"/moments/{moment.pk}/edit/", back).status_code == 302
    assert kept(parent) == []


def test_thrown_away_while_a_page_beside_types_on_nothing_is_left_once_it_is_saved(signed_in, parent, two_pages):
    one, other = two_pages
    type_on(signed_in, one, "We were home.")
    type_on(signed_in, other, "At the lake.")
    signed_in.post(f"/drafts/{other['draft']}/delete/")
    type_on(signed_in, other, "At the lake, all of us.")
    send_new(signed_in, **other | {"text": "At the lake, all of us."})
    assert kept(parent) == []


def test_a_page_that_saves_sees_what_another_typed_just_before(signed_in, parent, two_pages, monkeypatch):
    """Its turn comes after: what it looked at before would be out of date."""
    one, other = two_pages

    def typed_meanwhile(author):
        type_on(signed_in, other, "We were at the lake.")

    monkeypatch.setattr(showing, "in_turn", typed_meanwhile)
    send_new(signed_in, **one | {"text": "We were home."})
    assert Moment.objects.get().text == "We were home."
    assert [text for _form, text in kept(parent)] == ["We were at the lake."]


# Offered


def test_today_offers_to_go_on(signed_in, parent):
    draft = make_draft(author=parent)
    page = read(signed_in.get("/"))
    assert "You began writing on March 4, 2026" in page
    assert f"/drafts/{draft.form}/" in page
    assert draft.text not in page


def test_today_offers_it_to_who_has_written_nothing_else(signed_in, parent):
    make_draft(author=parent)
    assert not Moment.objects.exists()
    assert "You began writing" in read(signed_in.get("/"))


def test_today_offers_the_newest_and_says_how_many_more(signed_in, parent, moment):
    old = make_draft(author=parent, at=NOON - timedelta(days=3))
    new = make_draft(author=parent)
    page = read(signed_in.get("/"))
    assert f"/drafts/{new.form}/" in page
    assert f"/drafts/{old.form}/" not in page
    assert "One more is begun" in page


@pytest.mark.parametrize("with_child", [True, False])
def test_the_form_offers_it_too_and_is_empty_all_the_same(signed_in, parent, with_child):
    if with_child:
        make_child(parent=parent)
    draft = make_draft(author=parent)
    answer = signed_in.get(NEW, {"kind": "responsive"})
    assert f"/drafts/{draft.form}/" in read(answer)
    assert "text" not in form_of(answer)
    assert form_of(answer)["id"] != str(draft.form)


def test_the_form_of_a_change_offers_its_own_draft_and_no_other(signed_in, parent, moment):
    other = make_draft(author=parent)
    assert "You began" not in read(signed_in.get(f"/moments/{moment.pk}/edit/"))
    make_draft(author=parent, edits=moment)
    page = read(signed_in.get(f"/moments/{moment.pk}/edit/"))
    assert f"/drafts/{moment.pk}/" in page
    assert f"/drafts/{other.form}/" not in page


def test_nothing_is_offered_to_anybody_else(client, stranger, parent):
    make_draft(author=parent)
    client.force_login(stranger)
    for address in ("/", f"{NEW}?kind=responsive", "/drafts/"):
        assert "You began" not in read(client.get(address))
        assert "She looked up" not in read(client.get(address))


@pytest.mark.parametrize("verb", ["", "put-away/", "delete/"])
def test_anothers_draft_is_not_there(client, stranger, parent, verb):
    draft = make_draft(author=parent)
    client.force_login(stranger)
    answer = client.post(f"/drafts/{draft.form}/{verb}") if verb else client.get(f"/drafts/{draft.form}/")
    assert answer.status_code == 404
    assert Draft.objects.get().put_away_at is None


def queries(client, address):
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([query for query in asked if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("drafts", [0, 1, 40])
@pytest.mark.parametrize("written", ["nothing", "moments", "a child and moments"])
def test_offering_takes_one_query_however_many_are_begun(signed_in, parent, drafts, written):
    make_prompt(kind="any")
    make_prompt(slug="mend", kind="repair")
    child = make_child(parent=parent) if "child" in written else None
    if "moments" in written:
        make_moment(author=parent, child=child, kind="missed")
    for number in range(drafts):
        make_draft(author=parent, at=NOON - timedelta(days=number))
    assert queries(signed_in, "/") <= 9
    assert queries(signed_in, f"{NEW}?kind=reflection") <= 7
    assert queries(signed_in, f"{NEW}?kind=repair") <= 7


def test_a_share_opens_no_draft(visitor, share, parent):
    make_draft(author=parent)
    assert Draft.objects.all().visible_to(parent).exists()
    assert not Draft.objects.all().visible_to(visitor).exists()


# Gone on with


def test_it_goes_on_where_it_was_left(signed_in, parent, child):
    save(signed_in, child=str(child.pk), starred="on")
    sent = form_of(signed_in.get(f"/drafts/{ID}/"))
    assert sent["text"] == TYPED["text"]
    assert (sent["id"], sent["draft"], sent["cue"], sent["starred"]) == (ID, ID, "hungry", "on")


def test_just_now_is_when_it_was_begun(signed_in, parent, wednesday):
    save(signed_in, when="now")
    wednesday.shift(timedelta(days=2))
    signed_in.force_login(parent)
    save(signed_in, when="now", text="She called and I did not hear.")
    sent = form_of(signed_in.get(f"/drafts/{ID}/"))
    assert (sent["when"], sent["happened_at"]) == ("other", "2026-03-04T15:00")


def test_saved_it_is_a_moment_and_no_draft(signed_in, parent):
    save(signed_in)
    sent = form_of(signed_in.get(f"/drafts/{ID}/"))
    assert signed_in.post(NEW, sent).status_code == 302
    assert (Moment.objects.get().pk, Moment.objects.get().text) == (UUID(ID), TYPED["text"])
    assert not Draft.objects.exists()


def test_saving_one_leaves_another(signed_in, parent):
    save(signed_in)
    save(signed_in, id=OTHER_ID)
    send_new(signed_in, id=ID)
    assert [form for form, _text in kept(parent)] == [OTHER_ID]


@pytest.mark.parametrize(("text", "status"), [("She called and I looked up.", 204), ("She called", 409)])
def test_a_draft_that_arrives_after_its_moment_is_not_kept_nor_said_to_be(signed_in, text, status):
    """Its page is gone by then. Where it is not, somebody came back and took words away: those are not kept either."""
    send_new(signed_in, **TYPED | {"text": "She called and I looked up."})
    assert save(signed_in, text=text).status_code == status
    assert not Draft.objects.exists()
    assert signed_in.get(f"/drafts/{ID}/").headers["Location"] == f"/moments/{ID}/"


@pytest.mark.parametrize("changed", [{"feeling": "tired"}, {"felt_unsafe": "on"}, {"happened_at": "2026-03-01T10:00"}])
def test_a_choice_changed_after_back_is_kept(signed_in, parent, changed):
    send_new(signed_in, **TYPED)
    assert save(signed_in, **changed, when="other").status_code == 204
    assert changed.items() <= Draft.objects.editable_by(parent).get().content.items()


def test_a_choice_taken_back_is_not_said_to_be_kept_when_it_is_not(signed_in):
    send_new(signed_in, **TYPED)
    assert save(signed_in, cue="").status_code == 409


def test_said_by_the_moment_again_its_page_has_nothing_begun(signed_in, parent):
    """After Back a sentence was added, and taken out again."""
    page = {"page": OTHER_ID}
    send_new(signed_in, **TYPED | page)
    for text in (f"{TYPED['text']} More.", TYPED["text"]):
        assert save(signed_in, **page, text=text).status_code == 204
    assert kept(parent) == []


@pytest.mark.parametrize("time", ["2999-01-01T10:00", "soon"])
def test_what_cannot_be_saved_is_kept_after_back_too(signed_in, parent, time):
    send_new(signed_in, **TYPED)
    assert save(signed_in, happened_at=time, when="other").status_code == 204
    assert Draft.objects.editable_by(parent).get().content["happened_at"] == time


def test_another_question_after_back_is_kept(signed_in, parent):
    question = make_prompt(kind="any").texts.first()
    send_new(signed_in, **TYPED)
    assert save(signed_in, prompt=question.pk).status_code == 204
    assert Draft.objects.editable_by(parent).get().content["prompt"] == str(question.pk)


def test_a_reader_ticked_after_back_is_kept(signed_in, parent, share):
    send_new(signed_in, **TYPED)
    assert save(signed_in, shares=[share.pk]).status_code == 204
    assert Draft.objects.editable_by(parent).get().content["shares"] == [str(share.pk)]


def test_another_day_on_the_page_of_a_change_is_kept_though_the_rest_was_saved_meanwhile(signed_in, parent, moment):
    first, second = (whole_form(signed_in.get(f"/moments/{moment.pk}/edit/")) for _ in range(2))
    signed_in.post(f"/moments/{moment.pk}/edit/", first | {"starred": "on"})
    assert (
        save(signed_in, **second | {"starred": "on", "happened_at": "2026-03-01T10:00", "cue": ""}).status_code == 204
    )
    assert Draft.objects.editable_by(parent).get().content["happened_at"] == "2026-03-01T10:00"


def test_a_refused_change_of_choices_alone_is_kept(signed_in, parent, moment):
    page = whole_form(signed_in.get(f"/moments/{moment.pk}/edit/"))
    signed_in.post(f"/moments/{moment.pk}/edit/", page | {"text": f"{moment.text} And wet."})
    sent = page | {"felt_unsafe": "on"}
    assert signed_in.post(f"/moments/{moment.pk}/edit/", sent).status_code == 409
    assert Draft.objects.editable_by(parent).get().content["felt_unsafe"] == "on"


def test_refused_with_words_taken_away_it_is_kept(signed_in, parent):
    send_new(signed_in, **TYPED | {"text": "She called and I looked up."})
    assert send_new(signed_in, **TYPED | {"text": "She called"}).status_code == 409
    assert kept(parent) == [(ID, "She called")]


def test_a_draft_that_looked_before_its_moment_was_saved_is_not_kept(signed_in, parent, monkeypatch):
    """Both are in the server at once: whoever comes second waits, and then sees what the first did."""
    asked, turn = [], draft_queries.in_turn

    def saved_meanwhile(author):
        if not asked:
            asked.append(author)
            send_new(signed_in, **TYPED)
        turn(author)

    monkeypatch.setattr(typing, "in_turn", saved_meanwhile)
    assert save(signed_in).status_code == 204
    assert asked
    assert Moment.objects.exists()
    assert not Draft.objects.exists()


def test_other_words_under_the_id_of_a_moment_are_kept(signed_in, parent):
    send_new(signed_in, id=ID, text="She called.")
    save(signed_in, text="Quite another story.")
    assert kept(parent) == [(ID, "Quite another story.")]


def test_a_change_goes_on_and_is_saved_and_gone(signed_in, parent, moment):
    typed = {
        "edits": moment.pk,
        "kind": "responsive",
        "text": "Shorter",
        "version": 1,
        "happened_at": "2026-03-04T12:00",
    }
    assert signed_in.post(SAVE, typed).status_code == 204
    answer = signed_in.get(f"/drafts/{moment.pk}/")
    assert form_of(answer)["text"] == "Shorter"
    assert signed_in.post(f"/moments/{moment.pk}/edit/", form_of(answer)).status_code == 302
    assert Moment.objects.get().text == "Shorter"
    assert not Draft.objects.exists()


def test_typing_where_a_begun_change_is_offered_takes_the_place_of_nothing(signed_in, parent, moment):
    make_draft(author=parent, edits=moment, text="Long, and then the phone died")
    fresh = form_of(signed_in.get(f"/moments/{moment.pk}/edit/"))
    for text in ("x", "xy"):
        assert signed_in.post(SAVE, fresh | {"text": text}).status_code == 204
    assert sorted(text for _form, text in kept(parent)) == ["Long, and then the phone died", "xy"]
    again = read(signed_in.post(f"/moments/{moment.pk}/edit/", fresh | {"happened_at": "soon", "when": "other"}))
    assert f'name="draft" value="{fresh["draft"]}"' in again


def test_saving_there_takes_its_own_words_alone_and_the_begun_ones_are_offered_still(signed_in, parent, moment):
    make_draft(author=parent, edits=moment, text="Long, and then the phone died")
    fresh = form_of(signed_in.get(f"/moments/{moment.pk}/edit/"))
    signed_in.post(SAVE, fresh | {"text": "Short"})
    assert signed_in.post(f"/moments/{moment.pk}/edit/", fresh | {"text": "Short"}).status_code == 302
    assert Moment.objects.get().text == "Short"
    assert [text for _form, text in kept(parent)] == ["Long, and then the phone died"]
    assert "Go on" in read(signed_in.get(f"/moments/{moment.pk}/edit/"))


def test_a_change_that_only_takes_words_away_is_kept(signed_in, parent, moment):
    signed_in.post(SAVE, {"edits": moment.pk, "kind": "responsive", "text": moment.text[:5], "version": 1})
    assert kept(parent) == [(str(moment.pk), moment.text[:5])]


def test_a_change_of_a_moment_that_is_gone_is_kept_as_a_new_one(signed_in, parent, moment):
    pk = moment.pk
    moment.delete()
    signed_in.post(SAVE, {"edits": pk, "kind": "responsive", "text": "Still here", "version": 1})
    assert form_of(signed_in.get(f"/drafts/{pk}/"))["text"] == "Still here"


def test_nobody_begins_a_change_of_anothers_moment(client, stranger, moment):
    client.force_login(stranger)
    client.post(SAVE, {"edits": moment.pk, "kind": "responsive", "text": "Mine", "version": 1})
    assert Draft.objects.get().edits is None


def test_deleting_a_moment_takes_the_draft_of_its_change(signed_in, parent, moment):
    make_draft(author=parent, edits=moment)
    moment.delete()
    assert not Draft.objects.exists()


# A save that was refused


def test_a_refused_save_is_kept(signed_in, parent):
    assert send_new(signed_in, id=ID, text="Words", happened_at="soon").status_code == 422
    assert kept(parent) == [(ID, "Words")]
    assert "soon" in read(signed_in.get(f"/drafts/{ID}/"))


def test_a_refused_change_is_kept(signed_in, parent, moment):
    sent = {"edits": moment.pk, "kind": "responsive", "text": "Words", "happened_at": "soon", "version": 1}
    assert signed_in.post(f"/moments/{moment.pk}/edit/", sent).status_code == 422
    assert kept(parent) == [(str(moment.pk), "Words")]


def test_of_two_texts_the_one_not_saved_is_kept_too(signed_in, parent):
    send_new(signed_in, id=ID, text="First.")
    assert send_new(signed_in, id=ID, text="Second.").status_code == 409
    assert kept(parent) == [(ID, "Second.")]


# Put away, thrown away


def test_put_away_it_is_offered_no_more_and_still_there(signed_in, parent):
    draft = make_draft(author=parent)
    assert signed_in.post(f"/drafts/{draft.form}/put-away/").headers["Location"] == "/"
    for address in ("/", f"{NEW}?kind=responsive"):
        assert "You began" not in read(signed_in.get(address))
    assert draft.text in read(signed_in.get("/drafts/"))


def test_typed_on_it_is_offered_again(signed_in, parent):
    save(signed_in)
    signed_in.post(f"/drafts/{ID}/put-away/")
    save(signed_in, text="She called and I did not look")
    assert "You began" in read(signed_in.get("/"))


def test_thrown_away_it_is_gone(signed_in, parent):
    draft = make_draft(author=parent)
    signed_in.post(f"/drafts/{draft.form}/delete/")
    assert not Draft.objects.exists()
    assert "Nothing is begun." in read(signed_in.get("/drafts/"))


def test_looking_changes_nothing(signed_in, parent):
    draft = make_draft(author=parent)
    before = Draft.objects.values().get()
    for address in ("/drafts/", f"/drafts/{draft.form}/", "/"):
        signed_in.get(address)
    assert Draft.objects.values().get() == before


def test_a_forged_form_keeps_nothing(parent):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(parent)
    assert save(browser).status_code == 403
    assert not Draft.objects.exists()
