"""The admin's history: who changed which words, when, and from what to what."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from journal.admin.forms import WordsForm


def last_change(row: Any) -> LogEntry | None:
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related("user")
    return entries.order_by("action_time", "pk").last()


def told_last_change(row: Any) -> list[str]:
    """Who changed a row last, and when, as a sentence; none when no editor did."""
    change = last_change(row)
    if not change:
        return []
    told = {"who": change.user.email, "when": localize(localtime(change.action_time))}
    return [_("Last changed by %(who)s, %(when)s.") % told]


def carry_over(row: Any, pk: object) -> None:
    """What was done to a row belongs to another of its table, which comes in its place."""
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).update(object_id=str(pk))


def forget_history_of(row: Any) -> None:
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).delete()


def write_down(user: Any, rows: Iterable[tuple[Any, bool, str]]) -> None:
    """Many rows of one table at once: each with whether it is new, and what to say of it."""
    kind, entries = None, []
    for row, is_new, message in rows:
        kind = kind or ContentType.objects.get_for_model(row)
        flag = ADDITION if is_new else CHANGE
        entry = LogEntry(user=user, content_type=kind, object_id=str(row.pk), object_repr=str(row), action_flag=flag)
        entry.change_message = message
        entries.append(entry)
    LogEntry.objects.bulk_create(entries, batch_size=500)


def differences(form: "WordsForm") -> str:
    """One line for each field that a saved form changed."""
    return "\n".join(difference(form, name) for name in form.differing) or _("Nothing was changed.")


def difference(form: "WordsForm", name: str) -> str:
    before, after = form.in_words(name), form.in_words(name, form.cleaned_data.get(name) or "")
    label = capfirst(form.fields[name].label or name)
    if not before:
        return _("%(label)s: “%(after)s”") % {"label": label, "after": after}
    return _("%(label)s: “%(before)s” became “%(after)s”") % {"label": label, "before": before, "after": after}
