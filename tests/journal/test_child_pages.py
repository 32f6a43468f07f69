"""Children: the first one after sign-up, more of them, changing one, taking one out."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal import erasing
from journal.forms import ChildForm
from journal.models import Child, Draft, Moment, PromptOffer
from tests.factories import make_child, make_draft, make_moment, make_note, make_prompt, make_share
from tests.journal.takeout import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

LIST, NEW, FIRST = "/children/", "/children/new/", "/children/new/?first"
TYPED = {"word": "delete"}
LEO = {"name": "Leo", "birth_month": "2023-01"}
UNKEEPABLE = "This has a character we can't keep. Please type that part again."


@pytest.fixture
def wednesday():
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=False):
        yield


def edit(child):
    return f"/children/{child.pk}/edit/"


def delete(child):
    return f"/children/{child.pk}/delete/"


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def kept(user):
    return [(child.name, child.birth_month) for child in Child.objects.editable_by(user)]


def beside(page, field):
    """What stands between the label of a field and its input."""
    return unescape(page.content.decode()).partition(f'for="id_{field}"')[2].partition("<input")[0]


@pytest.fixture
def signed_in(client, parent):
    """The parent's browser, just asked who they are."""
    return come_in(client, parent)


# The first child


def test_after_sign_up_a_parent_adds_a_child_and_goes_on_to_today(signed_in, parent):
    page = page_of(signed_in, FIRST)
    assert "Who will you write about?" in page
    assert "Others see it only on moments that you share." in page
    answer = signed_in.post(FIRST, LEO)
    assert answer.headers["Location"] == "/"
    assert kept(parent) == [("Leo", date(2023, 1, 1))]
    assert "Leo, 3 years" in page_of(signed_in, "/")


def test_the_first_child_can_be_skipped(signed_in, parent):
    assert '<a class="button button--wide" href="/">Skip this for now</a>' in page_of(signed_in, FIRST)
    assert page_of(signed_in, "/")
    assert kept(parent) == []


def test_the_first_page_says_the_journals_clock_and_where_to_set_it(signed_in):
    page = page_of(signed_in, FIRST)
    assert "It is 3 p.m. by your journal's clock." in page
    assert 'href="/settings/"' in page


def test_a_first_child_that_is_refused_can_still_be_skipped(signed_in):
    page = signed_in.post(FIRST, {"name": "", "birth_month": ""})
    assert page.status_code == 422
    assert "Skip this for now" in page.content.decode()


# Adding


def test_a_child_is_added_to_the_list(signed_in, child):
    assert signed_in.post(NEW, LEO).headers["Location"] == LIST
    page = page_of(signed_in, LIST)
    assert "Leo" in page
    assert "Born January 2023" in page
    assert page.index("Leo") < page.index("Mia")


def test_a_later_child_is_not_skipped_but_left(signed_in, child):
    page = page_of(signed_in, NEW)
    assert "Skip this for now" not in page
    assert "Back to my children" in page


def test_with_no_child_the_list_says_that_it_takes_none_to_write(signed_in):
    page = page_of(signed_in, LIST)
    assert "No child added yet. You can write without one, too." in page
    assert f'href="{NEW}"' in page


def test_opening_the_pages_keeps_nothing(signed_in, child, parent):
    before = kept(parent)
    for address in (LIST, NEW, FIRST, f"{NEW}?name=Leo&birth_month=2023-01", edit(child), delete(child)):
        page_of(signed_in, address)
    assert kept(parent) == before


@pytest.mark.parametrize("name", ["Niña 🙂", "a" * 60, "<b>Leo</b>", "O'Brien & Zoë"])
def test_a_name_is_kept_as_it_was_typed_and_never_read_as_markup(signed_in, parent, name):
    assert signed_in.post(NEW, LEO | {"name": name}).status_code == 302
    assert kept(parent) == [(name, date(2023, 1, 1))]
    assert "<b>Leo" not in signed_in.get(LIST).content.decode()


