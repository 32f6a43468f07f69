"""What those who read may open, by what became of their share, and that what is hidden answers as what is missing."""

import re
from contextlib import contextmanager
from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from journal.editors import make_editor
from journal.models import GuideText, Moment, Share, SharedMoment, Visit
from tests.factories import (
    NOON,
    give_second_factor,
    make_child,
    make_moment,
    make_note,
    make_prompt,
    make_share,
    make_user,
)
from tests.sharing_routes import READERS, ROWS
from tests.test_access import (
    BY_NAME,
    FROM_A_PAGE,
    NOBODYS,
    ROUTES,
    THAT_AFTERNOON,
    TOKEN,
    UNUSED_METHODS,
    ask,
    everything,
    is_sent_to_second_factor,
    journal_of,
    to_the_end,
)

pytestmark = pytest.mark.django_db

# Each stands in one place: what of an answer could only come from there.
WORDS = {
    "name": "Canariette",
    "signed": "Jess the Wren",
    "shared": "A robin sang",
    "private": "A canary sang",
    "taken_back": "A crow came",
    "unsafe": "A hawk circled",
    "deleted": "A gull left",
    "other_child": "An owl woke",
    "nameless": "A martin passed",
    "neighbours_child": "A young finch",
    "neighbours": "A finch next door",
    "note": "A stork wrote of the moment",
    "hidden_note": "A heron whispered",
    "ask": "A swift asked",
    "others_note": "A magpie told",
    "week_note": "A stork wrote of the week",
    "visit_note": "A stork wrote for the visit",
    # To and from the reader who is a parent too: of the family they read, then of their own journal.
    "both_note": "A lark wrote of the moment",
    "both_week_note": "A lark wrote of the week",
    "both_visit_note": "A lark wrote for the visit",
    "both_ask": "A lark asked",
    "own": "A dove of my own",
    "own_note": "A dove heard of the moment",
    "own_week_note": "A dove heard of the week",
    "own_visit_note": "A dove heard for the visit",
}
OWN = {"own", "own_note", "own_week_note", "own_visit_note"}
NOTES_OF_BOTH = {one: f"both_{one}" for one in ("note", "week_note", "visit_note", "ask")}
MONDAY = date(2026, 3, 2)
READ_NOW = ("visitor", "both")
# What nobody reads through the share; `elsewhere` is read through another.
HIDDEN = ("private", "taken_back", "unsafe", "deleted", "other_child", "nameless", "neighbours_child", "neighbours")
BY_ROUTE = {f"journal:{row.name}": row for row in ROWS}
# The readers have an app and the stranger of that table has none: pages of it are for the tests of accounts.
ELSEWHERE = [one for one in ROUTES if one.name not in BY_ROUTE and not one.name.startswith(("mfa_", "account_reauth"))]
OF_A_MOMENT = ["/families/{share}/moments/{id}/", "/sharing/{share}/preview/moments/{id}/", "/moments/{id}/"]
OF_A_MOMENT += [
    "/moments/{id}/sharing/",
    "/moments/{id}/sharing/scary/",
    "/moments/{id}/edit/",
    "/moments/{id}/delete/",
]
# Who could open more than the visitor, and must not: each has a second factor here.
PEOPLE = (*READERS, "stranger", "editor", "superuser", "parent")


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: THAT_AFTERNOON)


@pytest.fixture(scope="module")
def made(kept):
    """The ids of people, shares and moments: made once, as each test finds them."""
    with mock.patch("django.utils.timezone.now", return_value=THAT_AFTERNOON):
        people = make_people()
        shares = make_shares(people)
        moments = make_moments(people, shares)
    return ids_of(people), ids_of(shares), moments


def ids_of(rows):
    return {name: row.pk for name, row in rows.items()}


@pytest.fixture
def people(made, db):
    found = User.objects.in_bulk(made[0].values())
    return {name: found[pk] for name, pk in made[0].items()}


@pytest.fixture
def shares(made, db):
    found = Share.objects.in_bulk(made[1].values())
    return {name: found[pk] for name, pk in made[1].items()}


@pytest.fixture
def ids(made, db):
    return made[2]


def make_people():
    people = {name: make_user(email=f"{name}@example.com") for name in (*READERS, "parent", "stranger", "editor")}
    people["superuser"] = make_user(email="superuser@example.com", is_staff=True, is_superuser=True)
    make_editor(people["editor"])
    for person in people.values():
        give_second_factor(person)
    return people


