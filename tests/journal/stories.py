"""A journal without a database: what was written, and the stories that one person sees of it."""

from dataclasses import dataclass
from datetime import date

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
WEDNESDAY = date(2026, 3, 4)
THURSDAY = date(2026, 3, 5)
FRIDAY = date(2026, 3, 6)
SATURDAY = date(2026, 3, 7)
SUNDAY = date(2026, 3, 8)
LAST_FRIDAY = date(2026, 2, 27)
NEXT_MONDAY = date(2026, 3, 9)


@dataclass(frozen=True, eq=False)
class Written:
    """One thing written down; `mends` is the missed cue that a repair is tied to."""

    kind: str
    on: date
    mends: "Written | None"
    unsafe: bool
    shared: bool


@dataclass(frozen=True)
class FakeStory:
    """What a queryset hands over, as journal.stories asks."""

    id: int
    kind: str
    happened_on: date
    felt_unsafe: bool
    is_mended: bool
    mended_on: tuple[date, ...]
    mends_on: date | None
    repairs_id: int | None


def responsive(*, on=MONDAY, unsafe=False, shared=True):
    return Written("responsive", on, None, unsafe, shared)


def missed(*, on=MONDAY, unsafe=False, shared=True):
    return Written("missed", on, None, unsafe, shared)


def repair(*, on=MONDAY, mends=None, unsafe=False, shared=True):
    return Written("repair", on, mends, unsafe, shared)


def reflection(*, on=MONDAY, unsafe=False, shared=True):
    return Written("reflection", on, None, unsafe, shared)


def seen_by_parent(*journal):
    return [_story(written, journal) for written in journal]


def seen_by_reader(*journal):
    shared = [written for written in journal if written.shared]
    return [_story(written, shared) for written in shared]


def _story(written, visible):
    mended_on = tuple(other.on for other in visible if other.mends is written and not other.unsafe)
    cue = written.mends if written.mends in visible else None
    return FakeStory(
        id=id(written),
        kind=written.kind,
        happened_on=written.on,
        felt_unsafe=written.unsafe,
        is_mended=bool(mended_on),
        mended_on=mended_on,
        mends_on=cue and cue.on,
        repairs_id=cue and id(cue),
    )
