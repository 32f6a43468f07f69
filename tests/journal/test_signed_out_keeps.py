"""A session that ended loses nothing typed, and shows nothing of it to whoever signs in next."""

from datetime import timedelta

import pytest
from django.test import Client

from journal.models import Draft, Moment
from journal.models.draft_queries import MOST_FROM_OUTSIDE
from tests.factories import PASSWORD, make_draft, make_moment
from tests.journal.writing import NEW, form_of, read, whole_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
WORDS = "Written in a basement, the session long gone."


@pytest.fixture
def browser():
    """One that checks what is forged, as the app does."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def page(browser, parent):
    """A page of the parent's for a new moment, with words typed in it; then their session ends."""
    browser.force_login(parent)
    form = whole_form(browser.get(NEW, {"kind": "responsive"})) | {"text": WORDS}
    browser.session.flush()
    return form


def sign_in(browser, person, way):
    sent = {"login": person.email, "password": PASSWORD}
    token = whole_form(browser.get(way))["csrfmiddlewaretoken"]
    return browser.post(way, sent | {"csrfmiddlewaretoken": token, "next": way.partition("next=")[2]})


def test_signing_in_again_leads_back_to_the_text(browser, page, parent):
    way = browser.post(NEW, page).headers["Location"]
    assert way.startswith("/account/login/?next=/drafts/")
    answer = sign_in(browser, parent, way)
    assert answer.headers["Location"] == way.partition("next=")[2]
    back = browser.get(answer.headers["Location"], follow=True)
    assert "This came in while you were signed out." in read(back)
    assert form_of(back)["text"] == WORDS
    assert not Moment.objects.exists()


def test_and_saved_from_there_it_is_one_moment(browser, page, parent):
    answer = sign_in(browser, parent, browser.post(NEW, page).headers["Location"])
    browser.post(NEW, whole_form(browser.get(answer.headers["Location"], follow=True)))
    assert (str(Moment.objects.get().pk), Moment.objects.get().text) == (page["id"], WORDS)
    assert not Draft.objects.exists()


def test_sent_twice_it_is_one_draft(browser, page, parent):
    for _ in range(2):
        browser.post(NEW, page)
    assert Draft.objects.get().text == WORDS


def test_another_person_who_signs_in_there_never_sees_it(browser, page, stranger):
    way = browser.post(NEW, page).headers["Location"]
    assert WORDS not in read(browser.get(way))
    answer = sign_in(browser, stranger, way)
    assert browser.get(answer.headers["Location"]).status_code == 404
    for address in ("/", "/drafts/", f"{NEW}?kind=responsive"):
        assert WORDS not in read(browser.get(address))
    assert not Draft.objects.editable_by(stranger).exists()


def test_the_words_stand_in_no_address_and_no_cookie(browser, page):
    answer = browser.post(NEW, page)
    assert "basement" not in answer.headers["Location"]
    assert "basement" not in str(browser.cookies)
    assert "basement" not in str(dict(browser.session))


def test_a_page_from_before_a_sign_in_elsewhere_is_kept_too(browser, page, parent):
    """Signing in changes the token; the page still has the old one."""
    sign_in(browser, parent, "/account/login/?next=/")
    answer = browser.post(NEW, page)
    assert answer.status_code == 302
    assert form_of(browser.get(answer.headers["Location"], follow=True))["text"] == WORDS


def test_a_page_of_one_person_sent_by_another_is_kept_for_the_one(browser, page, parent, stranger):
    sign_in(browser, stranger, "/account/login/?next=/")
    answer = browser.post(NEW, page)
    assert browser.get(answer.headers["Location"]).status_code == 404
    assert Draft.objects.get().author == parent


def test_what_is_saved_while_typing_is_kept_as_well(browser, page, parent):
    assert browser.post("/drafts/save/", page).status_code == 204
    assert Draft.objects.get().author == parent


@pytest.mark.parametrize("path", ["/moments/new/another/", "/moments/{moment}/edit/"])
def test_so_are_a_change_and_a_page_that_asked_for_another_question(browser, page, parent, path):
    moment = make_moment(author=parent)
    address = path.format(moment=moment.pk)
    sent = page | ({"edits": moment.pk, "version": 1} if "edit" in path else {})
    browser.post(address, sent)
    draft = Draft.objects.get()
    assert draft.text == WORDS
    assert draft.edits == (moment if "edit" in path else None)


# The mark of a writer


def test_a_new_password_ends_the_mark(browser, page, parent):
    parent.set_password("another-five-quiet-words")
    parent.save()
    assert browser.post(NEW, page).headers["Location"] == f"/account/login/?next={NEW}"
    assert not Draft.objects.exists()


def test_a_mark_is_good_for_a_month(browser, page, wednesday):
    wednesday.shift(timedelta(days=31))
    browser.post(NEW, page)
    assert not Draft.objects.exists()


