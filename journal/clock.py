"""When something happened, from what a person typed or tapped."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TYPED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
EARLIER = timedelta(hours=2)
# What is sent again within it is the same: a second tap, a page sent twice.
SAME_TAP = timedelta(minutes=1)
LAST_NIGHT = time(21, 0)


def parse_local(typed: str, zone: ZoneInfo) -> datetime:
    """The instant of `YYYY-MM-DDTHH:MM` on the clock of `zone`, or by its own offset when it has one.

    An hour that comes twice is the first one; one that is skipped moves on by the skip.
    Raises ValueError for anything else, and for a time that has no date in UTC or in `zone`.
    """
    match = TYPED.fullmatch(typed.strip())
    if not match:
        raise ValueError("not a date and time")
    moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ''}")
    try:
        instant = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        instant.astimezone(zone)
    except OverflowError as error:
        raise ValueError("out of range") from error
    return instant


def format_local(moment: datetime, zone: ZoneInfo) -> str:
    """As `parse_local` reads it, to the minute."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def quick_choice(when: str, now: datetime, zone: ZoneInfo) -> datetime:
    """'earlier': two hours ago, not before midnight. 'last_night': yesterday at nine. Anything else: now."""
    here = now.astimezone(zone)
    if when == "earlier":
        midnight = datetime.combine(here.date(), time.min, zone)
        return max(now - EARLIER, midnight.astimezone(UTC))
    if when == "last_night":
        return datetime.combine(yesterday(here.date()), LAST_NIGHT, zone).astimezone(UTC)
    return now


def yesterday(day: date) -> date:
    return day - timedelta(days=1)
