"""What ought to be seen: sharing as plain Python, with sets and no database. Everything is named by a number."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.summaries import summarize
from journal.week_counts import Band, WeekCounts


@dataclass
class Told:
    """A moment. `word` stands in its text and nowhere else; an edit gives it another."""

    parent: str
    child: str
    kind: str
    day: date
    word: str
    unsafe: bool = False
    mends: int | None = None
    version: int = 1


@dataclass
class Permit:
    """A share, by who may do what until when."""

    parent: str
    open_until: datetime
    reader: str = ""
    agreed: bool = False
    ends_at: datetime | None = None
    children: frozenset[str] = frozenset()
    ended: bool = False
    agreed_on: date | None = None
    held_on: date | None = None


@dataclass
class Word:
    """A note."""

    share: int
    author: str
    moment: int | None
    word: str


@dataclass
class World:
    """Who is there and what happened. `shared` holds (share, moment)."""

    now: datetime
    zones: dict[str, str]
    children: dict[str, str] = field(default_factory=dict)
    moments: dict[int, Told] = field(default_factory=dict)
    permits: dict[int, Permit] = field(default_factory=dict)
    shared: set[tuple[int, int]] = field(default_factory=set)
    notes: dict[int, Word] = field(default_factory=dict)
    asks: dict[int, str] = field(default_factory=dict)

    # What each may see

    def live(self, share: int) -> bool:
        permit = self.permits[share]
        return permit.agreed and not permit.ended and self.now < permit.ends_at

    def open(self, share: int) -> bool:
        permit = self.permits[share]
        return not permit.reader and not permit.ended and self.now < permit.open_until

    def reads_through(self, share: int) -> set[int]:
        if not self.live(share):
            return set()
        covered = self.permits[share].children
        return {moment for one, moment in self.shared if one == share and self.moments[moment].child in covered}

    def shares_of(self, reader: str) -> set[int]:
        return {share for share, permit in self.permits.items() if permit.reader == reader and self.live(share)}

    def reads(self, reader: str) -> set[int]:
        return set().union(*(self.reads_through(share) for share in self.shares_of(reader)))

    def sees(self, person: str) -> set[int]:
        return {key for key, told in self.moments.items() if told.parent == person} | self.reads(person)

    def notes_of(self, person: str) -> set[int]:
        shares, readable = self.shares_of(person), self.reads(person)
        return {
            key
            for key, note in self.notes.items()
            if self.permits[note.share].parent == person
            or (note.share in shares and (note.moment is None or note.moment in readable))
        }

    # Weeks

    def counts(self, told: dict[int, Told], child: str, monday: date) -> WeekCounts:
        week = {key: one for key, one in told.items() if one.child == child and monday_of(one.day) == monday}
        safe = {key: one for key, one in week.items() if not one.unsafe and one.kind != "reflection"}
        mended = {one.mends for one in told.values() if one.mends in told and not one.unsafe}
        missed = {key for key, one in safe.items() if one.kind == "missed"}
        repairs = [one for one in safe.values() if one.kind == "repair"]
        unlinked = [one for one in repairs if one.mends not in told]
        earlier = [one for one in repairs if one.mends in told and monday_of(told[one.mends].day) < monday]
        weighed = [one for one in safe.values() if one.kind in ("responsive", "missed")] + unlinked
        return WeekCounts(
            responsive=sum(one.kind == "responsive" for one in safe.values()),
            missed=len(missed),
            missed_repaired=len(missed & mended),
            repairs_unlinked=len(unlinked),
            repairs_earlier=len(earlier),
            unsafe=sum(one.unsafe for one in week.values()),
            days=len({one.day for one in weighed}),
        )

    def told_to_reader(self, share: int, monday: date) -> list[str]:
        """The headlines of a week, sorted. A child of whom a moment felt scary has none, nor who has only thoughts."""
        told = {key: self.moments[key] for key in self.reads_through(share)}
        children = {one.child for one in told.values() if monday_of(one.day) == monday}
        counted = [self.counts(told, child, monday) for child in children]
        return sorted(summarize(one).headline for one in counted if one.band not in (Band.HELD, Band.EMPTY))

    def since_last_visit(self, share: int) -> int:
        permit = self.permits[share]
        first = permit.held_on or permit.agreed_on
        return sum(self.moments[one].day >= first for one in self.reads_through(share))

    def today(self, parent: str) -> date:
        return self.now.astimezone(ZoneInfo(self.zones[parent])).date()

    # What is done

    def hold(self, share: int) -> None:
        self.permits[share].held_on = self.today(self.permits[share].parent)
        self.asks.pop(share, None)

    def agree(self, share: int, children: frozenset[str], ends_on: date) -> None:
        permit = self.permits[share]
        permit.agreed, permit.children, permit.agreed_on = True, children, self.today(permit.parent)
        zone = ZoneInfo(self.zones[permit.parent])
        permit.ends_at = datetime.combine(ends_on + timedelta(days=1), time(), zone)

    def choose(self, moment: int, shares: set[int]) -> None:
        self.shared -= {pair for pair in self.shared if pair[1] == moment}
        child = self.moments[moment].child
        self.shared |= {(one, moment) for one in shares if self.live(one) and child in self.permits[one].children}

    def rewrite(self, moment: int, **changes) -> None:
        before = self.moments[moment]
        after = self.moments[moment] = replace(before, version=before.version + 1, **changes)
        if after.child != before.child or (after.unsafe and not before.unsafe):
            self.choose(moment, set())

    def delete(self, moment: int) -> None:
        self.choose(moment, set())
        del self.moments[moment]
        self.notes = {key: note for key, note in self.notes.items() if note.moment != moment}
        for told in self.moments.values():
            told.mends = None if told.mends == moment else told.mends

    def delete_child(self, child: str) -> None:
        for moment in [key for key, told in self.moments.items() if told.child == child]:
            self.delete(moment)
        for permit in self.permits.values():
            permit.children -= {child}
        del self.children[child]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
