"""Before your visit: what the reader is told, in which order, and what never."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import DataKey
from journal.models import Note, Opened, Reading, Visit
from tests.factories import NOON, make_child, make_moment, make_note, make_user

MOST = "You were responsive most of the time in what you wrote down."
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


@pytest.fixture(autouse=True)
def second_factor():
    with patch("accounts.second_factor.has_second_factor", return_value=True):
        yield


@pytest.fixture
def reading(client, visitor):
    client.force_login(visitor)
    return client


@pytest.fixture
def old(share):
    """The share was agreed to three weeks ago."""
    return agreed(share, timezone.now() - timedelta(weeks=3))


def agreed(share, at):
    """Its one yes was said then."""
    share.agreed_at, share.consents = at, [share.consent | {"agreed_at": at.isoformat()}]
    share.save()
    return share


def tell(share, child, *kinds, days_ago=9, **fields):
    """Shared moments, one a day."""
    told = []
    for number, kind in enumerate(kinds):
        at = NOON - timedelta(days=days_ago - number)
        moment = make_moment(author=share.parent, child=child, kind=kind, happened_at=at, **fields)
        moment.share_with([share], confirmed=True)
        told.append(moment)
    return told


def page_of(client, share, path=""):
    answer = client.get(f"/families/{share.pk}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_everything_in_its_order(reading, old, child):
    tell(old, child, "responsive", "responsive", "responsive", "missed")
    Visit.objects.visible_to(old.parent).plan(old).ask_for("Naps.")
    page = page_of(reading, old)
    parts = [
        "Before your visit with Jess Miller",
        "Naps.",
        "Since February 11",
        "4 shared moments: responding, a cue that got by.",
        "From the 4 moments Jess Miller chose to share. A journal is not a measure of parenting.",
        MOST,
        "A bright moment",
        "A moment to think about",
        "What do you think Mia was telling you?",
        "A short message to Jess Miller",
        "Mark as read",
        "Jess Miller can see that you opened this page.",
    ]
    assert [part for part in parts if part not in page] == []
    assert sorted(parts, key=page.index) == parts


def test_another_yes_leaves_the_page_as_full_as_it_was(reading, old, child):
    tell(old, child, "responsive", "responsive", "responsive", "missed")
    yes = {"children": [child], "nameless": True, "signed_name": "Jess Miller", "shown": {"text": []}}
    old.agree(ends_on=date(2026, 8, 1), **yes)
    page = page_of(reading, old)
    assert "Since February 11" in page
    assert "4 shared moments: responding, a cue that got by." in page
    assert MOST in page


def test_without_an_ask_it_says_so(reading, share):
    page = page_of(reading, share)
    assert "No note this time." in page
    assert "No shared moments." in page


def test_what_a_reader_never_sees_is_not_there(reading, old, child, parent):
    moment = make_moment(
        author=parent,
        child=child,
        happened_at=NOON - timedelta(days=1, minutes=13),
        feeling="overwhelmed",
        starred=True,
    )
    moment.share_with([old])
    make_moment(author=parent, child=child, text="PRIVATE")
    for path in ("", "weeks/2026-03-02/", f"moments/{moment.pk}/", "sheet/", "weeks/"):
        page = page_of(reading, old, path)
        for hidden in ("PRIVATE", "Overwhelmed", "11:47", "starred", "#icon-star", "2 shared"):
            assert hidden not in page


def test_a_private_moment_changes_nothing(reading, old, child, parent):
    tell(old, child, "responsive", "responsive", "responsive", "missed")
    before = page_of(reading, old)
    make_moment(author=parent, child=child, kind="missed", happened_at=NOON - timedelta(days=8), text="PRIVATE")
    after = page_of(reading, old)

    def without_tokens(page):
        return [line for line in page.splitlines() if "csrf" not in line]

    assert without_tokens(before) == without_tokens(after)


def test_a_scary_moment_among_them_leaves_no_summary(reading, old, child):
    tell(old, child, "responsive", "responsive", "responsive", "responsive")
    tell(old, child, "missed", felt_unsafe=True, text="That was hard.")
    page = page_of(reading, old)
    assert MOST not in page
    assert "From the" not in page
    assert "There is no summary" not in page
    assert "That was hard." in page
    assert "scary" not in page


def test_a_scary_moment_of_one_child_leaves_the_words_of_the_other(reading, old, child, parent):
    other = make_child(parent=parent, name="Ada")
    old.children.add(other)
    tell(old, child, "responsive", "responsive", "responsive", "responsive")
    tell(old, child, "missed", felt_unsafe=True)
    tell(old, other, "responsive", "responsive", "responsive", "missed")
    page = page_of(reading, old)
    assert page.count(MOST) == 1
    assert "From the 4 moments" in page


def test_a_starred_cue_that_got_by_is_not_called_bright(reading, old, child):
    tell(old, child, "responsive", days_ago=3, text="ANSWERED", cue="hungry", did="fed")
    tell(old, child, "missed", days_ago=2, text="GOT BY", starred=True, cue="tired", did="was-busy")
    page = page_of(reading, old)
    assert page.index("A bright moment") < page.index("ANSWERED") < page.index("A moment to think about")
    assert "you were busy" not in page


def test_a_scary_moment_stands_alone_in_its_week_and_is_never_picked_out(reading, old, child):
    tell(old, child, "responsive", days_ago=3, text="HARD", felt_unsafe=True, cue="hurt-or-scared", did="held")
    tell(old, child, "missed", days_ago=2, text="OF THIS WEEK", felt_unsafe=True)
    page = page_of(reading, old)
    assert page.count("HARD") == 1
    assert "A bright moment" not in page
    assert "A moment to think about" not in page
    assert "Two ways to open" not in page
    assert "OF THIS WEEK" not in page
    assert "OF THIS WEEK" in page_of(reading, old, "weeks/2026-03-02/")


def test_a_scary_coming_back_is_never_picked_out_with_what_it_mends(reading, old, child, parent):
    missed = tell(old, child, "missed", days_ago=2, text="OF THIS WEEK")[0]
    for text, felt_unsafe in (("A HUG", False), ("HARD", True)):
        repair = make_moment(
            author=parent, child=child, kind="repair", repairs=missed, text=text, felt_unsafe=felt_unsafe
        )
        repair.share_with([old], confirmed=True)
    for path in ("", "sheet/"):
        page = page_of(reading, old, path)
        assert "OF THIS WEEK" in page
        assert "A HUG" in page
        assert "HARD" not in page
    assert "HARD" in page_of(reading, old, "weeks/2026-03-02/")


def test_the_week_of_the_last_visit_is_summed_up_whole(reading, old, child):
    agreed(old, NOON - timedelta(days=7))
    tell(old, child, "missed", "missed", "missed", "missed", days_ago=9)
    tell(old, child, "responsive", "responsive", days_ago=6)
    on_the_visit = page_of(reading, old)
    assert "From the 6 moments" in on_the_visit
    assert "From the 6 moments" in page_of(reading, old, "weeks/2026-02-23/")
    assert MOST not in on_the_visit
    assert "4 shared moments" in on_the_visit


def test_a_starred_moment_that_felt_scary_is_never_the_bright_one(reading, old, child):
    tell(old, child, "responsive", days_ago=3, text="BRIGHT")
    tell(old, child, "missed", days_ago=2, text="HARD", starred=True, felt_unsafe=True)
    page = page_of(reading, old)
    assert page.index("A bright moment") < page.index("BRIGHT")


def test_a_private_repair_is_not_told_and_a_shared_one_stands_beneath(reading, old, child, parent):
    missed = tell(old, child, "missed")[0]
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed, text="I came back later.")
    assert "I came back later." not in page_of(reading, old)
    repair.share_with([old])
    assert "I came back later." in page_of(reading, old)


def test_the_starred_moment_is_the_bright_one(reading, old, child):
    tell(old, child, "responsive", days_ago=9, text="STAR", starred=True)
    tell(old, child, "responsive", days_ago=2, text="NEWER")
    page = page_of(reading, old)
    assert "STAR" in page
    assert "NEWER" not in page


def test_the_openers_are_filled_from_the_chips(reading, old, child):
    tell(old, child, "responsive", cue="tired", did="held")
    assert "When Mia was tired, you offered your arms." in page_of(reading, old)


def test_the_age_line_fits_the_child(reading, old, child):
    tell(old, child, "responsive")
    assert "At 3 to 6 months, many babies smile" in page_of(reading, old)


def test_two_children_are_summed_up_apart(reading, old, child, parent):
    leo = make_child(parent=parent, name="Leo", birth_month=date(2023, 5, 1))
    old.children.add(leo)
    tell(old, child, "responsive")
    tell(old, leo, "responsive", text="He sang.")
    page = page_of(reading, old)
    assert "<h3>Mia</h3>" in page
    assert "<h3>Leo</h3>" in page


def test_after_a_held_visit_the_span_begins_with_it(reading, old, child):
    tell(old, child, "responsive", text="BEFORE")
    answer = reading.post(f"/families/{old.pk}/visit/held/")
    assert answer.status_code == 302
    reading.post(f"/families/{old.pk}/visit/held/")
    assert Visit.objects.visible_to(old.parent).count() == 1
    page = page_of(reading, old)
    assert "Since March 4" in page
    assert "No shared moments." in page


def test_each_page_leaves_its_line(reading, old, child):
    moment = tell(old, child, "responsive")[0]
    for path in ("", "sheet/", "weeks/2026-02-23/", f"moments/{moment.pk}/", "weeks/"):
        page_of(reading, old, path)
    lines = Reading.objects.visible_to(old.parent)
    assert set(lines.values_list("opened", "monday", "of_moment")) == {
        (Opened.VISIT, None, None),
        (Opened.SHEET, None, None),
        (Opened.WEEK, date(2026, 2, 23), None),
        (Opened.MOMENT, None, moment.pk),
    }


def test_a_page_whose_line_cannot_be_written_is_not_shown(reading, old, child):
    moment = tell(old, child, "responsive")[0]
    reading.raise_request_exception = False
    for path in ("", "sheet/", "weeks/2026-02-23/", f"moments/{moment.pk}/"):
        with patch.object(Reading, "save", side_effect=DatabaseError):
            answer = reading.get(f"/families/{old.pk}/{path}")
        assert answer.status_code == 500
        assert moment.text not in answer.content.decode()


def test_a_missing_page_leaves_no_line(reading, old, child, parent):
    private = make_moment(author=parent, child=child)
    for path in (f"moments/{private.pk}/", "weeks/2026-03-02/", "weeks/2030-01-07/", "weeks/nonsense/"):
        assert reading.get(f"/families/{old.pk}/{path}").status_code == 404
    assert not Reading.objects.visible_to(parent).exists()


def test_a_day_leads_to_its_monday_and_neighbours_are_weeks_with_moments(reading, old, child):
    tell(old, child, "responsive", days_ago=2)
    tell(old, child, "responsive", days_ago=16)
    tell(old, child, "responsive", days_ago=100)
    assert reading.get(f"/families/{old.pk}/weeks/2026-03-04/").url == f"/families/{old.pk}/weeks/2026-03-02/"
    page = page_of(reading, old, "weeks/2026-03-02/")
    assert f"/families/{old.pk}/weeks/2026-02-16/" in page
    assert "2026-02-23" not in page
    weeks = page_of(reading, old, "weeks/")
    assert weeks.count(f"/families/{old.pk}/weeks/2") == 3


def test_status_answers_while_live_and_leaves_no_line(reading, share, parent):
    assert reading.get(f"/families/{share.pk}/status/").status_code == 204
    assert not Reading.objects.visible_to(parent).exists()
    share.end(by=parent)
    assert reading.get(f"/families/{share.pk}/status/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "parent", "ended"])
def test_nobody_else_has_a_door(who, request, client, share, moment, parent, visitor):
    moment.share_with([share])
    if who == "ended":
        share.end(by=visitor)
    client.force_login(visitor if who == "ended" else request.getfixturevalue(who))
    for path in ("", "sheet/", "weeks/", "weeks/2026-03-02/", f"moments/{moment.pk}/", "status/"):
        assert client.get(f"/families/{share.pk}/{path}").status_code == 404
    for path in ("notes/", "read/", "visit/", "visit/held/"):
        assert client.post(f"/families/{share.pk}/{path}", {"text": "Hello"}).status_code == 404
    assert not Reading.objects.visible_to(parent).exists()
    assert not Note.objects.visible_to(parent).exists()
    assert not Visit.objects.visible_to(parent).exists()


def test_a_visitor_sets_a_day_from_today_on_and_takes_it_away(reading, share):
    assert reading.post(f"/families/{share.pk}/visit/", {"planned_on": "2026-03-04"}).status_code == 302
    assert Visit.objects.visible_to(share.parent).get().planned_on == date(2026, 3, 4)
    for wrong in ("2026-03-03", "soon"):
        answer = reading.post(f"/families/{share.pk}/visit/", {"planned_on": wrong})
        assert answer.status_code == 422
        assert wrong in answer.content.decode()
    assert Visit.objects.visible_to(share.parent).get().planned_on == date(2026, 3, 4)
    reading.post(f"/families/{share.pk}/visit/", {"planned_on": ""})
    assert Visit.objects.visible_to(share.parent).get().planned_on is None


def test_mark_as_read_leaves_its_line(reading, share):
    assert reading.post(f"/families/{share.pk}/read/").status_code == 302
    assert Reading.objects.visible_to(share.parent).get().opened == Opened.MARKED


@pytest.mark.parametrize("moments", [10, 300])
def test_ten_queries_however_much_is_shared(reading, old, child, moments):
    for number in range(moments // 10):
        kinds = ["responsive", "missed", "repair"] * 3 + ["reflection"]
        tell(old, child, *kinds, days_ago=12, text=f"Moment {number}")
        make_note(share=old, author=old.reader)
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as captured:
        page_of(reading, old)
    sent = [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]
    # The second factor is one more.
    assert len(sent) <= 9, "\n".join(sql[:150] for sql in sent)


def test_a_reader_of_another_family_sees_none_of_it(client, share, moment):
    moment.share_with([share])
    client.force_login(make_user(email="other@example.com"))
    assert client.get(f"/families/{share.pk}/moments/{moment.pk}/").status_code == 404
