"""Looking for words in one's own journal: by POST, so that they stand in no address, header or log."""

import logging
import re
from datetime import timedelta

import pytest

from tests.factories import NOON, make_child, make_moment
from tests.journal.writing import LIST, read, shown_ids

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

WORDS = "zanahoria"
NOTHING_HERE = "No moments here."


def look(client, words, **fields):
    return client.post(LIST, {"q": words, **fields})


def next_token(page):
    found = re.search(r'name="before" value="([^"]+)"', page.content.decode())
    return found and found[1]


@pytest.fixture
def carrot(parent, child):
    return make_moment(author=parent, child=child, text="El niño pidió una Zanahoria\ny rió.")


@pytest.mark.parametrize("words", ["nino", "NIÑO", "niño", "pidio una zana", "ZANAHORIA", "rio.", "  rió "])
def test_words_are_found_without_regard_to_case_and_accents(signed_in, carrot, words):
    assert shown_ids(look(signed_in, words)) == [carrot.pk]


@pytest.mark.parametrize("words", ["nina", "zanahorias", "%", "_", ".*", "'; DROP TABLE"])
def test_words_that_are_not_there_are_not_found(signed_in, carrot, words):
    page = look(signed_in, words)
    assert page.status_code == 200
    assert shown_ids(page) == []
    assert NOTHING_HERE in read(page)


def test_no_words_show_all_moments(signed_in, carrot, moment):
    assert set(shown_ids(look(signed_in, ""))) == {carrot.pk, moment.pk}


def test_only_the_text_is_searched_and_never_a_name_or_a_chip(signed_in, parent):
    named = make_child(parent=parent, name="Zanahoria")
    make_moment(author=parent, child=named, text="A walk.", cue="hungry")
    assert shown_ids(look(signed_in, WORDS)) == []
    assert shown_ids(look(signed_in, "hungry")) == []


def test_nobody_finds_what_another_wrote(signed_in, stranger):
    theirs = make_moment(author=stranger, text="Una zanahoria, theirs alone.")
    page = look(signed_in, WORDS)
    assert shown_ids(page) == []
    assert "theirs alone" not in read(page)
    assert str(theirs.pk) not in read(page)


def test_what_is_found_is_narrowed_by_the_filters_too(signed_in, parent, child, carrot):
    other = make_moment(author=parent, kind="missed", text="Otra zanahoria.", happened_at=NOON - timedelta(days=40))
    assert shown_ids(look(signed_in, WORDS)) == [carrot.pk, other.pk]
    assert shown_ids(look(signed_in, WORDS, kind="missed")) == [other.pk]
    assert shown_ids(look(signed_in, WORDS, child=child.pk)) == [carrot.pk]
    assert shown_ids(look(signed_in, WORDS, month="2026-03")) == [carrot.pk]


def test_page_by_page_every_find_comes_once(signed_in, parent):
    found = [make_moment(author=parent, text=f"{WORDS} {number}").pk for number in range(45)]
    for _ in range(30):
        make_moment(author=parent, text="A walk.")
    pages, token = [], ""
    while token is not None:
        assert len(pages) < 10
        page = look(signed_in, WORDS, before=token)
        pages.append(shown_ids(page))
        token = next_token(page)
    assert [len(page) for page in pages] == [15, 15, 15]
    assert sorted(pk for page in pages for pk in page) == sorted(found)


def test_the_words_stand_in_no_address_and_no_header_of_any_page_of_results(signed_in, parent, caplog):
    for logger in ("", "django"):
        caplog.set_level(logging.DEBUG, logger=logger)
    for number in range(25):
        make_moment(author=parent, text=f"{WORDS} {number}")
    page = look(signed_in, WORDS, kind="responsive")
    pages = [page, look(signed_in, WORDS, before=next_token(page))]
    for one in pages:
        assert f'name="q" value="{WORDS}"' in read(one)
        addresses = re.findall(r'(?:href|action|src|hx-\w+)="([^"]*)"', read(one))
        assert addresses
        assert not [address for address in addresses if WORDS in address]
        assert WORDS not in str(one.headers)
        assert WORDS not in str(one.cookies)
    assert WORDS not in caplog.text


def test_a_find_can_be_told_from_an_address_by_the_same_look(signed_in, parent):
    """The control: a filter that may stand in an address is seen there."""
    make_moment(author=parent, text=WORDS)
    page = look(signed_in, WORDS, child="none")
    assert any("child=none" in address for address in re.findall(r'href="([^"]*)"', read(page)))


def test_two_hundred_letters_may_be_looked_for_and_one_more_may_not(signed_in, parent):
    moment = make_moment(author=parent, text="x" * 300)
    assert shown_ids(look(signed_in, "x" * 200)) == [moment.pk]
    page = look(signed_in, "x" * 201)
    assert page.status_code == 422
    assert shown_ids(page) == []


@pytest.mark.parametrize("fields", [{"q": "a\x00"}, {"before": "x"}, {"child": "x"}, {"month": "soon"}])
def test_what_cannot_be_looked_for_is_refused_plainly(signed_in, carrot, fields):
    page = signed_in.post(LIST, {"q": WORDS, **fields})
    assert page.status_code == 422
    assert shown_ids(page) == []


def test_a_visitor_finds_nothing(client, carrot):
    assert look(client, WORDS).headers["Location"].startswith("/account/login/")


def test_words_in_an_address_are_not_looked_for(signed_in, parent, child):
    make_moment(author=parent, child=child, text="She waved at the bus")
    page = signed_in.get("/moments/?q=nowhere").content.decode()
    assert "She waved at the bus" in page
    assert "nowhere" not in page.replace("?q=nowhere", "")
