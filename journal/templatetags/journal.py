"""How moments and days are said on a page."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from uuid import UUID

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.templatetags.house import fixed
from journal.choices import LABELS
from journal.excerpts import beginning, whole_on_paper
from journal.models import Child, Kind, Moment, Note, Share
from journal.outbox import digest_of

register = template.Library()
register.filter("digest", digest_of)


@register.filter
def day_words(day: date) -> str:
    """Today, yesterday, else the day; with its year when it is not of this year."""
    return _day_words(day, timezone.localdate(), get_language())


@lru_cache(maxsize=1000)
def _day_words(day: date, today: date, _language: str | None) -> str:
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
    return _full_day(day, get_language())


@lru_cache(maxsize=1000)
def _full_day(day: date, _language: str | None) -> str:
    return format_date(day, pgettext("date format", "l, F j"))


@register.filter
def since_day(day: date) -> str:
    """Month and day; with its year when it is not of this year."""
    if day.year == timezone.localdate().year:
        return format_date(day, pgettext("date format", "F j"))
    return format_date(day, pgettext("date format", "F j, Y"))


@register.filter
def clock_time(moment: Moment) -> str:
    """The hour by the clock where it happened: a template by itself would turn it to the reader's own."""
    return time_format(moment.local_time, "TIME_FORMAT")


@register.filter
def chip_line(moment: Moment) -> str:
    """The chosen chips in words."""
    labels = _labels(get_language())
    chosen = (("cue", moment.cue), ("did", moment.did), ("feeling", moment.feeling))
    return " · ".join([labels[name].get(value, value) for name, value in chosen if value])


@cache
def _labels(_language: str | None) -> dict[str, dict[str, str]]:
    """Each chip's words in the active language."""
    return {name: {value: str(label) for value, label in labels.items()} for name, labels in LABELS.items()}


@register.simple_tag
def moment_lines(moments: Sequence[Moment], under_its_day: bool = False, whole: bool = False) -> SafeString:
    """Moments in a list, one under the other."""
    return format_html_join("", "{}", ((moment_line(moment, under_its_day, whole),) for moment in moments))


def moment_line(moment: Moment, under_its_day: bool, whole: bool) -> SafeString:
    """One moment, with its repairs where the list tells them: frames that are kept, filled in."""
    text, chips = (whole_on_paper if whole else beginning)(moment.text), chip_line(moment)
    day, child = ("", None) if under_its_day else (day_words(moment.happened_on), moment.child)
    frame = fixed(
        "journal/partials/moment_line.html",
        kind=Kind(moment.kind),
        sewn=moment.is_sewn,
        starred=moment.starred,
        day=bool(day),
        child=bool(child),
        text=bool(text),
        chips=bool(chips),
        shared=bool(moment.readers),
    )
    repairs = [(repair.pk, day_words(repair.happened_on)) for repair in getattr(moment, "coming_back", ())]
    return format_html(
        frame,
        pk=moment.pk,
        day=day,
        child=child.name if child else "",
        text=text,
        chips=chips,
        repairs=repair_lines(repairs) if repairs else "",
        readers=reader_words(moment),
    )


@register.filter
def reader_names(moment: Moment) -> str:
    """Who can read a moment, beside its author."""
    return names_in_words([share.reader_name for share in moment.readers])


@register.filter
def reader_words(moment: Moment) -> str:
    """The standing line: who can read this."""
    names = reader_names(moment)
    return _("You and %(names)s can read this") % {"names": names} if names else _("Just me")


def names_in_words(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@register.filter
def share_names(shares: Sequence[Share]) -> str:
    return names_in_words([share.reader_name for share in shares])


@register.filter
def note_author(note: Note) -> str:
    """Who wrote it, in the parent's eyes, and to whom: each reader sees their own notes alone."""
    reader = note.share.reader_name
    return _("You to %(name)s") % {"name": reader} if note.is_the_parents else reader


def repair_lines(repairs: list[tuple[UUID, str]]) -> SafeString:
    frame = fixed("journal/partials/moment_repair.html")
    return format_html_join("", frame, ({"pk": pk, "day": day} for pk, day in repairs))


@register.filter
def age_words(child: Child, day: date) -> str:
    """A child's age: weeks are not known, so months up to two years, then years."""
    months = child.months_old(day)
    if months == 0:
        return _("newborn")
    if months < 24:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}


@register.filter
def when_words(instant: datetime) -> str:
    """Day and hour by the clock of who reads the page; with the year when it is not this one."""
    here = timezone.localtime(instant)
    day = full_day(here.date()) if here.year == timezone.localdate().year else date_format(here.date(), "DATE_FORMAT")
    return f"{day}, {time_format(here, 'TIME_FORMAT')}"


@register.filter
def day_of_text(instant: str) -> str:
    """The day of an instant, or a day, that is kept as text."""
    kept = datetime.fromisoformat(instant)
    return date_format((timezone.localtime(kept) if kept.tzinfo else kept).date(), "DATE_FORMAT")


STARRED = re.compile(r"\*\*(.+?)\*\*")
TO_CALL = re.compile(r"\b(911|988)\b")


@register.filter
def consent_words(paragraph: str) -> SafeString:
    """A paragraph of the consent: what stands between stars stands out, and the two numbers can be called."""
    parts = enumerate(STARRED.split(paragraph))
    return format_html_join(
        "", "{}", ((format_html("<strong>{}</strong>", part) if odd % 2 else with_calls(part),) for odd, part in parts)
    )


def with_calls(text: str) -> SafeString:
    parts = enumerate(TO_CALL.split(text))
    return format_html_join(
        "", "{}", ((format_html('<a href="tel:{}">{}</a>', part, part) if odd % 2 else part,) for odd, part in parts)
    )
