"""What ought to be seen: sharing as plain Python, with sets and no database. Everything is named by a number."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.summaries import summarize
from journal.week_counts import Band, WeekCounts

KINDS = {
    "responsive": "responding",
    "missed": "a cue that got by",
    "repair": "coming back",
    "reflection": "a thought",
}


BRIGHT = ("responsive", "repair")


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
    """A note: on a moment, on a week, or for the visit. `is_seen` when the parent put it away."""

    share: int
    author: str
    moment: int | None
    monday: date | None
    word: str
    is_seen: bool = False


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
    wishes: dict[int, str] = field(default_factory=dict)
    # What a parent wanted to talk about at visits that took place: it stays on the parent's own page.
    past_wishes: dict[int, set[str]] = field(default_factory=dict)

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
        shares = self.shares_of(person)
        return self.notes_kept_by(person) | {
            key
            for key, note in self.notes.items()
            if note.share in shares and (note.moment is None or note.moment in self.reads_through(note.share))
        }

    def notes_kept_by(self, parent: str) -> set[int]:
        return {key for key, note in self.notes.items() if self.permits[note.share].parent == parent}

    def new_notes(self, parent: str) -> set[int]:
        kept = {key: self.notes[key] for key in self.notes_kept_by(parent)}
        return {key for key, note in kept.items() if note.author != parent and not note.is_seen}

    def asks(self, parent: str) -> set[int]:
        """The shares that wait for this parent's first answer."""
        of_parent = {key: one for key, one in self.permits.items() if one.parent == parent}
        return {key for key, one in of_parent.items() if one.reader and not one.agreed and not one.ended}

    def readers(self, moment: int) -> set[int]:
        """The shares it can be read through."""
        return {share for share, one in self.shared if one == moment and moment in self.reads_through(share)}

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
        counted = [self.counts(told, child, monday) for child in self.children_told(share, monday)]
        return sorted(summarize(one).headline for one in counted)

    def children_told(self, share: int, monday: date) -> set[str]:
        """Of whom the week has a summary; "" where no child is named."""
        told = {key: self.moments[key] for key in self.reads_through(share)}
        children = {one.child for one in told.values() if monday_of(one.day) == monday}
        return {one for one in children if self.counts(told, one, monday).band not in (Band.HELD, Band.EMPTY)}

    def told_to_parent(self, parent: str, monday: date) -> list[str]:
        """The headlines of the parent's own week, sorted: one for each child, and one where no child is named."""
        told = {key: one for key, one in self.moments.items() if one.parent == parent}
        children = {child for child, of in self.children.items() if of == parent}
        if not children or any(not one.child and monday_of(one.day) == monday for one in told.values()):
            children.add("")
        return sorted(summarize(self.counts(told, child, monday)).headline for child in children)

    # Before a visit

    def since(self, share: int) -> set[int]:
        """What can be read of the days since the last visit, or since the first yes."""
        permit = self.permits[share]
        first = permit.held_on or permit.agreed_on
        return {one for one in self.reads_through(share) if self.moments[one].day >= first}

    def since_in_words(self, share: int) -> str:
        kinds = [self.moments[one].kind for one in self.since(share)]
        if not kinds:
            return "No shared moments."
        named = ", ".join(words for kind, words in KINDS.items() if kind in kinds)
        return f"{len(kinds)} shared moment{'' if len(kinds) == 1 else 's'}: {named}."

    def week_of_visit(self, share: int) -> date | None:
        """The last week that is over and holds a moment of those days: it is summed up whole."""
        today = self.today(self.permits[share].parent)
        weeks = {monday_of(self.moments[one].day) for one in self.since(share)}
        return max((monday for monday in weeks if monday + timedelta(days=6) < today), default=None)

    def newest(self, moments: set[int], kinds: tuple[str, ...]) -> set[int]:
        """Those of the last day among the ones of these kinds that did not feel scary."""
        safe = {one for one in moments if self.moments[one].kind in kinds and not self.moments[one].unsafe}
        last = max((self.moments[one].day for one in safe), default=None)
        return {one for one in safe if self.moments[one].day == last}

    def today(self, parent: str) -> date:
        return self.now.astimezone(ZoneInfo(self.zones.get(parent, "UTC"))).date()

    # What is done

    def hold(self, share: int) -> None:
        self.permits[share].held_on = self.today(self.permits[share].parent)
        if wish := self.wishes.pop(share, None):
            self.past_wishes.setdefault(share, set()).add(wish)

    def agree(self, share: int, children: frozenset[str], ends_on: date) -> None:
        """What was chosen under a yes that ran out, or of children that this one does not name, is private again."""
        permit, ran_out = self.permits[share], self.permits[share].agreed and not self.live(share)
        permit.agreed, permit.children = True, children
        permit.agreed_on = permit.agreed_on or self.today(permit.parent)
        zone = ZoneInfo(self.zones[permit.parent])
        permit.ends_at = datetime.combine(ends_on + timedelta(days=1), time(), zone)
        kept = frozenset() if ran_out else children
        self.shared = {pair for pair in self.shared if pair[0] != share or self.moments[pair[1]].child in kept}

    def can_open(self, share: int, moment: int) -> bool:
        permit, told = self.permits[share], self.moments[moment]
        return self.live(share) and permit.parent == told.parent and told.child in permit.children

    def repairs_of(self, moment: int) -> set[int]:
        return {key for key, told in self.moments.items() if told.mends == moment}

    def choose(self, moment: int, shares: set[int], *, repairs_too: bool = False) -> None:
        """Exactly these readers; with `repairs_too` what mends it is added to what the new ones read."""
        new = {one for one in shares if (one, moment) not in self.shared}
        self.shared = {pair for pair in self.shared if pair[1] != moment}
        self.shared |= {(one, moment) for one in shares if self.can_open(one, moment)}
        if repairs_too and not self.moments[moment].unsafe:
            self.add({(one, repair) for one in new for repair in self.repairs_of(moment)})

    def add(self, pairs: set[tuple[int, int]]) -> None:
        """What felt scary is never added unasked."""
        self.shared |= {pair for pair in pairs if self.can_open(*pair) and not self.moments[pair[1]].unsafe}

    def listed(self, share: int, monday: date) -> set[int]:
        """What of a week one reader may be given."""
        week = {key for key, told in self.moments.items() if monday_of(told.day) == monday and not told.unsafe}
        return {key for key in week if self.can_open(share, key)}

    def choose_of_week(self, share: int, monday: date, chosen: set[int], *, repairs_too: bool) -> None:
        """Of a week's list exactly these; what mends one that is new to the reader comes along, if it was private."""
        listed = self.listed(share, monday)
        before = {one for one in listed if (share, one) in self.shared}
        self.shared -= {(share, one) for one in listed - chosen}
        self.add({(share, one) for one in chosen})
        if repairs_too:
            self.add({(share, repair) for one in chosen - before for repair in self.repairs_of(one) - before})

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
