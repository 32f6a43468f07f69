"""QR codes, as shapes that a template draws."""

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class QrCode:
    """`side` is in modules, without the quiet zone; `path` is the `d` of an SVG path with a module for a unit."""

    side: int
    path: str

    @property
    def view_box(self) -> str:
        """With the quiet zone of four modules that the standard asks for (ISO/IEC 18004)."""
        return f"-4 -4 {self.side + 8} {self.side + 8}"

    @classmethod
    def of(cls, text: str) -> "QrCode":
        import segno  # few pages need it

        rows = segno.make(text, micro=False).matrix
        return cls(len(rows), "".join(run for y, row in enumerate(rows) for run in runs(row, y)))


def runs(row: bytearray, y: int) -> list[str]:
    """Each run of dark modules in a row as one rectangle."""
    found, x = [], 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            found.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return found