def test_the_month_we_are_in_is_no_future_one_on_the_parents_own_clock(signed_in, parent):
    parent.time_zone = "Pacific/Kiritimati"
    parent.save()
    with time_machine.travel(datetime(2026, 2, 28, 11, 0, tzinfo=UTC), tick=False):
        assert signed_in.post(NEW, LEO | {"birth_month": "2026-03"}).status_code == 302
        parent.time_zone = "UTC"
        parent.save()
        assert signed_in.post(NEW, LEO | {"birth_month": "2026-03"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("name", "", "Write a name. A nickname is fine."),
        ("name", "   ", "Write a name. A nickname is fine."),
        ("name", "a" * 61, "60"),
        ("name", "Le\x00o", UNKEEPABLE),
        ("birth_month", "", "Pick the month and year."),
        ("birth_month", "2026-04", "That month has not come yet. Check the year."),
        ("birth_month", "9999-12", "That month has not come yet. Check the year."),
        ("birth_month", "1999-12", "That is a long time ago. Check the year."),
        ("birth_month", "0001-01", "That is a long time ago. Check the year."),
        ("birth_month", "2025-13", "We can't read that month. Write it like 2026-03."),
        ("birth_month", "0000-01", "We can't read that month. Write it like 2026-03."),
        ("birth_month", "March", "We can't read that month. Write it like 2026-03."),
        ("birth_month", "٢٠٢٥-٠١", "We can't read that month. Write it like 2026-03."),
        ("birth_month", "2025-\x0010", UNKEEPABLE),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_what_was_typed_stays(
    signed_in, parent, child, field, typed, reason
):
    before = kept(parent)
    typed_in_full = LEO | {field: typed}
    other = "birth_month" if field == "name" else "name"
    for address in (NEW, edit(child)):
        page = signed_in.post(address, typed_in_full)
        assert page.status_code == 422
        assert reason in beside(page, field)
        assert beside(page, field).count('class="error"') == 1
        assert "error" not in beside(page, other)
        assert f'value="{LEO[other]}"' in page.content.decode()
        if typed.strip().isprintable() and typed.strip():
            assert f'value="{typed}"' in page.content.decode()
    assert kept(parent) == before


def test_nobody_adds_a_child_to_anothers_journal(signed_in, parent, stranger):
    signed_in.post(NEW, LEO | {"parent": stranger.pk, "id": "11111111-1111-4111-8111-111111111111"})
    assert kept(stranger) == []
    assert kept(parent) == [("Leo", date(2023, 1, 1))]


# Changing


def test_a_child_is_changed(signed_in, child, parent):
    page = page_of(signed_in, edit(child))
    assert 'value="Mia"' in page
    assert 'value="2025-10"' in page
    assert signed_in.post(edit(child), {"name": "Mimi", "birth_month": "2025-09"}).headers["Location"] == LIST
    assert kept(parent) == [("Mimi", date(2025, 9, 1))]
    assert "Saved." in page_of(signed_in, LIST)


def test_a_child_past_five_keeps_its_journal(signed_in, parent):
    grown = make_child(parent=parent, name="Noa", birth_month=date(2019, 1, 1))
    make_moment(author=parent, child=grown, text="Read to me tonight")
    assert "Noa, 7 years" in page_of(signed_in, "/")
    assert "Read to me tonight" in page_of(signed_in, f"/moments/?child={grown.pk}")
    assert signed_in.post(edit(grown), {"name": "Noah", "birth_month": "2019-01"}).status_code == 302


def test_anothers_child_can_be_neither_changed_nor_deleted(signed_in, stranger):
    theirs = make_child(parent=stranger, name="Ada")
    make_moment(author=stranger, child=theirs)
    for address, sent in ((edit(theirs), LEO), (delete(theirs), {})):
        assert signed_in.get(address).status_code == 404
        assert signed_in.post(address, sent).status_code == 404
    assert kept(stranger) == [("Ada", date(2025, 10, 1))]
    assert Moment.objects.editable_by(stranger).count() == 1


# Taking one out


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (0, "The name and the month of birth go. No moments are written about this child."),
        (1, "The name, the month of birth and 1 moment about this child go with it."),
        (3, "The name, the month of birth and 3 moments about this child go with it."),
    ],
)
def test_it_asks_first_and_says_in_words_what_goes(signed_in, parent, child, written, words):
    for _ in range(written):
        make_moment(author=parent, child=child)
    make_moment(author=parent)
    page = page_of(signed_in, delete(child))
    assert "Delete Mia from your journal?" in page
    assert words in page
    assert "We can't bring it back." in page
    assert "Keep it" in page
    assert Child.objects.count() == 1


