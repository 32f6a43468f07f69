"""The admin's history: who changed which words, when, and from what to what."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from journal.admin.forms import WordsForm


def last_change(row: Any) -> LogEntry | None:
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related("user")
    return entries.order_by("action_time", "pk").last()


def differences(form: "WordsForm") -> str:
    """One line for each field that a saved form changed."""
    return "\n".join(difference(form, name) for name in form.differing) or _("Nothing was changed.")


def difference(form: "WordsForm", name: str) -> str:
    before, after = form.in_words(name), form.in_words(name, form.cleaned_data.get(name) or "")
    label = capfirst(form.fields[name].label or name)
    if not before:
        return _("%(label)s: “%(after)s”") % {"label": label, "after": after}
    return _("%(label)s: “%(before)s” became “%(after)s”") % {"label": label, "before": before, "after": after}
