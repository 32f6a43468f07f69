"""Reads a file that an editor sends, CSV or XLSX, into rows of plain text; or says by row and column why it cannot.

Cells that a spreadsheet would take for a formula carry an apostrophe in front, put there and taken away here.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from journal.formulas import unescape

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 1_000
MOST_ROWS = 10_000
LONGEST_CELL = 1000
UNREADABLE = (BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError, SyntaxError, AttributeError, IndexError)


@dataclass(frozen=True)
class Problem:
    """What keeps a file out: the row as a spreadsheet counts it, the column's name or '', and the reason."""

    row: int
    column: str
    reason: str


class UnreadableError(Exception):
    """The file is no sheet of these columns."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(len(self.problems))


def read(data: bytes, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows that hold anything, each with its number. Raises UnreadableError with all problems found."""
    if len(data) > MOST_BYTES:
        raise UnreadableError([Problem(1, "", _("The file is larger than 5 MB. Send it in parts."))])
    table = read_workbook(data) if data.startswith(b"PK") else read_csv(data)
    if not table:
        raise UnreadableError([Problem(1, "", _("The file is empty."))])
    header = [str(cell).strip() for cell in table[0][1]]
    while header and not header[-1]:
        header.pop()
    if problems := list(header_problems(header, columns)):
        raise UnreadableError(problems)
    rows = [(number, cells) for number, cells in table[1:] if any(str(cell).strip() for cell in cells)]
    if len(rows) > MOST_ROWS:
        raise UnreadableError([Problem(MOST_ROWS + 2, "", _("At most 10,000 rows. Send the file in parts."))])
    if problems := [problem for number, cells in rows for problem in cell_problems(number, cells, header)]:
        raise UnreadableError(problems)
    return [(number, dict(zip(header, map(unescape, padded(cells, header)), strict=False))) for number, cells in rows]


def padded(cells: list[str], header: list[str]) -> list[str]:
    return [*cells, *[""] * (len(header) - len(cells))]


def header_problems(header: list[str], columns: Sequence[str]) -> Iterable[Problem]:
    for name in columns:
        if name not in header:
            yield Problem(1, name, _("This column is missing."))
        elif header.count(name) > 1:
            yield Problem(1, name, _("This column is there twice."))
    for name in dict.fromkeys(header):
        if name not in columns:
            yield Problem(1, name[:40], _("This column is not known."))


def cell_problems(number: int, cells: list[str], header: list[str]) -> Iterable[Problem]:
    if any(cell.strip() for cell in cells[len(header) :]):
        yield Problem(number, "", _("This row has more cells than the first row has names."))
    for name, cell in zip(header, cells, strict=False):
        if len(cell) > LONGEST_CELL:
            yield Problem(number, name, _("This cell is huge: at most 1,000 characters."))


def read_csv(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError([Problem(row, "", _("This is not UTF-8 text. Save the file as “CSV UTF-8”."))]) from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend(enumerate(reader, 1))
    except csv.Error as error:
        raise UnreadableError([Problem(len(rows) + 1, "", _("This row cannot be read as CSV."))]) from error
    return rows


def read_workbook(data: bytes) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # costs 8 MiB

    try:
        with ZipFile(io.BytesIO(data)) as parts:
            said = [part.file_size for part in parts.infolist()]
            if sum(said) > MOST_UNPACKED or len(said) > MOST_PARTS:
                raise UnreadableError([Problem(1, "", _("The file is larger than it looks. Send it in parts."))])
        sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
        rows = list(enumerate(([*row] for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=60)), 1))
    except UNREADABLE as error:
        raise UnreadableError([Problem(1, "", _("This is neither a CSV file nor an Excel workbook."))]) from error
    if problems := [Problem(row, "", reason) for row, cells in rows for reason in formulas(cells)]:
        raise UnreadableError(problems)
    return [(row, [as_text(cell.value) for cell in cells]) for row, cells in rows]


def formulas(cells: list[Any]) -> Iterable[str]:
    for cell in cells:
        if getattr(cell, "data_type", "") == "f":
            yield _("Cell %(cell)s holds a formula. Put its value there.") % {"cell": cell.coordinate}


def as_text(value: Any) -> str:
    """A cell as the same words that a CSV file would hold."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
