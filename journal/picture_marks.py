"""The marks of one day, hung one below the other from the thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journal.stories import PicturedStory

WIDTH = 336
FIRST_DAY = 24
NEXT_DAY = 48
TOP = 31
"""Where a day's stem leaves the thread."""

MOST_MARKS = 6
"""A day's further stories are only counted: "+2"."""


class Reach(NamedTuple):
    """How one kind of mark hangs, in units downwards.

    Its middle is `from_top` below the thread, or `from_mark` below the mark
    above it. From the middle, its stem ends at `stem`, the mark itself at
    `foot`, and a number under it stands at `number`.
    """

    from_top: int
    from_mark: int
    stem: int
    foot: int
    number: int


REACH = {
    "responsive": Reach(from_top=9, from_mark=17, stem=0, foot=28, number=44),
    "reflection": Reach(from_top=16, from_mark=16, stem=0, foot=8, number=26),
    "missed": Reach(from_top=22, from_mark=27, stem=-10, foot=11, number=26),
    "repair": Reach(from_top=24, from_mark=24, stem=-5, foot=6, number=26),
}


@dataclass(frozen=True)
class Shape:
    """One thing to draw. `kind` says which of the other fields hold something.

    leaf: transform; ring, mend, tick: path; knot: x, y; more: x, y, text.
    """

    kind: str
    path: str = ""
    transform: str = ""
    x: str = ""
    y: str = ""
    text: str = ""


@dataclass(frozen=True)
class Mark:
    """One story in its place. `turn` is the slant of a leaf, in degrees."""

    story: PicturedStory
    x: int
    y: int
    turn: int

    @property
    def lowest(self) -> int:
        return self.y + REACH[self.story.kind].foot

    def shapes(self) -> Iterator[Shape]:
        x, y = self.x, self.y
        if self.story.kind == "responsive":
            yield Shape("leaf", transform=f"translate({x} {y}) rotate({self.turn})")
        elif self.story.kind == "reflection":
            yield Shape("tick", path=f"M{x - 5} {y + 6}L{x + 5} {y - 6}")
        elif self.story.kind == "repair":
            yield Shape("knot", x=str(x), y=str(y))
        else:
            yield Shape("ring", path=f"M{x + 9.1:g} {y - 4.2:g}A10 10 0 1 0 {x - 0.9:g} {y + 10}")
            if self.story.is_mended:
                yield Shape("mend", path=f"M{x + 9.9:g} {y - 1.3:g}A10 10 0 0 1 {x + 2} {y + 9.8:g}")


@dataclass(frozen=True)
class Garland:
    """The marks of one day, from the top down, and how many stories are left over."""

    x: int
    marks: tuple[Mark, ...]
    more: int

    @property
    def stem(self) -> int:
        """Where the stem ends. A knot below its own ring hangs by the sewing instead."""
        rings = {mark.story.id for mark in self.marks if mark.story.kind == "missed"}
        return max(mark.y + REACH[mark.story.kind].stem for mark in self.marks if mark.story.repairs_id not in rings)

    @property
    def lowest(self) -> int:
        return max((*(mark.lowest for mark in self.marks), self._number_y if self.more else 0))

    @property
    def _number_y(self) -> int:
        last = self.marks[-1]
        return last.y + REACH[last.story.kind].number

    def shapes(self) -> Iterator[Shape]:
        for mark in self.marks:
            yield from mark.shapes()
        if self.more:
            yield Shape("more", x=str(self.x), y=str(self._number_y), text=f"+{self.more}")


def hang(number: int, stories: Sequence[PicturedStory]) -> Garland:
    """Hang the stories of one day; `number` is 0 for Monday. Leaves slant to one side and the other in turn."""
    drawn = in_drawing_order(stories)[:MOST_MARKS]
    x, y = FIRST_DAY + NEXT_DAY * number, TOP
    side = 1 if number % 2 else -1
    marks: list[Mark] = []
    for story in drawn:
        reach = REACH[story.kind]
        y += reach.from_mark if marks else reach.from_top
        marks.append(Mark(story, x, y, side * _slant(len(marks), len(drawn))))
        side = -side
    return Garland(x, tuple(marks), len(stories) - len(drawn))


def _slant(place: int, drawn: int) -> int:
    if drawn == 1:
        return 14
    return 20 if place == drawn - 1 else 52


def in_drawing_order(stories: Sequence[PicturedStory]) -> list[PicturedStory]:
    """One day's responsive moments, reflections, missed cues each with its own repairs, and the other repairs."""
    missed = [story for story in stories if story.kind == "missed"]
    repairs = [story for story in stories if story.kind == "repair"]
    rings = {story.id for story in missed}
    return [
        *(story for story in stories if story.kind == "responsive"),
        *(story for story in stories if story.kind == "reflection"),
        *(each for cue in missed for each in (cue, *(repair for repair in repairs if repair.repairs_id == cue.id))),
        *(repair for repair in repairs if repair.repairs_id not in rings),
    ]
