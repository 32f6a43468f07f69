"""Who can read one moment: chosen on its page and on its form, told wherever it stands, taken back at once."""

import pytest
from django.urls import reverse

from journal.models import SharedMoment
from tests.factories import NOON, make_child, make_moment, make_share, make_user
from tests.journal.writing import ID, LIST, NEW, edit_address, only_moment, problem, read, send_edit, send_new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

CAN_READ = "You and Rosa Delgado can read this"


def address(moment):
    return reverse("journal:moment-sharing", args=[moment.pk])


def opened():
    return set(SharedMoment.objects.values_list("share", "moment"))


def test_a_parent_who_shares_with_nobody_is_not_asked_who_can_read(signed_in, parent, visitor):
    make_share(parent=parent, reader=visitor, agreed=False)
    make_share(parent=parent)
    assert "Who can read this" not in read(signed_in.get(NEW, {"kind": "missed"}))


def test_a_new_moment_is_just_me_unless_a_reader_is_ticked(signed_in, share, child):
    page = read(signed_in.get(NEW, {"kind": "missed"}))
    assert "Rosa Delgado can read it" in page
    assert "You and Rosa Delgado" in page
    send_new(signed_in, child=child.pk)
    assert opened() == set()


def test_a_ticked_reader_reads_the_new_moment_and_sending_it_again_never_shares_again(signed_in, share, child):
    send_new(signed_in, id=ID, child=child.pk, shares=[share.pk])
    assert opened() == {(share.pk, only_moment().pk)}
    only_moment().share_with([])
    send_new(signed_in, id=ID, child=child.pk, shares=[share.pk])
    assert opened() == set()


def test_a_reader_unticked_before_it_is_sent_again_reads_it_no_more(signed_in, share, parent, child):
    other = make_share(parent=parent, reader=make_user(email="b@example.com"), children=[child])
    send_new(signed_in, id=ID, child=child.pk, shares=[share.pk])
    send_new(signed_in, id=ID, child=child.pk, shares=[share.pk, other.pk])
    assert opened() == {(share.pk, only_moment().pk)}
    # The line died: its parent thinks again, and saves the same words.
    assert send_new(signed_in, id=ID, child=child.pk).status_code == 302
    assert opened() == set()


def test_a_new_moment_that_felt_scary_stays_just_me_and_the_page_says_so(signed_in, share, child):
    answer = signed_in.post(
        NEW, {"kind": "missed", "child": child.pk, "felt_unsafe": "on", "shares": [share.pk]}, follow=True
    )
    assert opened() == set()
    assert "so it stays “Just me”. You can share it later" in read(answer)


def test_a_reader_of_another_child_is_refused_beside_the_field_and_nothing_is_lost(signed_in, share, parent):
    leo = make_child(parent=parent, name="Leo")
    page = send_new(signed_in, child=leo.pk, text="Typed", shares=[share.pk])
    assert page.status_code == 422
    assert problem(page, "shares") == "Rosa Delgado reads moments about Mia. Pick another reader, or Just me."
    assert "Typed" in read(page)
    assert opened() == set()


def test_anothers_share_or_one_that_ended_cannot_be_picked(signed_in, share, visitor, child):
    theirs = make_share(parent=make_user(email="x@example.com"), reader=visitor)
    share_over = make_share(parent=share.parent, reader=make_user(email="y@example.com"), children=[child])
    share_over.end(by=share.parent)
    for one in (theirs, share_over):
        assert send_new(signed_in, child=child.pk, shares=[one.pk]).status_code == 422
    assert opened() == set()


def test_who_can_read_stands_on_every_page_of_a_moment(signed_in, share, moment):
    pages = ["/", LIST, "/weeks/", moment.get_absolute_url(), address(moment)]
    for page in pages:
        assert CAN_READ not in read(signed_in.get(page))
        assert "Just me" in read(signed_in.get(page))
    moment.share_with([share])
    for page in pages:
        assert CAN_READ in read(signed_in.get(page))
    assert "Rosa Delgado can read this, and will read the change." in read(signed_in.get(edit_address(moment)))


def test_once_the_share_is_over_every_page_says_just_me(signed_in, share, moment):
    moment.share_with([share])
    share.end(by=share.parent)
    for page in ("/", LIST, "/weeks/", moment.get_absolute_url(), edit_address(moment)):
        assert "Rosa Delgado can read" not in read(signed_in.get(page))


def test_two_readers_are_both_named(signed_in, share, moment, child):
    other = make_share(parent=share.parent, reader=make_user(email="b@example.com"), children=[child], name="Ana")
    moment.share_with([share, other])
    page = read(signed_in.get(LIST))
    assert any(f"You and {names} can read this" in page for names in ("Rosa Delgado and Ana", "Ana and Rosa Delgado"))


def test_a_moment_is_shared_and_taken_back_on_its_own_page_with_no_password(signed_in, share, moment):
    assert signed_in.post(address(moment), {"shares": [share.pk]}).url == moment.get_absolute_url()
    assert opened() == {(share.pk, moment.pk)}
    signed_in.post(address(moment), {})
    assert opened() == set()


