"""The ZIP, written as it is sent. With a passphrase it is sealed by AES-256 (WinZip's AE-2, as 7-Zip and others open)."""

from collections.abc import Iterator
from stat import S_IFREG

from journal.models import Parcel


def zip_of(parcel: Parcel, passphrase: str = "") -> Iterator[bytes]:
    """Of a parcel that is ready and taken; erased when the last of it is sent, or the line breaks."""
    # Loaded (5 MiB with its ciphers) for who takes a journal along, and for nobody else.
    from stream_zip import ZIP_32, stream_zip

    try:
        members = (
            (name, parcel.begun_at, S_IFREG | 0o600, ZIP_32, (piece.encode() for piece in parcel.read(name)))
            for name in parcel.members()
        )
        yield from stream_zip(members, password=passphrase or None)
    finally:
        parcel.delete()
