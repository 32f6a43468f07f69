"""What happened with a share, step by step, in the parent's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from journal.models import Share


@dataclass(frozen=True)
class Step:
    at: datetime
    words: str


def tell_steps(share: Share) -> list[Step]:
    """Oldest first."""
    return list(_steps(share))


def first_yes(share: Share) -> datetime | None:
    """When the parent agreed to it for the first time; a later yes renews or changes it."""
    return parse_datetime(share.consents[0]["agreed_at"]) if share.consents else None


def _steps(share: Share) -> Iterator[Step]:
    name = share.reader_name
    yield Step(share.invited_at, _("You invited %(name)s") % {"name": share.invited_name})
    if share.requested_at:
        yield Step(share.requested_at, _("%(name)s asked to read") % {"name": name})
    for number, consent in enumerate(share.consents):
        at = parse_datetime(consent["agreed_at"])
        if at:
            yield Step(at, _("You said yes again") if number else _("You said yes"))
    if share.ended_at:
        yield Step(share.ended_at, _how_it_ended(share) % {"name": name})
    elif share.is_run_out and share.ends_at:
        yield Step(share.ends_at, _("The last day was over"))


def _how_it_ended(share: Share) -> str:
    if share.ended_by_id is None:
        return _("Sharing was stopped")
    if share.ended_by_id == share.parent_id:
        return _("You stopped sharing") if share.agreed_at else _("You took it back")
    return _("%(name)s stopped reading") if share.agreed_at else _("%(name)s took it back")
