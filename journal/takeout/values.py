"""The values of one object of the file, each checked as it is read; what is wrong is noted with its place."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from journal.weeks import EARLIEST_DAY

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(\+00:00|Z)", re.ASCII)
# The earliest day began so early in the zones that are ahead.
EARLIEST = datetime.combine(EARLIEST_DAY, time(), UTC) - timedelta(days=1)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Problem:
    """Where in the file, and what is wrong there, in words."""

    place: str
    what: str


@dataclass
class Problems:
    """What was found, in order; of a long list the first few are kept and the rest counted."""

    found: list[Problem] = field(default_factory=list)
    total: int = 0
    KEPT = 20

    def add(self, place: str, what: str) -> None:
        self.total += 1
        if len(self.found) < self.KEPT:
            self.found.append(Problem(place, what))

    @property
    def more(self) -> int:
        return self.total - len(self.found)


class Row:
    """One object. Each reader gives back the value, or after noting a problem something dull of the same sort."""

    def __init__(self, value: Any, place: str, names: Collection[str], problems: Problems) -> None:
        self.place, self.problems = place, problems
        self.held: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.wrong(_("This is not what should stand here."))
        elif set(value) != set(names):
            odd = ", ".join(sorted(repr(name)[1:-1][:30] for name in set(value) ^ set(names))[:5])
            self.wrong(_("Something is missing here, or too much: %(names)s.") % {"names": odd})

    def wrong(self, what: str) -> None:
        self.problems.add(self.place, what)

    def not_read(self, name: str) -> None:
        self.wrong(_("We can't read “%(name)s”.") % {"name": name})

    def text(self, name: str, longest: int) -> str:
        value = self.held.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            self.not_read(name)
            return ""
        return value

    def choice(self, name: str, allowed: Collection[str]) -> str:
        value = self.text(name, 64)
        if value not in allowed:
            self.not_read(name)
        return value

    def flag(self, name: str) -> bool:
        value = self.held.get(name, False)
        if not isinstance(value, bool):
            self.not_read(name)
        return value is True

    def number(self, name: str, most: int) -> int:
        value = self.held.get(name, 0)
        if type(value) is not int or not 0 <= value <= most:
            self.not_read(name)
            return 0
        return value

    def name_of(self, name: str, *, optional: bool = False) -> UUID | None:
        value = self.held.get(name)
        if value is None and optional:
            return None
        try:
            found = UUID(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or str(found) != value:
            self.not_read(name)
        return found

    def stamp(self, name: str, *, optional: bool = False) -> datetime | None:
        value = self.held.get(name)
        if value is None and optional:
            return None
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) and STAMP.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None or not EARLIEST <= found < LATEST:
            self.not_read(name)
            return None
        return found

    def day(self, name: str, *, optional: bool = False, pattern: re.Pattern[str] = DAY) -> date | None:
        value = self.held.get(name)
        if value is None and optional:
            return None
        try:
            found = date.fromisoformat(f"{value}-01"[:10]) if pattern.fullmatch(str(value)) else None
        except ValueError:
            found = None
        if found is None or not EARLIEST_DAY <= found < LATEST.date():
            self.not_read(name)
            return None
        return found

    def month(self, name: str) -> date | None:
        return self.day(name, pattern=MONTH)

    def rows(self, name: str, most: int) -> list[Any]:
        value = self.held.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            self.not_read(name)
            return []
        return value
