"""Works a read file through, a chunk at a time: what it would change, or changes, and every problem by its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from tablib import Dataset

from journal.sheets.changes import COLUMNS, Change
from journal.sheets.prompts import PromptSheet
from journal.sheets.reading import Problem

CHUNK = 250


@dataclass
class Outcome:
    """What came of a file: the changes of all rows, in their order, and the problems."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def can_be_kept(self) -> bool:
        return bool(self.changes) and not self.problems

    @property
    def warned(self) -> int:
        return sum(bool(change.warnings) for change in self.changes)


def work_through(rows: list[tuple[int, dict[str, str]]], outcome: Outcome, *, dry_run: bool) -> Iterator[int]:
    """Yields how many rows are done, after each chunk. Without `dry_run` the caller holds the transaction.

    Then the rows were checked a moment ago, and each is held until the end.
    """
    sheet = PromptSheet(keeps=not dry_run)
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        data = Dataset(
            *[[number, *(row[name] for name in COLUMNS)] for number, row in chunk], headers=["row", *COLUMNS]
        )
        result = sheet.import_data(data, dry_run=dry_run, use_transactions=True)
        for invalid in result.invalid_rows:
            outcome.problems += problems_of(chunk[invalid.number - 1][0], invalid.error.message_dict)
        for number, errors in result.row_errors():
            outcome.problems += [Problem(chunk[number - 1][0], "", _("This row cannot be kept.")) for _one in errors]
        outcome.problems += [Problem(chunk[0][0], "", _("These rows cannot be kept.")) for _one in result.base_errors]
        outcome.changes = sheet.changes
        yield start + len(chunk)


def problems_of(number: int, by_column: dict[str, list[str]]) -> Iterator[Problem]:
    for name, reasons in by_column.items():
        column = {"wanted": "state", NON_FIELD_ERRORS: ""}.get(name, name)
        yield from (Problem(number, column, reason) for reason in reasons)
