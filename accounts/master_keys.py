"""The master keys: they wrap the data keys, and stand in the environment or a file, never in the database."""

import base64
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@cache
def master_keys() -> dict[str, bytes]:
    """Master keys by id, the current one first. Each is written `id:base64 of 32 bytes`.

    Raises ImproperlyConfigured for one that is neither.
    """
    keys: dict[str, bytes] = {}
    for written in settings.MASTER_KEYS:
        name, _, encoded = written.partition(":")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except ValueError:
            secret = b""
        if not name or len(secret) != 32 or name in keys:
            raise ImproperlyConfigured("A master key is written id:base64 of 32 bytes, each id once.")
        keys[name] = secret
    return keys
