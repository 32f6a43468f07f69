"""Every step that people take in sharing, in any order. Hands do it, eyes look, the world says what they should see."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import DataKey
from journal.models import Moment, SharedMoment
from tests.factories import make_child, make_moment, make_user
from tests.stateful.world import Permit, Told, Word, World, monday_of

START = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
PARENTS = {"jess": "America/Los_Angeles", "ana": "UTC"}
READERS = ("rosa", "omar")
PEOPLE = (*PARENTS, *READERS, "stranger")
CHILDREN = {"Mia": "jess", "Leo": "jess", "Zoe": "ana"}
KINDS = ("responsive", "responsive", "missed", "missed", "reflection")
number = st.integers(0, 59)


def pick(items, chosen):
    """One of them, the same for the same number."""
    ordered = sorted(items)
    return ordered[chosen % len(ordered)]


def some(items, chosen):
    """Those of them whose bit is set."""
    return {item for place, item in enumerate(sorted(items)) if chosen >> place & 1}


class Sharing(RuleBasedStateMachine):
    """Set `hands_and_eyes` to a class that acts and looks: by rows, or by the real pages."""

    hands_and_eyes: type

    def __init__(self):
        super().__init__()
        DataKey.opened.clear()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.users = {
            name: make_user(email=f"{name}@example.com", time_zone=PARENTS.get(name, "UTC")) for name in PEOPLE
        }
        self.world = World(START, PARENTS, dict(CHILDREN))
        self.kids = {name: make_child(parent=self.users[parent], name=name) for name, parent in CHILDREN.items()}
        self.rows = {}
        self.shares = {}
        self.made = 0
        self.touched_moments, self.touched_shares, self.touched_weeks = set(), set(), set()
        self.hands = self.hands_and_eyes(self)

    def teardown(self):
        try:
            weeks = {monday_of(told.day) for told in self.world.moments.values()}
            self.look(PEOPLE, self.world.moments, self.world.permits, weeks)
            self.hands.look_at_the_end()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)
            self.clock.stop()

    def look(self, at_home, moments, shares, weeks):
        """All look at these; those `at_home` at their own pages too."""
        there = {one for one in moments if one in self.world.moments}
        assert self.rows_of_permission() == self.world.shared
        for person in PEOPLE:
            self.hands.look(person, there, set(shares), set(weeks))
        for person in at_home:
            self.hands.look_at_home(person, set(weeks))

    def rows_of_permission(self):
        shares = {pk: key for key, pk in self.shares.items()}
        moments = {pk: key for key, pk in self.rows.items()}
        return {(shares[one], moments[of]) for one, of in SharedMoment.objects.values_list("share", "moment")}

    def next(self):
        self.made += 1
        return self.made

    def touch(self, moment=None, share=None):
        if moment is not None:
            self.touched_moments.add(moment)
            self.touched_weeks.add(monday_of(self.world.moments[moment].day))
        if share is not None:
            self.touched_shares.add(share)

    # There is something to see from the start, in most of the runs.

    @initialize(ready=st.integers(0, 4))
    def begin(self, ready):
        for parent, child, kind in (
            ("jess", "Mia", "missed"),
            ("jess", "", "responsive"),
            ("ana", "Zoe", "responsive"),
        ):
            self.told(parent, child, kind, 1, unsafe=False)
        # One came back to it, and was scared the second time.
        for unsafe in (False, True):
            self.told("jess", "Mia", "repair", 0, unsafe=unsafe, mends=1)
        if ready:
            shares = [self.invited(parent) for parent in ("jess", "ana", "jess", "jess")]
            of_jess, of_ana, to_ana, over = shares
            for share, reader in zip(shares, ("rosa", "rosa", "ana", "omar"), strict=True):
                self.requested(share, reader)
                children = self.world_children(self.world.permits[share].parent)
                self.agreed(share, {"Mia"} if share == to_ana else children, 60)
            self.ended(over, "jess")
            self.chosen(1, {of_jess, to_ana}, repairs_too=True)
            for moment in (1, 2):
                self.chosen_of_any(moment, set(shares), repairs_too=True)
            self.chosen(2, {of_jess})
            self.chosen(3, {of_ana})
            # A new yes without the child ends what was chosen of it, and takes no more.
            self.agreed(of_jess, {""}, 60)
            self.chosen_of_any(1, {of_jess}, repairs_too=False)
            self.agreed(of_jess, self.world_children("jess"), 60)
            self.chosen(1, {of_jess, to_ana}, repairs_too=True)
            # Marking it takes it out of every reader's sight; it is shared again once it is unmarked.
            for unsafe in (True, False):
                self.rewritten(3, unsafe=unsafe)
            self.chosen(3, {of_ana})

    def world_children(self, parent):
        return {"", *(child for child, of in self.world.children.items() if of == parent)}

    # Writing

    @rule(parent=st.sampled_from(sorted(PARENTS)), child=number, kind=st.sampled_from(KINDS), ago=number, scary=number)
    def write(self, parent, child, kind, ago, scary):
        if len(self.world.moments) < 24:
            self.told(parent, pick(self.world_children(parent), child), kind, ago % 16, unsafe=scary % 10 == 9)

    @precondition(lambda self: any(told.kind == "missed" for told in self.world.moments.values()))
    @rule(missed=number, scary=number)
    def come_back(self, missed, scary):
        mends = pick((key for key, told in self.world.moments.items() if told.kind == "missed"), missed)
        told = self.world.moments[mends]
        if len(self.world.moments) < 24:
            days = max(0, (self.world.now.date() - told.day).days)
            self.told(told.parent, told.child, "repair", days // 2, unsafe=scary % 10 == 9, mends=mends)

    def told(self, parent, child, kind, ago, *, unsafe, mends=None):
        key = self.next()
        told = Told(parent, child, kind, self.world.now.date() - timedelta(days=ago), f"zq-{key:04}-q", unsafe, mends)
        self.world.moments[key] = told
        self.rows[key] = make_moment(
            author=self.users[parent],
            child=self.kids.get(child),
            kind=kind,
            # Noon in Greenwich is the same day for every parent here.
            happened_at=datetime(told.day.year, told.day.month, told.day.day, 12, tzinfo=UTC),
            repairs=Moment.objects.filter(pk=self.rows.get(mends)).first(),
            text=f"It was {told.word} here.",
            felt_unsafe=unsafe,
        ).pk
        self.touch(moment=key)

    @precondition(lambda self: self.world.moments)
    @rule(moment=number)
    def edit(self, moment):
        self.rewritten(pick(self.world.moments, moment), word=f"zq-{self.next():04}-q")

    @precondition(lambda self: self.world.moments)
    @rule(moment=number, unsafe=st.booleans())
    def mark_unsafe(self, moment, unsafe):
        moment = pick(self.world.moments, moment)
        if self.world.moments[moment].unsafe != unsafe:
            self.rewritten(moment, unsafe=unsafe)

    @precondition(lambda self: self.world.moments)
    @rule(moment=number, child=number)
    def move(self, moment, child):
        moment = pick(self.world.moments, moment)
        told = self.world.moments[moment]
        tied = told.mends is not None or any(other.mends == moment for other in self.world.moments.values())
        child = pick(self.world_children(told.parent), child)
        if not tied and child != told.child:
            self.rewritten(moment, child=child)

    def rewritten(self, moment, **changes):
        version = self.world.moments[moment].version
        self.world.rewrite(moment, **changes)
        self.hands.rewrite(moment, self.world.moments[moment], version)
        assert self.rows_of_permission() == self.world.shared
        self.touch(moment=moment)

    @precondition(lambda self: self.world.moments)
    @rule(moment=number)
    def delete(self, moment):
        moment = pick(self.world.moments, moment)
        self.touch(moment=moment)
        self.hands.delete(self.world.moments[moment].parent, moment)
        self.world.delete(moment)
        self.touched_shares |= set(self.world.permits)

    @precondition(lambda self: self.world.children)
    @rule(child=number, sure=number)
    def delete_child(self, child, sure):
        if sure % 6:
            return
        child = pick(self.world.children, child)
        self.hands.delete_child(self.world.children[child], self.kids[child])
        self.world.delete_child(child)
        self.touched_shares |= set(self.world.permits)

    # Sharing

    @precondition(lambda self: len(self.world.permits) < 7)
    @rule(parent=st.sampled_from(sorted(PARENTS)))
    def invite(self, parent):
        self.invited(parent)

    def invited(self, parent):
        share = self.next()
        self.shares[share] = self.hands.invite(parent, share)
        self.world.permits[share] = Permit(parent, self.world.now + timedelta(days=7))
        self.touch(share=share)
        return share

    @precondition(lambda self: self.world.permits)
    @rule(share=number, reader=st.sampled_from([*READERS, "ana"]))
    def redeem(self, share, reader):
        self.requested(pick(self.world.permits, share), reader)

    def requested(self, share, reader):
        permit = self.world.permits[share]
        self.hands.redeem(share, reader)
        if self.world.open(share) and reader != permit.parent:
            permit.reader = reader
        self.touch(share=share)

    @precondition(lambda self: any(one.reader and not one.ended for one in self.world.permits.values()))
    @rule(share=number, children=number, days=st.sampled_from([0, 1, 30, 90]))
    def agree(self, share, children, days):
        share = pick((key for key, one in self.world.permits.items() if one.reader and not one.ended), share)
        children = some(self.world_children(self.world.permits[share].parent), children)
        self.agreed(share, children or {""}, days)

    renew = agree

    def agreed(self, share, children, days):
        permit = self.world.permits[share]
        ends_on = self.world.today(permit.parent) + timedelta(days=days)
        self.hands.agree(share, children, ends_on)
        self.world.agree(share, frozenset(children), ends_on)
        assert self.rows_of_permission() == self.world.shared
        self.touch(share=share)

    def offered(self, moment):
        """The shares of its parent that can open it."""
        told, permits = self.world.moments[moment], self.world.permits.items()
        live = {one for one, permit in permits if permit.parent == told.parent and self.world.live(one)}
        return {one for one in live if told.child in self.world.permits[one].children}

    @precondition(lambda self: any(map(self.offered, self.world.moments)))
    @rule(moment=number, shares=st.integers(1, 15), both=st.booleans())
    def share(self, moment, shares, both):
        moment = pick(filter(self.offered, self.world.moments), moment)
        self.chosen(moment, some(self.offered(moment), shares) or self.offered(moment), repairs_too=both)

    share_more = share

    def chosen(self, moment, shares, *, repairs_too=False):
        self.hands.choose(moment, shares, repairs_too=repairs_too)
        self.touch_with_repairs(moment)
        self.world.choose(moment, shares, repairs_too=repairs_too)

    def touch_with_repairs(self, moment):
        for one in {moment} | self.world.repairs_of(moment):
            self.touch(moment=one)

    @precondition(lambda self: self.world.moments and self.world.permits)
    @rule(moment=number, shares=number, both=st.booleans())
    def share_with_anybody(self, moment, shares, both):
        """Also with who cannot be chosen: a share that is not live, or of another child, or another family's."""
        self.chosen_of_any(pick(self.world.moments, moment), some(self.world.permits, shares), repairs_too=both)

    def chosen_of_any(self, moment, shares, *, repairs_too):
        if self.hands.choose_any(moment, shares, repairs_too=repairs_too):
            self.world.choose(moment, shares, repairs_too=repairs_too)
        assert self.rows_of_permission() == self.world.shared
        self.touch_with_repairs(moment)

    @precondition(lambda self: any(map(self.world.live, self.world.permits)))
    @rule(share=number, week=number, boxes=number, both=st.booleans())
    def share_of_a_week(self, share, week, boxes, both):
        share = pick(filter(self.world.live, self.world.permits), share)
        weeks = {monday_of(told.day) for told in self.world.moments.values()}
        weeks = {monday for monday in weeks if self.world.listed(share, monday) and self.has_begun(share, monday)}
        if not weeks:
            return
        monday = pick(weeks, week)
        chosen = some(self.world.listed(share, monday), boxes)
        self.hands.choose_of_week(share, monday, chosen, repairs_too=both)
        self.world.choose_of_week(share, monday, chosen, repairs_too=both)
        for moment in self.world.listed(share, monday):
            self.touch_with_repairs(moment)
        self.touch(share=share)

    def has_begun(self, share, monday):
        return monday <= self.world.today(self.world.permits[share].parent)

    @precondition(lambda self: self.world.shared)
    @rule(pair=number)
    def take_back(self, pair):
        self.chosen(pick(self.world.shared, pair)[1], set())

    @precondition(lambda self: any(map(self.world.live, self.world.permits)))
    @rule(share=number, reader=st.booleans(), moment=number)
    def note(self, share, reader, moment):
        share = pick(filter(self.world.live, self.world.permits), share)
        permit, readable = self.world.permits[share], sorted(self.world.reads_through(share))
        place = pick(readable, moment) if readable else None
        week = monday_of(self.world.moments[place].day) if readable and self.week_is_open(share, place) else None
        key = self.next()
        word, by = f"zn-{key:04}-q", permit.reader if reader else permit.parent
        about, monday = ((place, None), (None, week), (None, None))[moment % 3]
        note = self.world.notes[key] = Word(share, by, about, monday, word)
        self.hands.note(key, note)
        self.touch(about, share)
        self.touched_weeks |= {monday} - {None}

    note_more = note

    def week_is_open(self, share, moment):
        return self.has_begun(share, monday_of(self.world.moments[moment].day))

    @precondition(lambda self: any(map(self.world.new_notes, PARENTS)))
    @rule(note=number)
    def put_away(self, note):
        note = pick(set().union(*map(self.world.new_notes, PARENTS)), note)
        self.hands.put_away(note)
        self.world.notes[note].is_seen = True
        self.touch(share=self.world.notes[note].share)

    @precondition(lambda self: any(map(self.world.live, self.world.permits)))
    @rule(share=number, held=st.booleans())
    def visit(self, share, held):
        share = pick(filter(self.world.live, self.world.permits), share)
        if held:
            self.hands.hold(share)
            self.world.hold(share)
        else:
            word = self.world.wishes[share] = f"za-{self.next():04}-q"
            self.hands.ask(share, word)
        self.touch(share=share)

    @precondition(lambda self: any(not one.ended for one in self.world.permits.values()))
    @rule(share=number, reader=st.booleans(), sure=number)
    def end(self, share, reader, sure):
        share = pick((key for key, one in self.world.permits.items() if not one.ended), share)
        permit = self.world.permits[share]
        if sure % 2:
            return
        self.ended(share, permit.reader if reader and permit.reader else permit.parent)

    def ended(self, share, by):
        self.hands.end(share, by)
        self.world.permits[share].ended = True
        self.touch(share=share)

    @rule(hours=st.sampled_from([1, 9, 24, 24 * 7, 24 * 31]))
    def clock_forward(self, hours):
        before = {share: self.of_the_clock(share) for share in self.world.permits}
        self.traveller.shift(timedelta(hours=hours))
        self.world.now += timedelta(hours=hours)
        self.hands.clock_moved()
        self.touched_shares |= {share for share, was in before.items() if self.of_the_clock(share) != was}

    def of_the_clock(self, share):
        """What of a share the time alone changes."""
        is_live = self.world.live(share)
        return is_live, self.world.open(share), self.world.week_of_visit(share) if is_live else None

    @invariant()
    def everybody_sees_what_they_should(self):
        about = [self.world.permits[one] for one in self.touched_shares]
        at_home = {name for one in about for name in (one.parent, one.reader) if name}
        at_home |= set(PARENTS) if self.touched_moments or self.touched_weeks else set()
        self.look(sorted(at_home), self.touched_moments, self.touched_shares, self.touched_weeks)
        self.touched_moments, self.touched_shares, self.touched_weeks = set(), set(), set()
