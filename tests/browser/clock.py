"""When things happen in the browser tests: by the real clock, in a place where it is the middle of the day.

So no test runs into midnight, and "two hours ago" is always today.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONES = [
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Phoenix",
    "America/Bogota",
    "America/Sao_Paulo",
    "Atlantic/Cape_Verde",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Karachi",
    "Asia/Bangkok",
    "Asia/Tokyo",
    "Pacific/Noumea",
]
ZONE = min(ZONES, key=lambda name: abs(datetime.now(ZoneInfo(name)).hour - 13))


def now() -> datetime:
    """The parent's clock."""
    return datetime.now(ZoneInfo(ZONE))


def today() -> date:
    return now().date()


def last_week(weekday: int, hour: int) -> datetime:
    """A time on a day of the week before this one, Monday being 0."""
    monday = today() - timedelta(days=today().weekday() + 7)
    return datetime.combine(monday + timedelta(days=weekday), time(hour))


def months_ago(months: int) -> date:
    """The first day of a month that has passed."""
    number = today().year * 12 + today().month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def typed(moment: datetime) -> str:
    """As the field for day and time takes it."""
    return moment.strftime("%Y-%m-%dT%H:%M")