def test_it_says_which_notes_go_and_who_can_no_longer_read(signed_in, parent, child, visitor):
    moment = make_moment(author=parent, child=child)
    share = make_share(parent=parent, reader=visitor, children=[child], moments=[moment])
    make_note(share=share, author=visitor, moment=moment)
    make_note(share=share, author=parent)
    page = page_of(signed_in, delete(child))
    assert "1 note on them goes too." in page
    assert "1 person who reads with you can no longer read these moments." in page


@pytest.mark.parametrize("written", [0, 1])
def test_it_says_what_goes_that_was_begun_about_this_child(signed_in, parent, child, written):
    for _ in range(written):
        make_moment(author=parent, child=child)
    make_draft(author=parent, child=str(child.pk))
    make_draft(author=parent)
    make_draft(author=parent, child=str(make_child(parent=parent, name="Leo").pk))
    assert "1 text you began and have not saved yet goes too." in page_of(signed_in, delete(child))
    make_draft(author=parent, edits=make_moment(author=parent, child=child))
    assert "2 texts you began and have not saved yet go too." in page_of(signed_in, delete(child))
    signed_in.post(delete(child), TYPED)
    assert Draft.objects.count() == 2


def test_what_is_typed_about_this_child_until_it_goes_goes_too(signed_in, parent, child, monkeypatch):
    """Whoever types meanwhile is waited for."""
    monkeypatch.setattr(erasing, "in_turn", lambda author: make_draft(author=author, child=str(child.pk)))
    signed_in.post(delete(child), TYPED)
    assert not Child.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("typed", ["", "x", "deleted", "borrar", "  "])
def test_without_the_word_nothing_goes(signed_in, parent, child, typed):
    make_moment(author=parent, child=child)
    answer = signed_in.post(delete(child), {"word": typed})
    assert answer.status_code == 422
    assert "Type the word delete here." in beside(answer, "word")
    assert Child.objects.count() == Moment.objects.count() == 1


@pytest.mark.parametrize("typed", ["delete", " Delete ", "DELETE"])
def test_the_word_may_be_typed_as_a_phone_types_it(signed_in, child, typed):
    assert signed_in.post(delete(child), {"word": typed}).status_code == 302
    assert not Child.objects.exists()


def test_it_asks_who_it_is_first(client, parent, child):
    client.force_login(parent)
    for answer in (client.get(delete(child)), client.post(delete(child), TYPED)):
        assert answer.headers["Location"].startswith("/account/reauthenticate/?next=%2Fchildren%2F")
    assert Child.objects.count() == 1


def test_it_says_so_in_spanish(signed_in, parent, child):
    parent.language = "es"
    parent.save()
    make_moment(author=parent, child=child)
    page = page_of(signed_in, delete(child))
    assert "1 momento" in page
    assert "Delete" not in page


