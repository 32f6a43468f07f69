"""The six bands of age, in months: from, up to but not with."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OLDEST = 60


class Band(NamedTuple):
    name: "StrPromise"
    start: int
    end: int

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}"

    def meets(self, start: int, end: int) -> bool:
        """Whether some age of the band lies in this span."""
        return self.start < end and start < self.end


BANDS = (
    Band(gettext_lazy("0 to 3 months"), 0, 3),
    Band(gettext_lazy("3 to 6 months"), 3, 6),
    Band(gettext_lazy("6 to 12 months"), 6, 12),
    Band(gettext_lazy("1 to 2 years"), 12, 24),
    Band(gettext_lazy("2 to 3 years"), 24, 36),
    Band(gettext_lazy("3 to 5 years"), 36, OLDEST),
)


def bands_in(start: int, end: int) -> list[Band]:
    """The bands that a span of months meets, the youngest first."""
    return [band for band in BANDS if band.meets(start, end)]


def span_name(start: int, end: int) -> str:
    """A span of months in words: by its band when it is one, else by its two ends."""
    if (start, end) == (0, OLDEST):
        return _("every age")
    band = next((band for band in BANDS if (band.start, band.end) == (start, end)), None)
    return str(band.name) if band else _("%(start)s to %(end)s") % {"start": age_name(start), "end": age_name(end)}


def age_name(months: int) -> str:
    """One age in words: whole years as years."""
    if months and months % 12 == 0:
        years = months // 12
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
