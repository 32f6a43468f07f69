"""What the pure rules about a week need to know of each thing written down.

A story is one moment or reflection as one person may see it. The querysets
hand stories over; the rules never ask the database.
"""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Protocol


class Story(Protocol):
    """One moment or reflection, enough of it to count a week."""

    @property
    def kind(self) -> str:
        """'responsive', 'missed', 'repair' or 'reflection'."""

    @property
    def happened_on(self) -> date:
        """The parent's local date."""

    @property
    def felt_unsafe(self) -> bool:
        """The parent marked it "felt scary or unsafe"."""

    @property
    def is_mended(self) -> bool:
        """Of a missed cue: at least one visible, unmarked repair is tied to it, whenever that happened."""

    @property
    def mends_on(self) -> date | None:
        """Of a repair: the local date of the visible missed cue it is tied to.

        A marked cue counts as visible to its own parent. None when the repair
        is tied to none, or to one this reader cannot see.
        """


class PicturedStory(Story, Protocol):
    """A story with its ties, enough of it to draw and tell a week."""

    @property
    def id(self) -> Hashable:
        """Names the story among the others."""

    @property
    def repairs_id(self) -> Hashable | None:
        """Of a repair: the id of the missed cue it is tied to."""

    @property
    def mended_on(self) -> Sequence[date]:
        """Of a missed cue: the local dates of its visible, unmarked repairs, in any order."""


class Stories(Protocol):
    """Everything one person may see of one child's journal, or of the moments with no child named."""

    def stories(self, first: date, last: date, /) -> Sequence[Story]:
        """The stories from `first` to `last`, both included, in the order they happened; at most two queries."""
