"""What a row is in the file: plain values, as docs/export.md describes them, and in one order whoever's account it is.

A row that came from a file keeps the id it had there, so that a journal is the same file wherever it is kept.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from journal.models import Child, Draft, Moment, Note, Reading, Share, SharedMoment, Visit

FORMAT = "most-of-the-time"
VERSION = 1
QUESTION = ("prompt", "language", "version", "text")


def stamp(moment_at: datetime | None) -> str | None:
    return moment_at.astimezone(UTC).isoformat() if moment_at else None


def day(date_of: date | None) -> str | None:
    return date_of.isoformat() if date_of else None


def settings_row(user: User) -> dict[str, Any]:
    return {"language": user.language, "time_zone": user.time_zone, "shows_counts": user.shows_counts}


def children(user: User) -> QuerySet[Child]:
    """In the order of the file, each with its `file_id`."""
    return (
        Child.objects.editable_by(user)
        .annotate(file_id=Coalesce("came_as", "id"))
        .order_by("birth_month", "created_at", "file_id")
    )


def child_row(child: Any) -> dict[str, Any]:
    return {
        "id": str(child.file_id),
        "name": child.name,
        "birth_month": f"{child.birth_month:%Y-%m}",
        "added_at": stamp(child.created_at),
    }


def drafts(user: User) -> QuerySet[Draft]:
    """Begun, and kept as no moment yet: in a table of their own, not in the file that comes in again."""
    return Draft.objects.editable_by(user).annotate(file_edits=Coalesce("edits__came_as", "edits")).order_by("begun_at")


def draft_row(draft: Any) -> dict[str, Any]:
    return {
        "id": str(draft.form),
        "moment": str(draft.file_edits) if draft.file_edits else None,
        "begun_at": stamp(draft.begun_at),
        "typed_at": stamp(draft.typed_at),
        "typed": draft.content,
    }


def moments(user: User) -> QuerySet[Moment]:
    """Oldest first, each with the ids that it, its child and what it mends have in the file."""
    return (
        Moment.objects.editable_by(user)
        .annotate(
            file_id=Coalesce("came_as", "id"),
            file_child=Coalesce("child__came_as", "child"),
            file_repairs=Coalesce("repairs__came_as", "repairs"),
            mends_on=F("repairs__happened_on"),  # type: ignore[no-redef]  # Moment has its own
        )
        .select_related("child", "prompt_text__prompt")
        .order_by("happened_at", "file_id")
    )


def question_of(moment: Moment) -> dict[str, Any] | None:
    """The question answered, word for word."""
    asked = moment.prompt_text
    if asked is None:
        kept: dict[str, Any] | None = moment.content.get("question")
        return kept
    return dict(zip(QUESTION, (asked.prompt.slug, asked.language, asked.version, asked.text), strict=True))


def moment_row(moment: Any) -> dict[str, Any]:
    return {
        "id": str(moment.file_id),
        "kind": moment.kind,
        "happened_at": stamp(moment.happened_at),
        "day": day(moment.happened_on),
        "time_zone": moment.time_zone,
        "child": moment.file_child and str(moment.file_child),
        "mends": moment.file_repairs and str(moment.file_repairs),
        "starred": moment.starred,
        "question": question_of(moment),
        "text": moment.text,
        "cue": moment.cue,
        "did": moment.did,
        "feeling": moment.feeling,
        "felt_unsafe": moment.felt_unsafe,
        "written_at": stamp(moment.created_at),
        "changed_at": stamp(moment.edited_at),
    }


class Names:
    """The ids that a person's children and moments have in the file, where they differ from those they have here."""

    def __init__(self, user: User) -> None:
        self.known: dict[UUID, Any] = {}
        own: Any
        for own in (Child.objects.editable_by(user), Moment.objects.editable_by(user)):
            self.known |= dict(own.exclude(came_as=None).values_list("id", "came_as"))

    def of(self, row_id: UUID | None) -> str | None:
        return str(self.known.get(row_id, row_id)) if row_id else None


def shares(user: User) -> QuerySet[Share]:
    """Oldest first, each with its `file_id` and its children."""
    return (
        Share.objects.editable_by(user)
        .annotate(file_id=Coalesce("came_as", "id"))
        .order_by("invited_at", "file_id")
        .prefetch_related(Prefetch("children", to_attr="about"))
    )


def share_row(user: User, share: Any, names: Names) -> dict[str, Any]:
    """A share with all that hangs on it: the yeses, what was opened to the reader, visits, notes, readings."""
    shared = SharedMoment.objects.editable_by(user).filter(share=share)
    visits = Visit.objects.editable_by(user).filter(share=share)
    notes = Note.objects.visible_to(user).filter(share=share)
    readings = Reading.objects.editable_by(user).of_share(share)
    return {
        "id": str(share.file_id),
        "invited_name": share.invited_name,
        "reader": share.asked,
        "invited_at": stamp(share.invited_at),
        "asked_at": stamp(share.requested_at),
        "agreed_at": stamp(share.agreed_at),
        "ends_on": day(share.ends_on),
        "ended_at": stamp(ended_at(share)),
        "children": sorted(filter(None, (names.of(child.pk) for child in share.about))),
        "with_no_child_named": share.with_nameless,
        "consents": [consent_row(consent, names) for consent in share.consents],
        "moments": in_order(shared_row(one, names) for one in shared),
        "visits": in_order(visit_row(visit) for visit in visits),
        "notes": in_order(note_row(note, names) for note in notes),
        "readings": in_order(reading_row(reading, names) for reading in readings),
    }


def ended_at(share: Share) -> datetime | None:
    """When somebody ended it. Coming in from a file ends a share as well, which the file it came from does not know."""
    return share.ended_at if share.ended_by_id or not share.came_as else None


def in_order(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """By what they say: these rows have no name of their own in the file."""
    return sorted(rows, key=lambda row: [str(value or "") for value in row.values()])


def consent_row(consent: dict[str, Any], names: Names) -> dict[str, Any]:
    named = sorted(filter(None, (names.of(UUID(child)) for child in consent.get("children", ()))))
    return dict(sorted({**consent, "children": named}.items()))


def shared_row(shared: SharedMoment, names: Names) -> dict[str, Any]:
    return {"shared_at": stamp(shared.shared_at), "moment": names.of(shared.moment_id)}


def visit_row(visit: Visit) -> dict[str, Any]:
    return {"held_at": stamp(visit.held_at), "planned_on": day(visit.planned_on), "ask": visit.ask}


def note_row(note: Note, names: Names) -> dict[str, Any]:
    return {
        "written_at": stamp(note.written_at),
        "by": "me" if note.is_the_parents else "reader",
        "moment": names.of(note.moment_id),
        "week": day(note.monday),
        "text": note.text,
    }


def reading_row(reading: Reading, names: Names) -> dict[str, Any]:
    return {
        "opened_at": stamp(reading.opened_at),
        "opened": reading.opened,
        "moment": names.of(reading.of_moment),
        "week": day(reading.monday),
    }
