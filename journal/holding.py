"""Whether a moment holds what was typed and chosen for it, or says just that."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from journal import clock
from journal.forms import MomentForm
from journal.models import Moment
from journal.models.draft_queries import CHOSEN, Fields


def says(moment: Moment, form: MomentForm, fields: Fields) -> bool:
    """Whether it holds these fields and nothing more. The form was sent them, and is checked."""
    return (
        holds(moment, form, fields)
        and moment.text.strip() == words_of(fields)
        and all(chosen or not kept for chosen, kept in choices(moment, form))
    )


def holds(moment: Moment, form: MomentForm, fields: Fields) -> bool:
    """Whether all of it stands in the moment. "Just now" is not compared: the phone's clock is another."""
    is_dated = form.moment or fields.get("when") not in (None, "now")
    moment_at = form.cleaned_data.get("happened_at") if is_dated else None
    return (
        moment.text.strip().startswith(words_of(fields))
        and all(not chosen or chosen == kept for chosen, kept in choices(moment, form))
        and (not moment_at or to_the_minute(moment_at, moment) == to_the_minute(moment.happened_at, moment))
    )


def choices(moment: Moment, form: MomentForm) -> Iterator[tuple[Any, Any]]:
    """Each choice as it was sent, and as the moment has it."""
    kept = {"prompt": moment.prompt_text}
    for name in CHOSEN:
        yield form.cleaned_data.get(name), kept[name] if name in kept else getattr(moment, name)


def words_of(fields: Fields) -> str:
    return str(fields.get("text", "")).replace("\r\n", "\n").strip()


def to_the_minute(moment_at: datetime, moment: Moment) -> str:
    return clock.format_local(moment_at, moment.zone)
