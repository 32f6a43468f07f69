"""Hands and eyes by the rows: the verbs of the models, and their querysets. Fast, and without a page."""

from accounts.models import User
from journal.models import Moment, Note, Share, SharedMoment, Visit
from journal.week_counts import WeekCounts
from journal.weeks import Week
from tests.factories import make_note
from tests.stateful.world import monday_of


class Rows:
    def __init__(self, machine):
        self.machine, self.world = machine, machine.world
        self.notes = {}

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
        self.share(share).request(by=self.user(reader), name=reader, program="Steps")

    def agree(self, share, children, ends_on):
        named = [self.machine.kids[child] for child in children if child]
        signed = {"signed_name": "J", "shown": {"text": [], "version": "1.1", "language": "en"}}
        self.share(share).agree(children=named, nameless="" in children, ends_on=ends_on, **signed)

    def choose(self, moment, shares):
        self.moment(moment).share_with([self.share(one) for one in shares], confirmed=True)

    def note(self, key, note):
        about = self.moment(note.moment) if note.moment else None
        row = make_note(share=self.share(note.share), author=self.user(note.author), moment=about, text=note.word)
        self.notes[row.pk] = key

    def hold(self, share):
        Visit.objects.plan(self.share(share)).hold()

    def ask(self, share, word):
        Visit.objects.plan(self.share(share)).ask_for(word)

    def end(self, share, by):
        self.share(share).end(by=self.user(by))

    def clock_moved(self):
        pass

    # Eyes

    def look(self, person, moments, shares):
        user, world = self.user(person), self.world
        keys = {self.machine.rows[key]: key for key in world.moments}
        assert sorted(keys[pk] for pk in Moment.objects.visible_to(user).values_list("pk", flat=True)) == sorted(
            world.sees(person)
        )
        assert sorted(keys[pk] for pk in Moment.objects.read_by(user).values_list("pk", flat=True)) == sorted(
            world.reads(person)
        )
        seen = [self.notes[pk] for pk in Note.objects.visible_to(user).values_list("pk", flat=True)]
        assert sorted(seen) == sorted(world.notes_of(person))
        mine = {share for share in world.permits if world.permits[share].parent == person}
        assert self.numbers(Share.objects.read_by(user)) == sorted(world.shares_of(person))
        assert self.numbers(Share.objects.visible_to(user)) == sorted(world.shares_of(person) | mine)
        endable = {key for key, one in world.permits.items() if not one.ended and person in (one.parent, one.reader)}
        assert self.numbers(Share.objects.endable_by(user)) == sorted(endable)
        pairs = SharedMoment.objects.read_by(user).values_list("share", "moment").distinct()
        assert {(one, keys[moment]) for one, moment in pairs} == {
            (self.machine.shares[share], moment)
            for share in world.shares_of(person)
            for moment in world.reads_through(share)
        }
        for share in shares & world.shares_of(person):
            self.look_through(share, user, keys)

    def numbers(self, shares):
        of = {pk: key for key, pk in self.machine.shares.items()}
        return sorted(of[pk] for pk in shares.values_list("pk", flat=True))

    def look_through(self, share, user, keys):
        world, readable = self.world, self.share(share).moments.visible_to(user)
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
        ask = next((one.ask for one in Visit.objects.of_share(self.share(share)) if one.held_at is None), "")
        assert ask == world.asks.get(share, "")
