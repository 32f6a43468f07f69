"""How moments and days are said on a page."""

from datetime import date, timedelta

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journal.choices import LABELS
from journal.models import Child, Moment

register = template.Library()


@register.filter
def day_words(day: date) -> str:
    """Today, yesterday, else the day; with its year when it is not of this year."""
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day.year == today.year:
        return format_date(day, pgettext("date format", "D, M j"))
    return format_date(day, pgettext("date format", "M j, Y"))


@register.filter
def full_day(day: date) -> str:
    """Weekday, month and day."""
    return format_date(day, pgettext("date format", "l, F j"))


@register.filter
def chip_line(moment: Moment) -> str:
    """The chosen chips in words."""
    chosen = (("cue", moment.cue), ("did", moment.did), ("feeling", moment.feeling))
    return " · ".join(str(LABELS[name].get(value, value)) for name, value in chosen if value)


@register.filter
def age_words(child: Child, day: date) -> str:
    """A child's age: weeks are not known, so months up to two years, then years."""
    months = child.months_old(day)
    if months == 0:
        return _("newborn")
    if months < 24:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}
