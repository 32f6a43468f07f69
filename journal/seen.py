"""What a reader sees: of a moment, of a note. Built here and nowhere else, so that a page can reach no more of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from journal.choices import LABELS
from journal.models import Child, Moment, Note, Share


@dataclass(frozen=True)
class SeenMoment:
    """One shared moment: no hour, no feeling, no mark, no star, no other reader. `repairs` are shared ones alone."""

    id: UUID
    kind: str
    day: date
    child: str
    text: str
    cue: str
    did: str
    question: str
    question_language: str
    repairs: tuple["SeenMoment", ...] = ()

    @classmethod
    def of(cls, moment: Moment, repairs: Sequence[Moment] = ()) -> "SeenMoment":
        return cls(
            id=moment.pk,
            kind=moment.kind,
            day=moment.happened_on,
            child=moment.child.name if moment.child else "",
            text=moment.text,
            cue=str(LABELS["cue"].get(moment.cue, moment.cue)),
            did=str(LABELS["did"].get(moment.did, moment.did)),
            question=moment.question,
            question_language=moment.prompt_text.language if moment.prompt_text else "",
            repairs=tuple(cls.of(repair) for repair in repairs),
        )

    @property
    def chips(self) -> str:
        return " · ".join(filter(None, [self.cue, self.did]))


@dataclass(frozen=True)
class SeenNote:
    """One note, for either side."""

    id: UUID
    day: date
    text: str
    of_parent: bool

    @classmethod
    def of(cls, note: Note) -> "SeenNote":
        return cls(note.pk, timezone.localdate(note.written_at), note.text, note.is_the_parents)


@dataclass(frozen=True)
class Family:
    """One line of the list: the parent, the children whose moments can be read, the day of the next visit."""

    id: UUID
    parent: str
    about: tuple[Child, ...]
    visit_on: date | None

    @classmethod
    def of(cls, share: Share) -> "Family":
        """Of a share `with_next_visit`."""
        return cls(
            share.pk, share.parent_name, tuple(getattr(share, "about", ())), getattr(share, "next_visit_on", None)
        )

    @property
    def place(self) -> tuple[date, str, str]:
        """By the next visit, else by name: nothing else sorts families."""
        return self.visit_on or date.max, self.parent.casefold(), str(self.id)


@dataclass(frozen=True)
class Door:
    """Through which pages a share is read: the reader's own, or the parent's preview of the very same."""

    share: UUID
    parent: str
    reader: str
    is_preview: bool

    @classmethod
    def of(cls, share: Share, *, is_preview: bool = False) -> "Door":
        return cls(share.pk, share.parent_name, share.reader_name, is_preview)

    def _leads_to(self, page: str) -> str:
        return f"journal:{'preview' if self.is_preview else 'family'}-{page}"

    @property
    def visit(self) -> str:
        return self._leads_to("visit")

    @property
    def sheet(self) -> str:
        return self._leads_to("sheet")

    @property
    def weeks(self) -> str:
        return self._leads_to("week-list")

    @property
    def week(self) -> str:
        return self._leads_to("week")

    @property
    def moment(self) -> str:
        return self._leads_to("moment")


def by_day(moments: Iterable[Moment]) -> list[tuple[date, list[SeenMoment]]]:
    """The moments of a week day by day. A repair of the same week stands under its cue, not twice."""
    written = sorted(moments, key=lambda moment: moment.happened_on)
    under = {repair.pk for moment in written for repair in moment.coming_back}
    told = [moment for moment in written if moment.pk not in under]
    groups = groupby(told, lambda moment: moment.happened_on)
    return [(day, [SeenMoment.of(moment, moment.coming_back) for moment in of_day]) for day, of_day in groups]
