"""Reading a file that somebody sends: the JSON itself, or the ZIP that holds it. It may be broken, huge or hostile."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from accounts.sealing import texts_in
from accounts.text import UNSTORABLE

# As large as the JSON may be, and as much as may be unpacked on the way to it.
LARGEST_JSON = 32 * 1024 * 1024
LARGEST_UNPACKED = 96 * 1024 * 1024
MEMBERS_AT_MOST = 100
# Brackets, braces and commas: each can become an object in memory.
PARTS_AT_MOST = 1_500_000
MEMBER = b"journal.json"
PIECE = 64 * 1024


class UnreadableError(Exception):
    """The file cannot be read; says why in a sentence for who sent it."""


def journal_in(data: bytes, passphrase: str = "") -> str:
    """The JSON text in a file. Raises UnreadableError."""
    found = unzip(data, passphrase) if data.startswith(b"PK") else data
    if len(found) > LARGEST_JSON:
        raise UnreadableError(_("This file is larger than we can read."))
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(not_ours()) from error


def not_ours() -> str:
    return _("This is not a file from this journal. Pick the ZIP that you saved, or journal.json out of it.")


def unzip(data: bytes, passphrase: str) -> bytes:
    pieces = (data[start : start + PIECE] for start in range(0, len(data), PIECE))
    left = LARGEST_UNPACKED
    # Loaded for who brings a ZIP in, and for nobody else.
    from stream_unzip import IncorrectPasswordError, MissingPasswordError, UnzipError, stream_unzip

    try:
        members = stream_unzip(pieces, password=passphrase.encode() or None, chunk_size=PIECE)
        for number, (name, _size, chunks) in enumerate(members):
            if number >= MEMBERS_AT_MOST:
                break
            found, left = take(chunks, left, keep=name.rpartition(b"/")[2] == MEMBER)
            if found is not None:
                return found
    except (MissingPasswordError, IncorrectPasswordError) as error:
        raise UnreadableError(_("This file has a passphrase. Type it, and pick the file again.")) from error
    except UnzipError as error:
        raise UnreadableError(_("This ZIP is broken. Save it once more, or pick another one.")) from error
    raise UnreadableError(not_ours())


def take(chunks: Iterator[bytes], left: int, *, keep: bool) -> tuple[bytes | None, int]:
    """The member's bytes if they are wanted, and how much may still be unpacked. Stops as soon as it is too much."""
    held = bytearray()
    for chunk in chunks:
        left -= len(chunk)
        if keep:
            held += chunk
        if left < 0 or len(held) > LARGEST_JSON:
            raise UnreadableError(_("This file is larger than we can read."))
    return (bytes(held) if keep else None), left


def parse(text: str) -> dict[str, Any]:
    """The values in the text. Raises UnreadableError for what is no JSON, too deep, or says a name twice."""
    if sum(text.count(sign) for sign in "[{,") > PARTS_AT_MOST:
        raise UnreadableError(_("This file is larger than we can read."))
    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=refuse, parse_float=refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(not_ours()) from error
    if not isinstance(value, dict) or value.get("format") != "most-of-the-time":
        raise UnreadableError(not_ours())
    if any(UNSTORABLE.search(part) for part in texts_in(value)):
        raise UnreadableError(_("This file holds a character that we can't keep."))
    return value


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def refuse(value: str) -> NoReturn:
    """The format has no number with a point, and none that is no number."""
    raise ValueError(f"not a number of ours: {value[:20]}")
