"""Hands and eyes by the rows: the verbs of the models, and their querysets. Fast, and without a page."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from journal.models import Child, Moment, Note, Opened, Reading, Share, SharedMoment, Visit
from journal.news import News
from journal.week_counts import WeekCounts
from journal.weeks import Week
from tests.factories import make_note
from tests.stateful.world import monday_of


class Rows:
    def __init__(self, machine):
        self.machine, self.world = machine, machine.world
        self.notes, self.visits, self.opened = {}, {}, {}

    def user(self, name) -> User:
        return self.machine.users[name]

    def share(self, share) -> Share:
        return Share.objects.get(pk=self.machine.shares[share])

    def moment(self, moment) -> Moment:
        return Moment.objects.get(pk=self.machine.rows[moment])

    # Hands

    def rewrite(self, moment, told, version):
        content = {"text": f"It was {told.word} here.", "felt_unsafe": told.unsafe}
        child = self.machine.kids.get(told.child)
        self.moment(moment).rewrite({"content": content, "child_id": child and child.pk}, version=version)

    def delete(self, parent, moment):
        self.moment(moment).delete()

    def delete_child(self, parent, child):
        type(child).objects.get(pk=child.pk).delete()

    def invite(self, parent, share):
        made = Share.objects.create(parent=self.user(parent), invited_name="R", open_until=self.world.now)
        made.invite()
        return made.pk

    def redeem(self, share, reader):
        permit, is_open = self.world.permits[share], self.world.open(share)
        may_wait = reader != permit.parent if is_open else permit.reader == reader and not permit.ended
        assert self.share(share).request(by=self.user(reader), name=reader, program="Steps") == may_wait

    def agree(self, share, children, ends_on):
        named = [self.machine.kids[child] for child in children if child]
        signed = {"signed_name": "J", "shown": {"text": [], "version": "1.1", "language": "en"}}
        self.share(share).agree(children=named, nameless="" in children, ends_on=ends_on, **signed)
        with pytest.raises(ValueError, match="used"):
            self.share(share).invite()

    def choose(self, moment, shares, *, repairs_too=False):
        """What felt scary is refused unless it is confirmed; who may not be given it is left out."""
        kept, chosen = self.moment(moment), [self.share(one) for one in sorted(shares)]
        added = {one for one in shares if self.world.can_open(one, moment)} - {
            one for one, of in self.world.shared if of == moment
        }
        if self.world.moments[moment].unsafe and added:
            with pytest.raises(ValueError, match="confirmed"):
                kept.share_with(chosen)
        kept.share_with(chosen, confirmed=True)
        if repairs_too and not self.world.moments[moment].unsafe:
            repairs = Moment.objects.editable_by(kept.author).filter(repairs=kept)
            repairs.read_too_by([self.share(one) for one in sorted(added)])

    def choose_any(self, moment, shares, *, repairs_too):
        self.choose(moment, shares, repairs_too=repairs_too)
        return True

    def choose_of_week(self, share, monday, chosen, *, repairs_too):
        listed, parent = self.world.listed(share, monday), self.user(self.world.permits[share].parent)
        before = {one for one in listed if (share, one) in self.world.shared}
        own = Moment.objects.editable_by(parent)
        boxes = own.among([self.machine.rows[one] for one in chosen])
        pairs = SharedMoment.objects.editable_by(parent)
        pairs.open_exactly(self.share(share), boxes, [self.moment(one) for one in listed])
        if repairs_too:
            added = {repair for one in chosen - before for repair in self.world.repairs_of(one)} - before
            own.among([self.machine.rows[one] for one in added]).read_too_by([self.share(share)])

    def note(self, key, note):
        about = self.moment(note.moment) if note.moment else None
        place = {"moment": about, "monday": note.monday}
        row = make_note(share=self.share(note.share), author=self.user(note.author), text=note.word, **place)
        self.notes[row.pk] = key

    def put_away(self, note):
        next(one for one in Note.objects.all() if self.notes[one.pk] == note).put_away()

    def hold(self, share):
        self.visit(share).hold()

    def ask(self, share, word):
        self.visit(share).ask_for(word)

    def visit(self, share):
        visit = Visit.objects.plan(self.share(share))
        self.visits[visit.pk] = share
        return visit

    def end(self, share, by):
        self.share(share).end(by=self.user(by))
        with pytest.raises(ValueError, match="agree"):
            self.agree(share, {""}, self.world.now.date())
        with pytest.raises(ValueError, match="used"):
            self.share(share).invite()

    def clock_moved(self):
        pass

    # Eyes

    def look_at_the_end(self):
        """Nobody sees or edits anything."""
        for nobody in (None, AnonymousUser()):
            for model in (Share, SharedMoment, Moment, Note, Visit, Reading, Child):
                assert not model.objects.visible_to(nobody).exists()
                assert not model.objects.editable_by(nobody).exists()
            for scope in (Share.objects.read_by, Share.objects.asked_by, Share.objects.endable_by):
                assert not scope(nobody).exists()
            assert not Note.objects.kept_by(nobody).exists()

    def look(self, person, moments, shares, weeks):
        self.looks_at_moments(person)
        self.looks_at_shares(person)
        for share in sorted(shares & self.world.shares_of(person)):
            self.look_through(share, self.user(person))
            # By the clock of the parent, for whom it is a line to read.
            Reading.record(self.share(share), Opened.VISIT)
            self.opened[share] = self.opened.get(share, 0) + 1

    def look_at_home(self, person, weeks):
        """What stands on the pages of a parent: of the shares they gave, and nobody else's."""
        user, world = self.user(person), self.world
        assert self.keys_of(Note.objects.kept_by(user)) == world.notes_kept_by(person)
        own = {note.author for note in world.notes.values()} & {person}
        received = Note.objects.kept_by(user).received_by(user)
        assert self.keys_of(received) == {
            key for key in world.notes_kept_by(person) if world.notes[key].author not in own
        }
        for monday in weeks:
            on_week = {key for key in world.notes_kept_by(person) if world.notes[key].monday == monday}
            assert self.keys_of(Note.objects.kept_by(user).on_week(monday)) == on_week
        for moment, told in world.moments.items():
            on_moment = {key for key, note in world.notes.items() if note.moment == moment}
            if told.parent == person:
                assert self.keys_of(Note.objects.kept_by(user).on_moment(self.moment(moment))) == on_moment
        self.is_told_the_news(person)

    def is_told_the_news(self, person):
        user, world = self.user(person), self.world
        newest = list(Moment.objects.editable_by(user).newest_first()[:3])
        news, keys = News.of(user, newest), {pk: key for key, pk in self.machine.rows.items()}
        assert self.numbers_of(news.requests) == sorted(world.asks(person))
        assert {self.notes[note.pk] for note in news.new_notes} == world.new_notes(person)
        for moment in newest:
            assert self.numbers_of(moment.readers) == sorted(world.readers(keys[moment.pk]))

    def keys_of(self, notes):
        return {self.notes[pk] for pk in notes.values_list("pk", flat=True)}

    def looks_at_moments(self, person):
        user, world = self.user(person), self.world
        keys = {self.machine.rows[key]: key for key in world.moments}
        assert sorted(keys[pk] for pk in Moment.objects.visible_to(user).values_list("pk", flat=True)) == sorted(
            world.sees(person)
        )
        assert sorted(keys[pk] for pk in Moment.objects.read_by(user).values_list("pk", flat=True)) == sorted(
            world.reads(person)
        )
        own = {key for key, told in world.moments.items() if told.parent == person}
        assert {keys[pk] for pk in Moment.objects.editable_by(user).values_list("pk", flat=True)} == own
        assert sorted(self.notes[pk] for pk in Note.objects.visible_to(user).values_list("pk", flat=True)) == sorted(
            world.notes_of(person)
        )
        written = {key for key in world.notes_of(person) if world.notes[key].author == person}
        assert self.keys_of(Note.objects.editable_by(user)) == written
        pairs = SharedMoment.objects.read_by(user).values_list("share", "moment").distinct()
        read = {(one, key) for one in world.shares_of(person) for key in world.reads_through(one)}
        assert {(self.key_of(share), keys[moment]) for share, moment in pairs} == read
        given = {pair for pair in world.shared if world.permits[pair[0]].parent == person}
        for seen, expected in (("editable_by", given), ("visible_to", given | read)):
            pairs = getattr(SharedMoment.objects, seen)(user).values_list("share", "moment")
            assert {(self.key_of(share), keys[moment]) for share, moment in pairs} == expected
        children = {name for name, of in world.children.items() if of == person}
        for seen in ("editable_by", "visible_to"):
            assert {child.name for child in getattr(Child.objects, seen)(user)} == children

    def looks_at_shares(self, person):
        user, world = self.user(person), self.world
        mine = {share for share in world.permits if world.permits[share].parent == person}
        reads, permits = world.shares_of(person), world.permits
        assert self.numbers(Share.objects.read_by(user)) == sorted(reads)
        assert self.numbers(Share.objects.editable_by(user)) == sorted(mine)
        assert self.numbers(Share.objects.visible_to(user)) == sorted(reads | mine)
        endable = {key for key, one in permits.items() if not one.ended and person in (one.parent, one.reader)}
        assert self.numbers(Share.objects.endable_by(user)) == sorted(endable)
        asked = {key for key, one in permits.items() if not one.ended and one.reader == person}
        assert self.numbers(Share.objects.asked_by(user)) == sorted(asked)
        to_visit = {key for key in mine if world.live(key)} | world.asks(person)
        assert self.numbers(Share.objects.editable_by(user).to_visit()) == sorted(to_visit)
        for key in mine:
            row, one = self.share(key), permits[key]
            told = (world.open(key), world.live(key), key in world.asks(person), bool(one.reader) and not one.ended)
            assert (row.is_open, row.is_live, row.is_asked, row.may_be_agreed) == told
        counted = {key: len(world.reads_through(key)) for key in mine if world.reads_through(key)}
        told = SharedMoment.objects.editable_by(user).count_by_share()
        assert {self.key_of(pk): number for pk, number in told.items()} == counted
        for seen, shares in (("editable_by", mine), ("visible_to", mine | reads)):
            visits = getattr(Visit.objects, seen)(user).values_list("pk", flat=True)
            assert set(visits) == {pk for pk, share in self.visits.items() if share in shares}
        for seen in ("editable_by", "visible_to"):
            lines = list(getattr(Reading.objects, seen)(user).values_list("share", flat=True))
            assert len(lines) == sum(self.opened.get(share, 0) for share in mine)

    def key_of(self, pk):
        return next(key for key, of in self.machine.shares.items() if of == pk)

    def numbers_of(self, shares):
        return sorted(self.key_of(share.pk) for share in shares)

    def numbers(self, shares):
        of = {pk: key for key, pk in self.machine.shares.items()}
        return sorted(of[pk] for pk in shares.values_list("pk", flat=True))

    def look_through(self, share, user):
        world, readable = self.world, self.share(share).moments.visible_to(user)
        keys = {self.machine.rows[key]: key for key in world.moments}
        expected = world.reads_through(share)
        assert sorted(keys[one.pk] for one in readable) == sorted(expected)
        told = {key: world.moments[key] for key in expected}
        for key in expected:
            assert world.moments[key].word in self.moment(key).text
        for monday in {monday_of(one.day) for one in told.values()}:
            for child in {one.child for one in told.values()}:
                stories = readable.of_child(self.machine.kids.get(child)).stories(monday, Week(monday).sunday)
                counted = WeekCounts.count(stories, Week(monday))
                assert counted == world.counts(told, child, monday)
        for note in world.notes.values():
            place = (note.moment, note.monday)
            standing = {one for one in world.notes if self.stands_on(one, share, *place)}
            if note.moment is None or note.moment in expected:
                moment = self.machine.rows[note.moment] if note.moment else None
                place = {"moment": moment, "monday": note.monday}
                assert self.keys_of(Note.objects.visible_to(user).standing_on(self.share(share), **place)) == standing
        assert self.keys_of(Note.objects.kept_by(self.share(share).parent).standing_on(self.share(share))) == {
            key for key in world.notes if self.stands_on(key, share, None, None)
        }
        assert Reading.objects.of_share(self.share(share)).count() == self.opened.get(share, 0)
        ask = next((one.ask for one in Visit.objects.of_share(self.share(share)) if one.held_at is None), "")
        assert ask == world.wishes.get(share, "")

    def stands_on(self, note, share, moment, monday):
        note = self.world.notes[note]
        return (note.share, note.moment, note.monday) == (share, moment, monday)