def make_shares(people):
    """Each reader's share; the neighbour's is of another family."""
    parent, child = people["parent"], make_child(parent=people["parent"], name=WORDS["name"])
    given = {"parent": parent, "children": [child], "nameless": False, "signed_name": WORDS["signed"]}
    shares = {name: make_share(reader=people[name], **given) for name in (*READ_NOW, "former")}
    shares["requested"] = make_share(reader=people["requested"], agreed=False, **given)
    shares["run_out"] = make_share(reader=people["run_out"], ends_on=(NOON - timedelta(days=1)).date(), **given)
    shares["neighbour"] = make_share(parent=people["stranger"], reader=people["neighbour"])
    shares["own"] = make_share(parent=people["both"], reader=make_user(email="reads_both@example.com"))
    return shares


def make_moments(people, shares):
    """The moments, one for each thing that can have become of one; all but the private one were once shared."""
    parent, child = people["parent"], shares["visitor"].children.get()
    other = make_child(parent=parent, name="Leo")
    GuideText.objects.create(theme=make_prompt().theme, language="en", title="Bond", lead="A lead.", body="A body.")
    of_child = {"author": parent, "child": child, "kind": "missed", "feeling": "overwhelmed"}
    made = {name: make_moment(text=WORDS[name], **of_child) for name in ("shared", *HIDDEN[:4])}
    made["other_child"] = make_moment(author=parent, child=other, text=WORDS["other_child"])
    made["nameless"] = make_moment(author=parent, text=WORDS["nameless"])
    made["neighbours"] = make_moment(author=people["stranger"], text=WORDS["neighbours"])
    theirs = make_child(parent=people["stranger"], name="Kim")
    made["neighbours_child"] = make_moment(author=people["stranger"], child=theirs, text=WORDS["neighbours_child"])
    for name, share in ((name, share) for name, share in shares.items() if name != "own"):
        for key, moment in made.items():
            if key != "private" and key.startswith("neighbours") == (name == "neighbour"):
                # As rows, so that nothing hangs on a row that is not there.
                SharedMoment.objects.create(share=share, moment=moment)
    for share in shares.values():
        share.refresh_from_db()
    write_notes(people, shares, made)
    # Of a share that is of moments like it, but of another family.
    SharedMoment.objects.create(share=shares["neighbour"], moment=made["nameless"])
    keep_a_journal(people["both"], shares["own"])
    ids = {name: str(moment.pk) for name, moment in made.items()}
    made["taken_back"].share_with([])
    made["unsafe"].rewrite({"content": made["unsafe"].content | {"felt_unsafe": True}}, version=1)
    made["deleted"].delete()
    shares["former"].end(by=parent)
    return ids | {"child": str(child.pk), "nothing": str(NOBODYS)}


def write_notes(people, shares, made):
    visitor, parent = people["visitor"], people["parent"]
    for name, before in (("visitor", ""), ("both", "both_")):
        write_to(shares[name], parent, made["shared"], before)
    make_note(share=shares["visitor"], author=parent, moment=made["taken_back"], text=WORDS["hidden_note"])
    make_note(share=shares["former"], author=parent, moment=made["shared"], text=WORDS["others_note"])
    make_note(share=shares["former"], author=people["former"], text=WORDS["others_note"])
    for name in READERS:
        make_note(share=shares[name], author=people[name], text=f"Of {name} to delete")
    assert visitor.notes_written.exists()


def write_to(share, parent, moment, before):
    """On a moment, on its week, for the visit, and what to talk about."""
    make_note(share=share, author=parent, moment=moment, text=WORDS[f"{before}note"])
    make_note(share=share, author=parent, monday=MONDAY, text=WORDS[f"{before}week_note"])
    make_note(share=share, author=parent, text=WORDS[f"{before}visit_note"])
    Visit.objects.plan(Share.objects.get(pk=share.pk)).ask_for(WORDS[f"{before}ask"])


def keep_a_journal(parent, share):
    """Of the same week, shared with somebody who writes back on all there is to write on."""
    own = make_moment(author=parent, text=WORDS["own"])
    own.share_with([share])
    make_note(share=share, author=share.reader, moment=own, text=WORDS["own_note"])
    make_note(share=share, author=share.reader, monday=MONDAY, text=WORDS["own_week_note"])
    make_note(share=share, author=share.reader, text=WORDS["own_visit_note"])


