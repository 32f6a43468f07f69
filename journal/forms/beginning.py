"""What a form begins with: a kept moment as it was typed, or a draft as it was left."""

from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from journal import clock
from journal.models import Draft, Moment


def as_typed(moment: Moment) -> dict[str, Any]:
    return {
        **moment.content,
        "version": moment.version,
        "kind": moment.kind,
        "child": str(moment.child_id or ""),
        "prompt": moment.prompt_text_id,
        "happened_at": clock.format_local(moment.happened_at, moment.zone),
        "repairs": moment.repairs_id,
        "starred": moment.starred,
    }


def as_begun(draft: Draft, author: User) -> dict[str, Any]:
    """The fields of a draft. "Just now" is when it was begun, not when it is gone on with."""
    fields = {"id": str(draft.form), **draft.content}
    zone = ZoneInfo(draft.edits.time_zone) if draft.edits else author.zone
    if draft.edits is None and (happened_at := when_begun(draft, zone)):
        fields |= {"when": "other", "happened_at": happened_at}
    return fields


def when_begun(draft: Draft, zone: ZoneInfo) -> str:
    """Its day and time as the form writes them; as typed when they cannot be read, '' when they were not said."""
    typed, when = str(draft.content.get("happened_at", "")), str(draft.content.get("when", ""))
    if typed:
        with suppress(ValueError):
            return clock.format_local(clock.parse_local(typed, zone), zone)
        return typed
    return "" if when == "other" else clock.format_local(clock.quick_choice(when, draft.begun_at, zone), zone)
