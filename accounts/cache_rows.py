"""The cache as the table it is by default: rows that name a person, and rows whose time is over.

Django takes away what is over only once the table is full. In Redis each entry goes with its time, by itself.
"""

from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone


def forget_person(user_id: UUID) -> None:
    """Tries that were counted for them, and codes they used: the libraries' keys hold their id."""
    delete_rows("cache_key LIKE %s", f"%{user_id}%")


def forget_what_is_over() -> None:
    delete_rows("expires < %s", connection.ops.adapt_datetimefield_value(timezone.now()))


def delete_rows(condition: str, value: Any) -> None:
    cache = caches["default"]
    if isinstance(cache, DatabaseCache):
        table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]  # noqa: SLF001
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {condition}", [value])  # noqa: S608
