"""Whether a moment holds what was typed and chosen for it, or says just that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from journal import clock
from journal.forms import MomentForm
from journal.models import Moment

CHOSEN = ("kind", "child", "repairs", "starred", "cue", "did", "feeling", "felt_unsafe")
Fields = Mapping[str, Any]


def says(moment: Moment, form: MomentForm, fields: Fields) -> bool:
    """Whether it holds these fields and nothing more. The form is one that was sent them and has looked them over."""
    chosen = [(form.cleaned_data.get(name), getattr(moment, name)) for name in CHOSEN]
    return (
        holds(moment, form, fields)
        and moment.text.strip() == words_of(fields)
        and all(typed or not kept for typed, kept in chosen)
    )


def holds(moment: Moment, form: MomentForm, fields: Fields) -> bool:
    """Whether all of it stands in the moment. "Just now" is not compared: the phone's clock is another."""
    said = {name: form.cleaned_data.get(name) for name in CHOSEN}
    moment_at = form.cleaned_data.get("happened_at") if fields.get("when") not in (None, "now") else None
    return (
        moment.text.strip().startswith(words_of(fields))
        and all(value == getattr(moment, name) for name, value in said.items() if value)
        and (not moment_at or to_the_minute(moment_at, moment) == to_the_minute(moment.happened_at, moment))
    )


def words_of(fields: Fields) -> str:
    return str(fields.get("text", "")).replace("\r\n", "\n").strip()


def to_the_minute(moment_at: datetime, moment: Moment) -> str:
    return clock.format_local(moment_at, moment.zone)
