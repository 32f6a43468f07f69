"""One page that a person can meet, as the lists of pages name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

A_LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"


@dataclass(frozen=True)
class Page:
    """One page: who opens it ('' is signed out), by which requests before it, with what answer.

    Paths and what is sent name rows in braces; `{new}` is an e-mail that nobody used yet, `{code}` the code in the
    last mail to `mail_to`.
    """

    name: str
    path: str
    who: str = ""
    status: int = 200
    sent: Mapping[str, str] | None = None
    before: tuple[tuple[str, Mapping[str, str]], ...] = field(default=(), repr=False)
    mail_to: str = ""

    def __str__(self) -> str:
        return self.name