def other_than(sign):
    return "1" if sign == "0" else "0"


@pytest.mark.parametrize(
    "spoil",
    [lambda mark: "", lambda mark: mark[:-1] + other_than(mark[-1]), lambda mark: other_than(mark[0]) + mark[1:]],
)
def test_another_mark_opens_nothing(browser, page, spoil):
    assert "/account/login/" in browser.post(NEW, page | {"writer": spoil(page["writer"])}).headers["Location"]
    assert not Draft.objects.exists()


def test_the_mark_of_one_is_not_anothers(browser, page, parent, stranger):
    other = page["writer"].replace(parent.pk.hex, stranger.pk.hex)
    browser.post(NEW, page | {"writer": other})
    assert not Draft.objects.exists()


def test_a_closed_journal_takes_nothing(browser, page, parent):
    parent.is_active = False
    parent.save()
    browser.post(NEW, page)
    assert not Draft.objects.exists()


def test_the_mark_writes_no_moment_and_changes_none(browser, page, parent):
    moment = make_moment(author=parent)
    before = Moment.objects.values().get()
    for address in (NEW, f"/moments/{moment.pk}/edit/", f"/moments/{moment.pk}/delete/"):
        browser.post(address, page | {"edits": moment.pk, "version": 1})
    assert Moment.objects.values().get() == before


@pytest.mark.parametrize("address", ["/settings/", "/children/new/", "/drafts/"])
def test_the_mark_opens_no_other_page(browser, page, address):
    assert browser.post(address, page).status_code in (302, 403)
    assert not Draft.objects.exists()


# What came in signed out takes the place of nothing


def test_other_words_never_take_the_place_of_a_draft(browser, page, parent):
    make_draft(author=parent, form=page["id"], text="My own words")
    browser.post(NEW, page)
    browser.post(NEW, page | {"text": "Changed once more"})
    assert sorted(draft.text for draft in Draft.objects.all()) == ["Changed once more", "My own words", WORDS]


def test_the_same_words_typed_on_do(browser, page, parent):
    make_draft(author=parent, form=page["id"], text=WORDS[:10])
    browser.post(NEW, page)
    assert Draft.objects.get().text == WORDS


def test_corrected_again_and_again_the_last_is_kept(browser, page, parent):
    for number in range(MOST_FROM_OUTSIDE + 5):
        sent = page | {"text": f"Corrected {number} times."}
        assert browser.post("/drafts/save/", sent).status_code == 204
    assert {draft.text for draft in Draft.objects.editable_by(parent)} == {sent["text"]}


def test_corrected_while_typing_and_saved_its_words_are_there_once(browser, page, parent):
    for text in ("We sung", "We sang", "We sang all."):
        browser.post("/drafts/save/", page | {"text": text})
    browser.post(NEW, page | {"text": "We sang all. End."})
    assert {draft.text for draft in Draft.objects.editable_by(parent)} == {"We sang all. End."}
    assert str(Draft.objects.get().form) == page["id"]


def test_two_pages_corrected_signed_out_take_nothing_from_each_other(browser, page, parent):
    for number in (1, 2, 1, 2):
        mine = page | {"page": f"11111111-1111-4111-8111-11111111111{number}"}
        for text in (f"Typed on page {number}.", f"Corrected on page {number}."):
            browser.post("/drafts/save/", mine | {"text": text})
    texts = {draft.text for draft in Draft.objects.editable_by(parent)}
    assert texts >= {"Corrected on page 1.", "Corrected on page 2."}


def test_the_same_words_sent_again_take_nothing_from_what_was_gone_on_with(browser, page, parent):
    make_draft(author=parent, form=page["id"], text="My own words")
    browser.post(NEW, page)
    beside = next(draft for draft in Draft.objects.all() if draft.text == WORDS)
    for text in (f"{WORDS} And more.", "Quite other words."):
        Draft.objects.editable_by(parent).keep(parent, beside.form, {"text": text}, edits=None)
        browser.post(NEW, page)
        assert text in {draft.text for draft in Draft.objects.editable_by(parent)}
    assert WORDS in {draft.text for draft in Draft.objects.editable_by(parent)}


def test_what_its_author_went_on_with_is_not_taken_over_from_outside(browser, page, parent):
    for text in ("First.", "Second."):
        browser.post("/drafts/save/", page | {"text": text})
    beside = next(draft for draft in Draft.objects.all() if draft.text == "Second.")
    Draft.objects.editable_by(parent).keep(parent, beside.form, {"text": "Second, and on."}, edits=None)
    browser.post("/drafts/save/", page | {"text": "Third."})
    assert {draft.text for draft in Draft.objects.editable_by(parent)} == {"Second, and on.", "Third."}