@pytest.fixture
def fill(people, shares, ids):
    """A path with each part of it: this reader's own share, the visitor's for whoever has none of this family."""

    def fill(path, who="visitor"):
        share = shares[who] if who in READERS[:-1] else shares["visitor"]
        note = share.notes.filter(author=share.reader, moment=None).latest("written_at")
        token = make_share(parent=people["parent"]).invite().token if "{token}" in path else ""
        parts = {"share": share.pk, "note": note.pk, "received": note.pk, "token": token, "moment": ids["shared"]}
        parts |= {"draft": NOBODYS, "refused": NOBODYS}
        return path.format(**ids | parts | {"theme": 1, "line": 1, "passkey": 1})

    return fill


@contextmanager
def undone():
    """What happens in it did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def words_in(*answers):
    said = "\n".join(f"{answer.headers}\n{answer.cookies}\n{answer.content.decode()}" for answer in answers).casefold()
    return {name for name, word in WORDS.items() if word.casefold() in said}


def status_of(route, method, who):
    """Of a route that is not of sharing, a reader is a stranger like any other."""
    if (route.name, method) == ("journal:today", "GET"):
        # A reader without a journal of their own is shown the families.
        return 200 if who in ("former", "both") else 302
    if route.name not in BY_ROUTE:
        return route.status(method, "stranger")
    statuses = BY_ROUTE[route.name].of_readers[method == "POST"]
    return int(dict(zip(READERS, statuses.split(), strict=True))[who])


def seen_by(who, words):
    """The visitor's words, or those in their place."""
    return {NOTES_OF_BOTH.get(word, word) for word in words} if who == "both" else set(words)


def is_at_home(path):
    """A page of one's own journal, of which nothing is another family's."""
    return path.startswith(("/moments/", "/weeks/", "/children/")) or path in ("/", "/sharing/", "/sharing/new/")


# The table


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_reader_gets_what_the_table_says_and_only_the_visitor_reads(row, method, people, ids, fill):
    for who in READERS:
        with undone():
            reads_as_the_table_says(row, method, who, people, fill)


def reads_as_the_table_says(row, method, who, people, fill):
    browser, address = browser_of(people[who]), fill(row.path, who)
    before = everything()
    answer = ask(browser, method, address, row.sent)
    assert answer.status_code == status_of(BY_NAME[f"journal:{row.name}"], method, who)
    if who in READ_NOW and method == "GET" and not is_at_home(row.path):
        assert words_in(answer) == seen_by(who, row.readers_see.split())
    elif who in READ_NOW:
        family = seen_by(who, ["name", "signed", "shared", "ask", *NOTES_OF_BOTH])
        for page in to_the_end(browser, answer):
            of_family = page.request["PATH_INFO"].startswith("/families/") or not is_at_home(row.path)
            assert words_in(page) <= (family if of_family else OWN if who == "both" else set())
    else:
        assert words_in(*to_the_end(browser, answer)) <= ({"neighbours"} if who == "neighbour" else set())
    if answer.status_code >= 400:
        assert everything() == before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("route", ELSEWHERE, ids=lambda route: route.name)
def test_to_all_other_routes_a_reader_is_a_stranger(route, method, people, ids, fill):
    before = journal_of(people["parent"])
    for who in READERS:
        with undone():
            browser = browser_of(people[who])
            answer = ask(browser, method, fill(route.path, who), route.sent)
            assert answer.status_code == status_of(route, method, who)
            # Who has no journal of their own is sent to the families from Today.
            allowed = {"visitor": {"name", "signed"}, "both": OWN}
            assert words_in(*to_the_end(browser, answer)) <= allowed.get(who, set())
            assert journal_of(people["parent"]) == before


