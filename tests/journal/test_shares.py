"""Shares as rows: who may read, ask, end, and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from journal.invitations import digest_token
from journal.models import Child, Moment, Note, Share, SharedMoment, Visit
from tests.factories import make_child, make_moment, make_note, make_share, make_user

pytestmark = pytest.mark.django_db

NOBODIES = [None, AnonymousUser()]
SHOWN = {"text": ["Other words."], "version": "1.2", "language": "es"}


def renew(share, **changes):
    consent = {"children": [], "nameless": True, "ends_on": date(2026, 8, 1), "signed_name": "J. Miller"}
    share.agree(**consent | {"shown": SHOWN} | changes)


# Where a share stands


def test_an_open_invitation_is_nobodys_to_read(wednesday, parent, stranger):
    share = make_share(parent=parent)
    assert share.is_open
    assert list(Share.objects.open_invitations()) == [share]
    for person in (*NOBODIES, parent, stranger):
        assert not Share.objects.read_by(person).exists()
        assert not Share.objects.asked_by(person).exists()


@pytest.mark.parametrize("nobody", NOBODIES)
@pytest.mark.parametrize("model", [Share, SharedMoment, Note, Visit, Moment, Child])
def test_nobody_sees_or_edits_anything(model, nobody, parent, share, moment):
    moment.share_with([share])
    # A reader who leaves takes their name away: it is nobody's then, and never everybody's.
    left, gone = make_share(parent=parent, children=[moment.child]), make_user(email="gone@example.com")
    left.request(by=gone, name="Ana", program="Steps")
    left.agree(children=[moment.child], nameless=True, ends_on=date(2026, 6, 2), signed_name="J", shown=SHOWN)
    moment.share_with([share, left])
    make_note(share=left, author=gone, moment=moment)
    Visit.objects.plan(left)
    gone.delete()
    assert model.objects.exists()
    for scope in {"visible_to", "editable_by", "read_by", "asked_by", "endable_by"} & {*dir(model.objects)}:
        assert not getattr(model.objects, scope)(nobody).exists()


def test_a_share_whose_reader_left_opens_nothing_and_cannot_be_agreed_to(share, visitor, moment):
    moment.share_with([share])
    visitor.delete()
    share = Share.objects.get()
    assert share.reader is None
    with pytest.raises(ValueError, match="nothing to agree"):
        renew(share)


def test_a_request_opens_nothing_until_the_parent_says_yes(wednesday, parent, visitor, moment):
    share = make_share(parent=parent, reader=visitor, agreed=False)
    moment.share_with([share])
    assert share.is_asked
    assert list(Share.objects.asked_by(visitor)) == [share]
    assert not Share.objects.read_by(visitor).exists()
    assert not Share.objects.live().exists()
    assert not SharedMoment.objects.exists()
    # Even with a row that should not be there.
    SharedMoment.objects.create(share=share, moment=moment)
    assert not Moment.objects.visible_to(visitor).exists()
    assert not share.moments.exists()


def test_a_last_day_alone_opens_nothing(share, visitor, moment):
    moment.share_with([share])
    Share.objects.update(agreed_at=None)
    assert not Share.objects.live().exists()
    assert not Share.objects.read_by(visitor).exists()
    assert not Moment.objects.visible_to(visitor).exists()
    assert not Share.objects.get().moments.exists()


@pytest.mark.parametrize("who", ["parent", "visitor"])
def test_an_ended_share_opens_nothing_to_any_look(who, share, parent, visitor, moment, request):
    moment.share_with([share])
    share.end(by=request.getfixturevalue(who))
    assert not Share.objects.live().exists()
    assert not SharedMoment.objects.in_force().exists()
    assert not share.moments.exists()


def test_a_yes_opens_it_to_its_reader_and_to_nobody_else(share, parent, visitor, stranger, editor, superuser):
    assert share.is_live
    assert list(Share.objects.read_by(visitor)) == [share]
    assert list(Share.objects.visible_to(visitor)) == list(Share.objects.visible_to(parent)) == [share]
    for person in (stranger, editor, superuser):
        assert not Share.objects.visible_to(person).exists()
        assert not Share.objects.endable_by(person).exists()
    assert not Share.objects.read_by(parent).exists()
    assert not Share.objects.editable_by(visitor).exists()
    assert not Share.objects.asked_by(parent).exists()


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("UTC", datetime(2026, 6, 3, 0, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 6, 3, 7, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 6, 2, 12, tzinfo=UTC)),
    ],
)
def test_a_share_runs_until_the_parents_midnight_after_its_last_day(zone, midnight, wednesday, visitor):
    parent = make_user(email="far@example.com", time_zone=zone)
    moment = make_moment(author=parent)
    share = make_share(parent=parent, reader=visitor, moments=[moment])
    wednesday.move_to(midnight - timedelta(seconds=1), tick=False)
    assert share.is_live
    assert not share.is_run_out
    assert list(Share.objects.read_by(visitor)) == [share]
    assert list(Moment.objects.visible_to(visitor)) == [moment]
    wednesday.move_to(midnight, tick=False)
    assert share.is_run_out
    assert not share.is_live
    assert not Share.objects.read_by(visitor).exists()
    assert not Share.objects.live().exists()
    assert not Moment.objects.visible_to(visitor).exists()
    assert list(Share.objects.endable_by(visitor)) == list(Share.objects.endable_by(parent)) == [share]


# Inviting and asking


def test_a_link_opens_its_own_invitation_for_a_week(wednesday, parent):
    share, other = make_share(parent=parent), make_share(parent=parent)
    made, others = share.invite(), other.invite()
    assert list(Share.objects.invited_with(token_digest=digest_token(made.token))) == [share]
    assert list(Share.objects.invited_with(token_digest=digest_token(others.token))) == [other]
    wednesday.shift(timedelta(days=7) - timedelta(seconds=1))
    assert Share.objects.invited_with(token_digest=digest_token(made.token)).exists()
    wednesday.shift(timedelta(seconds=1))
    assert not share.is_open
    assert not Share.objects.invited_with(token_digest=digest_token(made.token)).exists()


def test_a_new_link_ends_the_old(wednesday, parent):
    share = make_share(parent=parent)
    old, new = share.invite(), share.invite()
    assert not Share.objects.invited_with(token_digest=digest_token(old.token)).exists()
    assert Share.objects.invited_with(token_digest=digest_token(new.token)).exists()


def test_an_empty_digest_opens_nothing(wednesday, parent, visitor):
    make_share(parent=parent, reader=visitor)
    Share.objects.create(parent=parent, invited_name="Ana", open_until=datetime(2026, 3, 1, tzinfo=UTC))
    assert not Share.objects.invited_with(token_digest="").exists()


def test_the_second_who_asks_is_refused_and_changes_nothing(wednesday, parent, visitor, stranger):
    share = make_share(parent=parent, reader=visitor, agreed=False)
    kept = Share.objects.values().get()
    assert not Share.objects.get().request(by=stranger, name="Eve", program="Other")
    assert Share.objects.values().get() == kept
    # Sent twice by the first it counts once.
    assert share.request(by=visitor, name="Other", program="Other")
    assert Share.objects.values().get() == kept


def test_nobody_asks_to_read_their_own_journal(wednesday, parent):
    share = make_share(parent=parent)
    assert not share.request(by=parent, name="Jess", program="Home")
    assert list(Share.objects.open_invitations()) == [share]
    assert Share.objects.get().reader is None
    with pytest.raises(IntegrityError, match="nobody_reads_their_own"), transaction.atomic():
        Share.objects.update(reader=parent)


@pytest.mark.parametrize("after", ["ended", "a week later"])
def test_an_invitation_that_is_over_cannot_be_asked_for(after, wednesday, parent, visitor):
    share = make_share(parent=parent)
    if after == "ended":
        share.end(by=parent)
    else:
        wednesday.shift(timedelta(days=7))
    assert not share.request(by=visitor, name="Rosa", program="Steps")
    assert Share.objects.get().reader is None


def test_a_used_or_ended_invitation_gets_no_new_link(wednesday, parent, visitor):
    used, ended = make_share(parent=parent, reader=visitor, agreed=False), make_share(parent=parent)
    ended.end(by=parent)
    for share in (used, ended):
        with pytest.raises(ValueError, match="used, or taken back"):
            share.invite()
        assert Share.objects.get(pk=share.pk).token_digest == ""


# Agreeing


def test_nobody_agrees_before_somebody_asked(wednesday, parent):
    share = make_share(parent=parent)
    with pytest.raises(ValueError, match="nothing to agree"):
        renew(share)
    assert Share.objects.get().agreed_at is None
    with pytest.raises(IntegrityError, match="agreed_after_asking"), transaction.atomic():
        Share.objects.update(agreed_at=datetime(2026, 3, 4, tzinfo=UTC))


def test_an_ended_share_cannot_be_renewed(share, parent, visitor):
    share.end(by=visitor)
    with pytest.raises(ValueError, match="nothing to agree"):
        renew(Share.objects.get())
    assert len(Share.objects.get().consents) == 1


def test_each_yes_keeps_what_was_read_and_signed(share, child):
    first = Share.objects.get().consents
    renew(share)
    old, new = Share.objects.get().consents
    assert [old] == first
    assert (old["signed_name"], old["children"], old["ends_on"]) == ("Jess Miller", [str(child.pk)], "2026-06-02")
    assert (new["signed_name"], new["children"], new["ends_on"]) == ("J. Miller", [], "2026-08-01")
    assert (new["text"], new["version"], new["language"]) == (["Other words."], "1.2", "es")
    assert new["reader"] == {"name": "Rosa Delgado", "program": "Little Steps"}
    assert share.parent_name == "J. Miller"


def test_a_share_that_ran_out_opens_again_with_a_new_yes_and_every_moment_starts_as_just_me(
    share, wednesday, visitor, child, moment
):
    moment.share_with([share])
    wednesday.move_to(datetime(2026, 6, 3, tzinfo=UTC), tick=False)
    assert not Moment.objects.visible_to(visitor).exists()
    # Its page says "Just me" now, and its parent writes what is for them alone.
    moment.rewrite({"content": moment.content | {"text": "For me alone."}}, version=1)
    renew(share, children=[child])
    assert not Moment.objects.visible_to(visitor).exists()
    assert not SharedMoment.objects.exists()
    moment.share_with([Share.objects.get()])
    assert list(Moment.objects.visible_to(visitor)) == [moment]


def test_a_new_yes_without_the_child_makes_its_moments_just_me_for_good(share, visitor, child, moment):
    moment.share_with([share])
    renew(share, children=[])
    assert not SharedMoment.objects.exists()
    renew(share, children=[child])
    assert not Moment.objects.visible_to(visitor).exists()


def test_a_new_yes_keeps_what_was_chosen_of_the_children_it_names(share, visitor, child, moment):
    moment.share_with([share])
    renew(share, children=[child])
    assert list(Moment.objects.visible_to(visitor)) == [moment]


def test_a_share_without_its_reader_waits_for_nobody_and_is_read_by_nobody(share, visitor, moment):
    moment.share_with([share])
    visitor.delete()
    left = Share.objects.get()
    assert not left.is_live
    assert not Share.objects.live().exists()
    Share.objects.update(agreed_at=None)
    assert not Share.objects.get().is_asked
    assert not Share.objects.to_visit().exists()


def test_all_of_a_readers_shares_end_at_once_and_no_others(share, visitor, parent, stranger, django_assert_num_queries):
    other = make_share(parent=stranger, reader=visitor)
    foreign = make_share(parent=stranger, reader=parent)
    with django_assert_num_queries(1):
        Share.objects.asked_by(visitor).end(by=visitor)
    ended = set(Share.objects.exclude(ended_at=None))
    assert ended == {share, other}
    assert foreign not in ended
    with django_assert_num_queries(1):
        Share.objects.asked_by(parent).end(by=visitor)
    assert Share.objects.get(pk=foreign.pk).ended_at is None


# Ending


@pytest.mark.parametrize("who", ["parent", "visitor"])
def test_either_side_ends_it_at_once_and_once(who, share, parent, visitor, moment, wednesday, request):
    moment.share_with([share])
    note = make_note(share=share, author=visitor, moment=moment)
    by = request.getfixturevalue(who)
    share.end(by=by)
    ended_at = Share.objects.get().ended_at
    assert share.ended_by == by
    assert not share.is_live
    assert not Share.objects.read_by(visitor).exists()
    assert not Share.objects.asked_by(visitor).exists()
    assert not Share.objects.endable_by(parent).exists()
    assert not Moment.objects.visible_to(visitor).exists()
    assert not Note.objects.visible_to(visitor).exists()
    assert list(Share.objects.editable_by(parent)) == [share]
    assert list(Note.objects.visible_to(parent)) == [note]
    wednesday.shift(timedelta(hours=1))
    share.end(by=parent)
    assert Share.objects.get().ended_at == ended_at
    assert Share.objects.get().ended_by == by


def test_a_request_can_be_taken_back_by_who_asked_or_declined(wednesday, parent, visitor):
    for who in (parent, visitor):
        share = make_share(parent=parent, reader=visitor, agreed=False)
        share.end(by=who)
        assert share.ended_by == who
        assert not share.is_asked


def test_a_stranger_ends_nothing(share, stranger, visitor):
    share.end(by=stranger)
    assert Share.objects.get().ended_at is None
    assert share.is_live
    assert list(Share.objects.read_by(visitor)) == [share]


def test_who_leaves_takes_their_shares_along_and_a_reader_their_name(share, parent, visitor, moment):
    moment.share_with([share])
    note = make_note(share=share, author=visitor, moment=moment)
    share.end(by=visitor)
    visitor.delete()
    kept = Share.objects.get()
    assert (kept.reader, kept.ended_by) == (None, None)
    assert kept.reader_name == "Rosa Delgado"
    note.refresh_from_db()
    assert (note.author, note.text) == (None, "Thank you for sharing.")
    parent.delete()
    assert not Share.objects.exists()
    assert not Note.objects.exists()
    assert not SharedMoment.objects.exists()


# What a share covers


def test_moments_of_a_child_that_was_not_named_open_nothing(share, parent, visitor, child):
    leo = make_child(parent=parent, name="Leo")
    moment = make_moment(author=parent, child=leo)
    moment.share_with([share])
    assert not SharedMoment.objects.exists()
    SharedMoment.objects.create(share=share, moment=moment)
    assert not Moment.objects.read_by(visitor).exists()
    assert not share.moments.exists()
    assert share.covers(child.pk)
    assert not share.covers(leo.pk)


@pytest.mark.parametrize("nameless", [True, False])
def test_moments_with_no_child_named_are_covered_by_their_own_box(nameless, wednesday, parent, visitor, child):
    share = make_share(parent=parent, reader=visitor, children=[child], nameless=nameless)
    moment = make_moment(author=parent)
    moment.share_with([share])
    assert SharedMoment.objects.exists() is share.covers(None) is nameless
    SharedMoment.objects.get_or_create(share=share, moment=moment)
    assert Moment.objects.visible_to(visitor).exists() is nameless
    assert share.moments.exists() is nameless


def test_the_box_for_no_child_says_nothing_of_a_child(wednesday, parent, visitor, child):
    share = make_share(parent=parent, reader=visitor, children=[], nameless=True)
    moment = make_moment(author=parent, child=child)
    SharedMoment.objects.create(share=share, moment=moment)
    assert not Moment.objects.visible_to(visitor).exists()


def test_a_moment_of_another_parent_is_never_of_this_share(share, stranger, visitor):
    theirs = make_moment(author=stranger)
    SharedMoment.objects.create(share=share, moment=theirs)
    assert not share.moments.exists()


def test_a_share_with_one_family_opens_nothing_of_another(share, parent, stranger, visitor, moment):
    other_child = make_child(parent=stranger, name="Ana")
    other = make_share(parent=stranger, reader=visitor, children=[other_child])
    theirs = make_moment(author=stranger, child=other_child)
    moment.share_with([share])
    theirs.share_with([other])
    assert list(share.moments) == [moment]
    assert list(other.moments) == [theirs]
    share.end(by=parent)
    assert list(Moment.objects.visible_to(visitor)) == [theirs]


def test_deleting_a_child_closes_its_moments(share, parent, visitor, child, moment):
    moment.share_with([share])
    make_note(share=share, author=visitor, moment=moment)
    gone = child.pk
    child.delete()
    assert not Moment.objects.visible_to(visitor).exists()
    assert not Note.objects.exists()
    assert share.is_live
    assert not share.covers(gone)


def test_deleting_a_child_never_makes_its_moments_nameless(share, child, moment):
    moment.share_with([share])
    child.delete()
    assert not Moment.objects.filter(child=None).exists()


# Choosing what is shared


def test_sharing_twice_counts_once_and_just_me_takes_it_back(share, visitor, moment):
    for _ in range(2):
        moment.share_with([share])
        assert list(Moment.objects.visible_to(visitor)) == [moment]
    assert SharedMoment.objects.count() == 1
    moment.share_with([])
    assert not SharedMoment.objects.exists()
    assert not Moment.objects.visible_to(visitor).exists()


def test_a_moment_that_was_not_shared_is_its_parents_alone(share, parent, visitor, stranger, moment):
    hidden = make_moment(author=parent, child=moment.child)
    moment.share_with([share])
    assert set(Moment.objects.visible_to(parent)) == {moment, hidden}
    assert list(Moment.objects.visible_to(visitor)) == [moment]
    assert not Moment.objects.visible_to(stranger).exists()
    assert not Moment.objects.editable_by(visitor).exists()


def test_a_parent_cannot_give_a_moment_to_the_reader_of_another_family(share, stranger, visitor):
    """Asked of the model itself: no form offers it."""
    own = make_moment(author=stranger, text="Not of this family.")
    own.share_with([share])
    Moment.objects.editable_by(stranger).read_too_by([share])
    assert not SharedMoment.objects.exists()
    assert not Moment.objects.visible_to(visitor).exists()


def test_another_readers_choice_is_left_out_of_this_ones(share, parent, stranger, visitor, moment):
    other = make_share(parent=parent, reader=stranger, children=[moment.child])
    moment.share_with([other])
    assert list(Moment.objects.visible_to(stranger)) == [moment]
    assert not Moment.objects.visible_to(visitor).exists()
    assert not share.moments.exists()
    moment.share_with([share])
    assert list(SharedMoment.objects.values_list("share", flat=True)) == [share.pk]


@pytest.mark.parametrize("state", ["ended", "run out", "asked", "invited"])
def test_a_share_that_is_not_live_takes_no_moments(state, wednesday, parent, visitor, child, moment):
    reader = visitor if state != "invited" else None
    share = make_share(parent=parent, reader=reader, children=[child], agreed=state in ("ended", "run out"))
    if state == "ended":
        share.end(by=parent)
    if state == "run out":
        wednesday.move_to(datetime(2026, 6, 3, tzinfo=UTC), tick=False)
    moment.share_with([share])
    assert not SharedMoment.objects.exists()


def test_an_edited_moment_stays_shared(share, visitor, moment):
    moment.share_with([share])
    moment.rewrite({"content": {"text": "New words."}}, version=1)
    assert [one.text for one in Moment.objects.visible_to(visitor)] == ["New words."]


@pytest.mark.parametrize(
    "change", [{"content": {"text": "x", "felt_unsafe": True}}, {"child_id": None}], ids=["scary", "moved"]
)
def test_marking_it_scary_or_moving_it_takes_it_out_of_every_readers_sight(change, share, visitor, moment):
    moment.share_with([share])
    note = make_note(share=share, author=visitor, moment=moment)
    moment.rewrite(change, version=1)
    assert not SharedMoment.objects.exists()
    assert not Moment.objects.visible_to(visitor).exists()
    assert not Note.objects.visible_to(visitor).exists()
    assert list(Note.objects.visible_to(share.parent)) == [note]


def test_a_scary_moment_is_shared_only_when_that_was_confirmed_and_stays_so_through_an_edit(share, visitor, parent):
    moment = make_moment(author=parent, felt_unsafe=True)
    with pytest.raises(ValueError, match="confirmed for itself"):
        moment.share_with([share])
    assert not SharedMoment.objects.exists()
    moment.share_with([share], confirmed=True)
    assert list(Moment.objects.visible_to(visitor)) == [moment]
    moment.rewrite({"content": moment.content | {"text": "Other words."}}, version=1)
    assert Moment.objects.visible_to(visitor).exists()
    # Keeping it with the same reader is not sharing it anew; a further reader is.
    moment.share_with([share])
    other = make_share(parent=parent, reader=make_user(email="other@example.com"))
    with pytest.raises(ValueError, match="confirmed for itself"):
        moment.share_with([share, other])
    assert list(SharedMoment.objects.values_list("share", flat=True)) == [share.pk]
    moment.share_with([])
    assert not SharedMoment.objects.exists()


def test_a_choice_is_its_parents_to_edit_and_its_readers_to_see(share, parent, visitor, stranger, moment):
    moment.share_with([share])
    chosen = SharedMoment.objects.get()
    assert list(SharedMoment.objects.editable_by(parent)) == list(SharedMoment.objects.visible_to(parent)) == [chosen]
    assert list(SharedMoment.objects.visible_to(visitor)) == [chosen]
    assert not SharedMoment.objects.editable_by(visitor).exists()
    assert not SharedMoment.objects.visible_to(stranger).exists()
    share.end(by=parent)
    assert not SharedMoment.objects.visible_to(visitor).exists()
    assert list(SharedMoment.objects.visible_to(parent)) == [chosen]


# Notes and visits


def test_a_note_is_read_by_both_and_deleted_by_who_wrote_it(share, parent, visitor, stranger, moment):
    moment.share_with([share])
    theirs, mine = (make_note(share=share, author=who, moment=moment) for who in (visitor, parent))
    for person in (parent, visitor):
        assert set(Note.objects.visible_to(person)) == {theirs, mine}
    assert not Note.objects.visible_to(stranger).exists()
    assert list(Note.objects.editable_by(visitor)) == [theirs]
    assert list(Note.objects.editable_by(parent)) == [mine]
    assert set(Note.objects.kept_by(parent)) == {theirs, mine}
    assert list(Note.objects.kept_by(parent).received_by(parent)) == [theirs]
    assert not Note.objects.kept_by(visitor).exists()
    assert not Note.objects.kept_by(stranger).exists()


def test_notes_of_a_moment_go_and_come_back_with_it_for_the_reader(share, parent, visitor, moment):
    moment.share_with([share])
    on_moment = make_note(share=share, author=parent, moment=moment)
    on_week, on_visit = (
        make_note(share=share, author=parent, monday=date(2026, 3, 2)),
        make_note(share=share, author=parent),
    )
    assert set(Note.objects.visible_to(visitor)) == {on_moment, on_week, on_visit}
    moment.share_with([])
    assert set(Note.objects.visible_to(visitor)) == {on_week, on_visit}
    assert Note.objects.visible_to(parent).count() == 3
    share.end(by=parent)
    assert not Note.objects.visible_to(visitor).exists()
    assert not Note.objects.editable_by(visitor).exists()


def test_notes_of_another_reader_are_not_read(share, parent, visitor, stranger, moment):
    other = make_share(parent=parent, reader=stranger, children=[moment.child])
    moment.share_with([share, other])
    note = make_note(share=other, author=stranger, moment=moment)
    assert not Note.objects.visible_to(visitor).exists()
    assert list(Note.objects.visible_to(stranger)) == [note]


def test_a_note_is_on_one_thing(share, visitor, moment):
    with pytest.raises(IntegrityError, match="a_note_is_on_one_thing"), transaction.atomic():
        make_note(share=share, author=visitor, moment=moment, monday=date(2026, 3, 2))
    assert not Note.objects.exists()


def test_a_visit_is_both_sides_until_the_share_ends_then_the_parents(share, parent, visitor, stranger, wednesday):
    visit = Visit.objects.plan(share)
    assert Visit.objects.plan(share) == visit
    assert list(Visit.objects.visible_to(parent)) == list(Visit.objects.visible_to(visitor)) == [visit]
    assert list(Visit.objects.editable_by(parent)) == [visit]
    for scoped in (Visit.objects.editable_by(visitor), Visit.objects.visible_to(stranger)):
        assert not scoped.exists()
    wednesday.move_to(datetime(2026, 6, 3, tzinfo=UTC), tick=False)
    assert not Visit.objects.visible_to(visitor).exists()
    assert list(Visit.objects.visible_to(parent)) == [visit]


def test_a_held_visit_makes_room_for_the_next_and_is_held_once(share, wednesday):
    visits = []
    for day in (5, 6, 7):
        wednesday.move_to(datetime(2026, 3, day, tzinfo=UTC), tick=False)
        visits.append(Visit.objects.plan(share))
        visits[-1].hold()
    held_at = visits[-1].held_at
    wednesday.shift(timedelta(days=1))
    visits[-1].hold()
    assert Visit.objects.get(pk=visits[-1].pk).held_at == held_at
    coming = Visit.objects.plan(share)
    assert list(Visit.objects.of_share(share)) == [coming, *reversed(visits)]
    assert Visit.objects.to_come(share) == coming
    other = make_share(parent=share.parent, reader=make_user(email="other@example.com"))
    assert not Visit.objects.of_share(other).exists()
    assert Visit.objects.to_come(other) is None
