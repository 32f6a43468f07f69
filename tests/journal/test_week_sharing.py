"""The moments of a week for one reader: what is ticked can be read, what is not is taken back, others stay."""

from datetime import timedelta

import pytest

from journal.models import SharedMoment
from tests.factories import NOON, make_child, make_moment, make_share, make_user
from tests.journal.writing import form_of, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

WEEK = "/weeks/2026-03-02/sharing/"


def opened():
    return set(SharedMoment.objects.values_list("share", "moment"))


def test_the_week_leads_there_when_somebody_reads(signed_in, parent, child, moment, visitor):
    assert WEEK not in read(signed_in.get("/weeks/"))
    make_share(parent=parent, reader=visitor, children=[child])
    assert WEEK in read(signed_in.get("/weeks/"))


def test_only_moments_that_the_reader_may_be_given_are_listed(signed_in, share, parent, child):
    make_moment(author=parent, child=child, text="To share")
    make_moment(author=parent, child=child, text="Scary one", felt_unsafe=True)
    make_moment(author=parent, child=make_child(parent=parent, name="Leo"), text="Of Leo")
    make_moment(author=parent, child=child, text="Of last week", happened_at=NOON - timedelta(days=7))
    page = read(signed_in.get(WEEK))
    assert "To share" in page
    for hidden in ("Scary one", "Of Leo", "Of last week"):
        assert hidden not in page


def test_exactly_the_ticked_ones_can_be_read_and_others_stay_as_they_are(signed_in, share, parent, child):
    first, second = (make_moment(author=parent, child=child) for _ in range(2))
    before = make_moment(author=parent, child=child, happened_at=NOON - timedelta(days=7))
    scary = make_moment(author=parent, child=child, felt_unsafe=True)
    other = make_share(parent=parent, reader=make_user(email="b@example.com"), children=[child], moments=[first])
    for moment in (first, before):
        moment.share_with([share, other])
    scary.share_with([share], confirmed=True)
    kept = {(other.pk, first.pk), (share.pk, before.pk), (other.pk, before.pk), (share.pk, scary.pk)}
    answer = signed_in.post(WEEK, {"share": share.pk, "moments": [second.pk]})
    assert answer.url == "/weeks/2026-03-02/"
    assert opened() == kept | {(share.pk, second.pk)}


def test_what_is_shared_is_ticked_already(signed_in, share, moment):
    assert "moments" not in form_of(signed_in.get(WEEK))
    moment.share_with([share])
    assert form_of(signed_in.get(WEEK))["moments"] == str(moment.pk)


def test_a_moment_that_is_not_on_the_list_is_refused(signed_in, share, parent, child, stranger):
    scary = make_moment(author=parent, child=child, felt_unsafe=True)
    theirs = make_moment(author=stranger)
    for one in (scary, theirs):
        assert signed_in.post(WEEK, {"share": share.pk, "moments": [one.pk]}).status_code == 422
    assert opened() == set()


@pytest.mark.parametrize(("answer", "both"), [("yes", True), ("no", False)])
def test_the_coming_back_of_another_week_is_asked_for(signed_in, share, parent, child, answer, both):
    missed = make_moment(author=parent, child=child, kind="missed", happened_at=NOON - timedelta(days=7))
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed)
    page = "/weeks/2026-02-23/sharing/"
    assert form_of(signed_in.get(page))["repairs_too"] == "yes"
    signed_in.post(page, {"share": share.pk, "moments": [missed.pk], "repairs_too": answer})
    assert opened() == {(share.pk, missed.pk), *([(share.pk, repair.pk)] if both else [])}


def test_with_several_readers_one_is_picked_first(signed_in, share, parent, child, moment):
    other = make_share(parent=parent, reader=make_user(email="b@example.com"), children=[child], name="Ana")
    page = read(signed_in.get(WEEK))
    assert f"?share={other.pk}" in page
    assert "What Ana can read" not in page
    assert "What Ana can read" in read(signed_in.get(WEEK, {"share": other.pk}))


def test_another_persons_share_is_not_there(client, share, moment, stranger, visitor):
    for person in (stranger, visitor):
        client.force_login(person)
        assert client.get(WEEK, {"share": share.pk}).status_code == 404
        assert client.post(WEEK, {"share": share.pk, "moments": [moment.pk]}).status_code == 404
    assert opened() == set()


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-09", "20260302", "monday", "1000-01-06"])
def test_a_day_that_is_no_monday_of_a_week_that_began_is_not_there(signed_in, share, day):
    assert signed_in.get(f"/weeks/{day}/sharing/").status_code == 404


def test_the_coming_back_in_the_same_week_is_asked_for_too(signed_in, share, parent, child):
    missed = make_moment(author=parent, child=child, kind="missed")
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed)
    assert "Share the coming back too?" in read(signed_in.get(WEEK))
    signed_in.post(WEEK, {"share": share.pk, "moments": [missed.pk], "repairs_too": "no"})
    assert opened() == {(share.pk, missed.pk)}
    signed_in.post(WEEK, {"share": share.pk, "moments": [], "repairs_too": "yes"})
    assert opened() == set()
    signed_in.post(WEEK, {"share": share.pk, "moments": [missed.pk], "repairs_too": "yes"})
    assert opened() == {(share.pk, missed.pk), (share.pk, repair.pk)}