def test_who_reads_a_family_and_keeps_a_journal_finds_each_in_its_own_place(people, shares, ids):
    """The notes of a family stand on its own pages, those of one's own journal in it: of one and the same week."""
    browser = browser_of(people["both"])
    at_home = {
        "/": {"own", "own_note", "own_week_note", "own_visit_note"},
        "/moments/": {"own"},
        "/weeks/": {"own", "own_week_note"},
        "/weeks/2026-03-02/": {"own", "own_week_note"},
        f"/moments/{Moment.objects.editable_by(people['both']).get().pk}/": {"own", "own_note"},
        "/weeks/2026-03-02/sharing/": {"own"},
        "/sharing/": set(),
        f"/sharing/{shares['own'].pk}/": {"own_visit_note"},
        f"/sharing/{shares['own'].pk}/preview/": {"own", "own_visit_note"},
        f"/sharing/{shares['own'].pk}/preview/weeks/2026-03-02/": {"own", "own_week_note"},
        f"/sharing/{shares['own'].pk}/readings/": set(),
    }
    family = f"/families/{shares['both'].pk}/"
    visited = {"name", "signed", "shared"}
    away = {
        family: visited | {"both_visit_note", "both_ask"},
        f"{family}weeks/2026-03-02/": visited | {"both_week_note"},
        f"{family}moments/{ids['shared']}/": visited | {"both_note"},
    }
    for address, words in (at_home | away).items():
        assert words_in(browser.get(address)) == words, address
    for address in ("/", "/moments/", "/weeks/", "/weeks/2026-03-02/", "/sharing/"):
        assert not words_in(browser_of(people["former"]).get(address)), address


@pytest.mark.parametrize("method", UNUSED_METHODS)
@pytest.mark.parametrize("who", READERS)
def test_no_other_method_does_anything_for_a_reader(who, method, people, ids, fill):
    browser, addresses = browser_of(people[who]), [fill(row.path, who) for row in ROWS]
    before = everything()
    for address in addresses:
        answer = ask(browser, method, address)
        assert answer.status_code == 405
        assert not words_in(answer)
    assert everything() == before


# What is hidden and what is missing


def compared(answer, *names):
    """All of an answer but the ids it was asked by, and the masked token."""
    said = TOKEN.sub(rb"\1", answer.content).decode() + repr(sorted(answer.headers.items()))
    for name in names:
        said = said.replace(name, "ID")
    return answer.status_code, said


