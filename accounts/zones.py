"""Time zones as people know them: a city."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REGIONS = ("America", "Pacific", "Atlantic", "Africa", "Antarctica", "Arctic", "Asia", "Australia", "Europe", "Indian")


@cache
def zone_names() -> frozenset[str]:
    """IANA names of a region and a city, and UTC."""
    return frozenset(name for name in available_timezones() if name.startswith(REGIONS) and "/" in name) | {"UTC"}


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices for a form, grouped by region, cities in order."""
    groups = [
        (
            region,
            sorted(
                (name, name.partition("/")[2].replace("_", " "))
                for name in zone_names()
                if name.startswith(f"{region}/")
            ),
        )
        for region in REGIONS
    ]
    return [*groups, ("UTC", [("UTC", "UTC")])]


def validate_time_zone(name: str) -> None:
    if name not in zone_names():
        raise ValidationError(_("Pick a time zone from the list."), code="invalid")
