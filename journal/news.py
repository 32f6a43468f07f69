"""What waits for a parent on Today: words to go on with, who asks to read, and what readers wrote."""

from dataclasses import dataclass
from typing import Any, Self

from accounts.models import User
from journal.models import Moment, Note, Offered, Share
from journal.waiting import Waiting


@dataclass(frozen=True)
class News:
    offered: Offered | None = None
    requests: tuple[Share, ...] = ()
    new_notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, parent: User, moments: list[Moment]) -> Self:
        """It also gives each of these few moments its `readers`. Two queries, a plain one for who shares with nobody."""
        waiting = Waiting.of(parent)
        if not waiting.has_shares:
            return cls(waiting.offered)
        rows: list[Any] = list(Share.objects.editable_by(parent).with_news(moments))
        shares = {row.pk: row for row in rows}
        for place, moment in enumerate(moments):
            moment.readers = [share for share in shares.values() if getattr(share, f"opens_{place}")]
        return cls(
            waiting.offered,
            requests=tuple(share for share in shares.values() if share.is_asked),
            new_notes=tuple(new_note(row) for row in rows if row.note_id),
        )


def new_note(row: Any) -> Note:
    """The note that stands in a row beside its share."""
    return Note(
        id=row.note_id,
        share=row,
        parent_id=row.parent_id,
        text=row.note_text,
        moment_id=row.note_moment,
        monday=row.note_monday,
    )
