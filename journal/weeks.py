"""A week of the journal: Monday to Sunday, in the parent's own dates."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

EARLIEST_DAY = date(2000, 1, 1)
"""No child of this journal was born before it: no week that ends earlier exists."""


@dataclass(frozen=True, order=True)
class Week:
    """The seven local dates that begin with `monday`.

    Raises ValueError for a date that is no Monday, for a week that ends
    before EARLIEST_DAY, and for one that runs past the last date Python has.
    """

    monday: date

    def __post_init__(self) -> None:
        if isinstance(self.monday, datetime):
            raise ValueError("A week begins with a local date, not with a point in time.")
        if self.monday.weekday() != 0:
            raise ValueError("A week begins on a Monday.")
        if self.monday > date.max - timedelta(days=6) or self.sunday < EARLIEST_DAY:
            raise ValueError("The week is out of range.")

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that holds `day`. Raises ValueError as the class does."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=number) for number in range(7))

    @property
    def is_earliest(self) -> bool:
        """True for the one week whose `previous` raises ValueError."""
        return self.monday <= EARLIEST_DAY

    @property
    def previous(self) -> Self:
        return type(self)(self.monday - timedelta(days=7))

    @property
    def next(self) -> Self:
        return type(self)(self.monday + timedelta(days=7))

    def __contains__(self, day: date) -> bool:
        return self.monday <= day <= self.sunday

    def label(self, today: date | None = None) -> str:
        """The week in words, in the active language: "March 2 to 8".

        The year is added unless the whole week lies in the year of `today`;
        with no `today` it is never added.
        """
        if today is None or self.monday.year == self.sunday.year == today.year:
            return self._span()
        if self.monday.year == self.sunday.year:
            return _("{span}, {year}").format(span=self._span(), year=self.monday.year)
        return _("{first} to {last}").format(first=_day_and_year(self.monday), last=_day_and_year(self.sunday))

    def _span(self) -> str:
        if self.monday.month == self.sunday.month:
            return _("{month} {first} to {last}").format(
                month=MONTHS[self.monday.month], first=self.monday.day, last=self.sunday.day
            )
        return _("{first} to {last}").format(first=_day(self.monday), last=_day(self.sunday))


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _day_and_year(day: date) -> str:
    return _("{day}, {year}").format(day=_day(day), year=day.year)