def test_another_person_cannot_choose(client, share, moment, visitor, stranger):
    moment.share_with([share])
    before = opened()
    for person in (visitor, stranger):
        client.force_login(person)
        assert client.get(address(moment)).status_code == 404
        assert client.post(address(moment), {}).status_code == 404
    assert opened() == before


def test_a_reader_of_another_child_is_refused_there_too(signed_in, share, parent):
    moment = make_moment(author=parent, child=make_child(parent=parent, name="Leo"))
    page = signed_in.post(address(moment), {"shares": [share.pk]})
    assert page.status_code == 422
    assert "reads moments about Mia" in problem(page, "shares")
    assert opened() == set()


def test_with_no_reader_the_page_explains_and_leads_to_sharing(signed_in, moment):
    page = read(signed_in.get(address(moment)))
    assert 'href="/sharing/"' in page
    assert "every moment is “Just me”" in page


@pytest.mark.parametrize(("answer", "both"), [("yes", True), ("no", False)])
def test_with_a_missed_cue_the_coming_back_is_offered_with_yes_marked_first(
    signed_in, share, parent, child, answer, both
):
    missed = make_moment(author=parent, child=child, kind="missed")
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed)
    scary = make_moment(author=parent, child=child, kind="repair", repairs=missed, felt_unsafe=True)
    page = signed_in.get(address(missed)).content.decode()
    assert "Share the coming back too?" in page
    assert 'value="yes" id="id_repairs_too_0" checked' in page
    signed_in.post(address(missed), {"shares": [share.pk], "repairs_too": answer})
    assert opened() == {(share.pk, missed.pk), *([(share.pk, repair.pk)] if both else [])}
    assert (share.pk, scary.pk) not in opened()


def test_the_coming_back_goes_along_to_new_readers_alone(signed_in, share, parent, child):
    ben, ana = (
        make_share(parent=parent, reader=make_user(email=f"{name}@example.com"), children=[child], name=name)
        for name in ("Ben", "Ana")
    )
    missed = make_moment(author=parent, child=child, kind="missed")
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed)
    signed_in.post(address(missed), {"shares": [share.pk, ben.pk], "repairs_too": "no"})
    # Only Ben is unticked; "yes" stands there marked.
    signed_in.post(address(missed), {"shares": [share.pk], "repairs_too": "yes"})
    assert opened() == {(share.pk, missed.pk)}
    signed_in.post(address(missed), {"shares": [share.pk, ana.pk], "repairs_too": "yes"})
    assert opened() == {(share.pk, missed.pk), (ana.pk, missed.pk), (ana.pk, repair.pk)}


def test_it_is_not_asked_when_nobody_new_could_read_the_coming_back(signed_in, share, parent, child):
    missed = make_moment(author=parent, child=child, kind="missed")
    repair = make_moment(author=parent, child=child, kind="repair", repairs=missed)
    question = "Share the coming back too?"
    missed.share_with([share])
    assert question not in read(signed_in.get(address(missed)))
    ben = make_share(parent=parent, reader=make_user(email="b@example.com"), children=[child])
    assert question in read(signed_in.get(address(missed)))
    repair.share_with([ben])
    assert question not in read(signed_in.get(address(missed)))


def test_the_form_of_a_shared_moment_says_what_makes_it_just_me_again(signed_in, share, parent, child, moment):
    moment.share_with([share])
    page = read(signed_in.get(edit_address(moment)))
    assert "If it felt scary, or is about another child, it is “Just me” again." in page
    assert "Marking it makes it “Just me”" in page
    assert page.count("data-kept") == page.count(f'value="{child.pk}" id="id_child_0" checked data-kept') == 1
    # One that was shared as scary stays shared with its mark.
    scary = make_moment(author=parent, child=child, felt_unsafe=True)
    scary.share_with([share], confirmed=True)
    page = read(signed_in.get(edit_address(scary)))
    assert "If it is about another child, it is “Just me” again." in page
    assert "If it felt scary" not in page
    send_edit(signed_in, scary, text="Other words.")
    assert (share.pk, scary.pk) in opened()


def test_a_change_that_marks_it_scary_takes_it_back(signed_in, share, moment):
    moment.share_with([share])
    send_edit(signed_in, moment, felt_unsafe="on")
    assert opened() == set()


def test_pages_take_the_same_queries_however_many_are_shared(
    signed_in, share, parent, child, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = {}
    for count in (1, 19):
        for _ in range(count):
            make_moment(author=parent, child=child, happened_at=NOON).share_with([share])
        for page in ("/", LIST, "/weeks/", "/weeks/2026-03-02/sharing/"):
            signed_in.get(page)
            with CaptureQueriesContext(connection) as queries:
                signed_in.get(page)
            counts.setdefault(page, []).append(len(queries))
    assert all(first == second for first, second in counts.values()), counts
    assert counts["/"][0] <= 8
    assert counts[LIST][0] <= 7