def test_deleting_a_child_takes_its_moments_and_nobody_elses(signed_in, parent, child, stranger):
    leo = make_child(parent=parent, name="Leo")
    missed = make_moment(author=parent, child=child, kind="missed")
    make_moment(author=parent, child=child, kind="repair", repairs=missed)
    stays = {make_moment(author=parent, child=leo).pk, make_moment(author=parent).pk, make_moment(author=stranger).pk}
    prompt = make_prompt()
    for whose in (child, leo):
        PromptOffer.record(author=parent, child=whose, day=date(2026, 3, 4), kind="", turn=0, prompt_id=prompt.pk)
    assert signed_in.post(delete(child), TYPED).headers["Location"] == LIST
    assert {moment.pk for moment in Moment.objects.all()} == stays
    assert [name for name, _month in kept(parent)] == ["Leo"]
    assert [offer.child_id for offer in PromptOffer.objects.all()] == [leo.pk]
    assert "Deleted, with all that was written about this child." in page_of(signed_in, LIST)


def test_deleting_twice_finds_nothing_the_second_time(signed_in, child):
    assert signed_in.post(delete(child), TYPED).status_code == 302
    assert signed_in.post(delete(child), TYPED).status_code == 404


def test_no_name_stands_in_a_title_or_an_address(signed_in, child):
    for address in (LIST, edit(child), delete(child)):
        page = page_of(signed_in, address)
        assert "Mia" not in page.partition("<title>")[2].partition("</title>")[0]
    assert "Mia" not in signed_in.post(edit(child), {"name": "Mia", "birth_month": "2025-10"}).headers["Location"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_many_children(signed_in, parent, count):
    for number in range(count):
        make_child(parent=parent, name=f"Child {number}")
    with CaptureQueriesContext(connection) as queries:
        page_of(signed_in, LIST)
    assert len(queries) == 3


def test_a_month_after_what_is_already_written_is_refused_beside_the_field(signed_in, parent, child):
    make_moment(author=parent, child=child, happened_at=datetime(2025, 12, 3, 12, tzinfo=UTC))
    answer = signed_in.post(edit(child), {"name": "Mia", "birth_month": "2026-01"})
    assert answer.status_code == 422
    assert "You wrote about a day before that month." in unescape(answer.content.decode())
    assert Child.objects.get().birth_month == date(2025, 10, 1)
    assert signed_in.post(edit(child), {"name": "Mia", "birth_month": "2025-12"}).status_code == 302


def test_a_new_child_sent_twice_from_one_page_is_there_once(signed_in, parent):
    page = {"id": "7a3c1f52-5a61-4c8e-9f0e-3d2b1c4a5e6f"}
    answers = {signed_in.post(NEW, LEO | page).headers["Location"] for _ in range(2)}
    assert answers == {LIST}
    assert kept(parent) == [("Leo", date(2023, 1, 1))]


def test_another_name_from_one_page_is_another_child(signed_in, parent):
    page = {"id": "7a3c1f52-5a61-4c8e-9f0e-3d2b1c4a5e6f"}
    for name in ("Leo", "Mia", "Mia"):
        signed_in.post(NEW, LEO | page | {"name": name})
    assert sorted(kept(parent)) == [("Leo", date(2023, 1, 1)), ("Mia", date(2023, 1, 1))]


def test_under_the_id_of_anothers_child_it_is_a_child_of_ones_own(signed_in, parent, stranger):
    theirs = make_child(parent=stranger, name="Ana")
    signed_in.post(NEW, LEO | {"id": str(theirs.pk)})
    assert [name for name, _month in kept(stranger)] == ["Ana"]
    assert kept(parent) == [("Leo", date(2023, 1, 1))]


def test_a_child_deleted_while_it_is_changed_stays_deleted(signed_in, child, monkeypatch):
    save = ChildForm.save
    monkeypatch.setattr(ChildForm, "save", lambda form: (Child.objects.all().delete(), save(form))[1])
    assert signed_in.post(edit(child), {"name": "Mia", "birth_month": "2025-10"}).status_code == 404
    assert not Child.objects.exists()
