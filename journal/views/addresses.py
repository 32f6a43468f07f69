"""What an address names. What it cannot name is not there: 404."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import Http404

from journal.models import Child, Kind


def named_kind(value: str) -> Kind:
    if value not in Kind.values:
        raise Http404
    return Kind(value)


def named_id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise Http404 from error


def named_number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Http404
    return int(value)


def named_day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Http404 from error


def named_child(value: str | None, children: Sequence[Child]) -> Child | None:
    """One of these children; with none named the first, for an empty name none."""
    if value is None:
        return children[0] if children else None
    found = next((child for child in children if str(child.pk) == value), None)
    if value and found is None:
        raise Http404
    return found