def test_corrected_and_saved_signed_out_its_words_are_there_once(browser, page, parent):
    make_draft(author=parent, form=page["id"], text="Quite other words.")
    browser.post("/drafts/save/", page)
    way = browser.post(NEW, page | {"text": f"{WORDS} Now I sleep."})
    assert sorted(draft.text for draft in Draft.objects.all()) == ["Quite other words.", f"{WORDS} Now I sleep."]
    assert f"{WORDS} Now I sleep." in read(
        browser.get(sign_in(browser, parent, way.headers["Location"]).headers["Location"])
    )


def test_the_answer_tells_nothing_of_what_was_begun(browser, page, parent):
    """Whoever has the page could send its words with each choice, to see which one was made."""
    bare = {name: value for name, value in page.items() if name not in ("feeling", "felt_unsafe")}
    make_draft(author=parent, form=page["id"], text=WORDS[:10], feeling="tired", felt_unsafe="on")
    guesses = [
        bare | {"feeling": feeling, "felt_unsafe": mark} for feeling in ("", "sad", "tired") for mark in ("", "on")
    ]
    with_it = [browser.post(NEW, guess).headers["Location"] for guess in guesses]
    Draft.objects.all().delete()
    assert [browser.post(NEW, guess).headers["Location"] for guess in guesses] == with_it


def test_nor_does_it_when_no_more_come_in(browser, page, parent):
    for number in range(MOST_FROM_OUTSIDE):
        browser.post(NEW, page | {"id": f"11111111-1111-4111-8111-1111111111{number:02}"})
    make_draft(author=parent, form=page["id"], text=WORDS, feeling="tired")
    for path in (NEW, "/drafts/save/"):
        right, wrong = (browser.post(path, page | {"feeling": feeling}) for feeling in ("tired", "sad"))
        assert (right.status_code, right.headers["Location"]) == (wrong.status_code, wrong.headers["Location"])
    assert not Draft.objects.get(form=page["id"]).is_from_outside


def test_gone_on_with_after_signing_in_its_page_is_there_when_it_is_asked_for_again(browser, page, parent):
    answer = sign_in(browser, parent, browser.post(NEW, page).headers["Location"])
    there = browser.get(answer.headers["Location"]).headers["Location"]
    assert browser.post("/drafts/save/", whole_form(browser.get(there)) | {"text": f"{WORDS} On."}).status_code == 204
    assert form_of(browser.get(there))["text"] == f"{WORDS} On."


def test_saved_signed_out_only_words_it_begins_with_are_taken_over(browser, page, parent):
    make_draft(author=parent, form=page["id"], text="Quite other words.")
    browser.post("/drafts/save/", page | {"text": "Typed first."})
    browser.post(NEW, page)
    assert "Typed first." in {draft.text for draft in Draft.objects.editable_by(parent)}


def test_fewer_words_than_are_kept_signed_out_are_not_kept_once_more(browser, page, parent):
    make_draft(author=parent, form=page["id"], text="Quite other words.")
    browser.post(NEW, page)
    beside = next(draft for draft in Draft.objects.all() if draft.text == WORDS)
    Draft.objects.editable_by(parent).keep(
        parent, beside.form, beside.content | {"text": f"{WORDS} And on."}, edits=None
    )
    before = Draft.objects.count()
    browser.post(NEW, page)
    assert Draft.objects.count() == before


def test_another_choice_never_takes_the_place_of_a_draft_either(browser, page, parent):
    make_draft(author=parent, form=page["id"], text=WORDS, felt_unsafe="on")
    browser.post(NEW, page)
    assert sorted(draft.content.get("felt_unsafe", "") for draft in Draft.objects.all()) == ["", "on"]


def test_however_much_its_author_has_begun_it_comes_in(browser, page, parent):
    for _ in range(MOST_FROM_OUTSIDE):
        make_draft(author=parent)
    browser.post(NEW, page)
    assert WORDS in {draft.text for draft in Draft.objects.editable_by(parent)}


def test_saved_signed_out_it_ends_nothing_that_its_author_went_on_with(browser, page, parent):
    make_draft(author=parent, form=page["id"], text="Quite other words.")
    browser.post("/drafts/save/", page)
    beside = next(draft for draft in Draft.objects.all() if draft.text == WORDS)
    Draft.objects.editable_by(parent).keep(parent, beside.form, beside.content, edits=None)
    browser.post(NEW, page | {"text": f"{WORDS} And more."})
    assert WORDS in {draft.text for draft in Draft.objects.editable_by(parent)}


def test_not_more_than_a_few_can_come_in(browser, page, parent):
    for number in range(25):
        browser.post(NEW, page | {"id": f"11111111-1111-4111-8111-1111111111{number:02}"})
    assert Draft.objects.count() == 20