@pytest.mark.parametrize("headers", FROM_A_PAGE, ids=["whole", "htmx", "json"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("who", READERS)
def test_a_hidden_moment_answers_with_the_same_bytes_as_a_missing_one(who, method, headers, people, shares, ids):
    browser, before = browser_of(people[who]), everything()
    hidden = HIDDEN if who in READ_NOW else (*HIDDEN[:-1], "shared") if who == "neighbour" else (*HIDDEN, "shared")
    # An address that names no share is the same for each of them.
    for address in {whole.replace("{share}", str(share.pk)) for whole in OF_A_MOMENT for share in shares.values()}:
        missing = ask(browser, method, address.format(id=NOBODYS), **headers)
        for name in hidden:
            answer = ask(browser, method, address.format(id=ids[name]), **headers)
            assert answer.status_code in (404, 405)
            assert (answer.status_code, answer.content) == (missing.status_code, missing.content), name
            assert answer.headers == missing.headers
            assert not words_in(answer)
    assert everything() == before


@pytest.mark.parametrize("who", PEOPLE)
def test_a_share_that_is_not_ones_own_answers_as_a_missing_one(who, people, shares, ids):
    """All pages of reading, through every share that this person does not read."""
    browser = browser_of(people[who])
    pages = [row for row in ROWS if row.path.startswith("/families/{share}")]
    assert len(pages) == 12
    for name, share in shares.items():
        if name == who and name in (*READ_NOW, "neighbour"):
            continue
        before = everything()
        for row in pages:
            for method in ("GET", "HEAD", "POST"):
                hidden, missing = (
                    ask(browser, method, row.path.format(share=pk, moment=ids["shared"], note=NOBODYS), row.sent)
                    for pk in (share.pk, NOBODYS)
                )
                assert hidden.status_code in (404, 405), (row.name, method)
                assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
                assert hidden.headers == missing.headers
        assert everything() == before


def test_the_comparison_tells_what_the_visitor_may_read(people, shares, ids):
    browser, share = browser_of(people["visitor"]), shares["visitor"].pk
    address = OF_A_MOMENT[0]
    answer = ask(browser, "GET", address.format(share=share, id=ids["shared"]))
    assert answer.status_code == 200
    assert words_in(answer) == {"name", "signed", "shared", "note"}
    assert compared(answer, ids["shared"]) != compared(
        ask(browser, "GET", address.format(share=share, id=NOBODYS)), str(NOBODYS)
    )


@pytest.mark.parametrize("name", HIDDEN)
def test_a_note_to_a_hidden_moment_is_refused_as_one_to_a_missing_moment(name, people, shares, ids):
    browser, before = browser_of(people["visitor"]), everything()
    address = f"/families/{shares['visitor'].pk}/notes/"
    for text in ("Hello", "", "x" * 300):
        hidden, missing = (
            ask(browser, "POST", address, {"text": text, "moment": ids[one]}) for one in (name, "nothing")
        )
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    assert everything() == before


def test_a_week_with_nothing_shared_answers_as_a_week_with_nothing_at_all(people, shares, ids):
    make_moment(author=people["parent"], happened_at=NOON - timedelta(weeks=3), text=WORDS["private"])
    browser = browser_of(people["visitor"])
    for pages in (f"/families/{shares['visitor'].pk}/weeks/", f"/sharing/{shares['visitor'].pk}/preview/weeks/"):
        hidden, empty = browser.get(f"{pages}2026-02-09/"), browser.get(f"{pages}2026-02-02/")
        assert hidden.status_code == empty.status_code == 404
        assert hidden.content == empty.content
    assert b"2026-02-09" not in browser.get(f"/families/{shares['visitor'].pk}/weeks/").content


@pytest.mark.parametrize("name", [name for name in HIDDEN if name != "neighbours"])
def test_a_parent_who_looks_through_the_preview_finds_a_hidden_moment_missing(name, people, shares, ids):
    browser, address = browser_of(people["parent"]), f"/sharing/{shares['visitor'].pk}/preview/moments/"
    hidden, missing = browser.get(f"{address}{ids[name]}/"), browser.get(f"{address}{NOBODYS}/")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


def test_the_preview_shows_the_words_that_the_reader_sees_and_leaves_no_line(people, shares, ids):
    parent, visitor, pk = browser_of(people["parent"]), browser_of(people["visitor"]), shares["visitor"].pk
    for page in ("", "sheet/", "weeks/", "weeks/2026-03-02/", f"moments/{ids['shared']}/"):
        before = list(shares["visitor"].readings.values())
        preview = parent.get(f"/sharing/{pk}/preview/{page}")
        assert list(shares["visitor"].readings.values()) == before
        assert words_in(preview) == words_in(visitor.get(f"/families/{pk}/{page}"))


def test_nothing_of_what_is_never_shown_stands_on_any_page_of_a_reader(people, shares, ids):
    browser, pk = browser_of(people["visitor"]), shares["visitor"].pk
    for page in ("", "sheet/", "weeks/", "weeks/2026-03-02/", f"moments/{ids['shared']}/"):
        said = browser.get(f"/families/{pk}/{page}").content.decode()
        # No hour, feeling or mark, no other reader, and no id of a moment that is hidden.
        assert not re.search(r"\b12:00|\bnoon\b", said)
        assert "overwhelmed" not in said.casefold()
        assert not any(WORDS[name] in said for name in (*HIDDEN, "others_note", "hidden_note"))
        assert not any(ids[name] in said for name in HIDDEN)


# A closed journal


def test_a_journal_that_was_closed_is_closed_to_its_readers_too_until_it_is_opened(people, shares, ids):
    browser, share, parent = browser_of(people["visitor"]), shares["visitor"], people["parent"]
    pages = [f"/families/{share.pk}/{page}" for page in ("", "sheet/", "weeks/", f"moments/{ids['shared']}/")]
    for is_open in (True, False, True):
        parent.is_active = is_open
        parent.save(update_fields=["is_active"])
        assert [browser.get(page).status_code for page in pages] == [200 if is_open else 404] * len(pages)
        assert (str(share.pk) in browser.get("/families/").content.decode()) is is_open
        assert Moment.objects.visible_to(people["visitor"]).exists() is is_open


# The second factor


def test_without_a_second_factor_nobody_finds_out_what_is_there(people, shares, ids):
    people["visitor"].authenticator_set.all().delete()
    browser, before = browser_of(people["visitor"]), everything()
    note = shares["visitor"].notes.filter(author=people["visitor"]).latest("written_at").pk
    for row in ROWS:
        if not row.path.startswith("/families/"):
            continue
        method = "GET" if row.of_readers[0].split()[0] != "405" else "POST"
        answers = [
            ask(browser, method, row.path.format(share=pk, moment=moment, note=note), row.sent)
            for pk, moment, note in ((shares["visitor"].pk, ids["shared"], note), (NOBODYS, NOBODYS, NOBODYS))
        ]
        assert all(map(is_sent_to_second_factor, answers)), row.name
        there, missing = answers
        names = (str(shares["visitor"].pk), ids["shared"], str(note), str(NOBODYS))
        assert compared(there, *names) == compared(missing, *names)
        assert not words_in(*answers)
    assert everything() == before
