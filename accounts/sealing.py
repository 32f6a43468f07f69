"""Sealed text: a model field that the database only ever holds encrypted.

AES-256-GCM (NIST SP 800-38D) under the author's own data key. The associated data is
`table.column : row id : author id`, so a value moved to another row, column or person does not open.
A stored value is: version (1 byte), data key id (16 bytes), nonce (12 bytes), ciphertext and tag.
"""

import json
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.text import validate_storable

VERSION = b"\x01"
NONCE_BYTES = 12
HEAD_BYTES = len(VERSION) + 16


class SealError(Exception):
    """A value could not be opened or sealed. Says which row, never what is in it."""


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Nonce, ciphertext and tag of `plain` under a 32-byte `key`, bound to the associated data."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def unseal(key: bytes, value: bytes, bound_to: bytes) -> bytes:
    """What `seal` was given. Raises SealError for a wrong key, a changed value or other associated data."""
    try:
        return AESGCM(key).decrypt(value[:NONCE_BYTES], value[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise SealError(f"cannot open {bound_to.decode()}") from error


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


class Sealed(bytes):
    """A value as stored, not opened yet."""


class SealedAttribute:
    """Opens the stored value when it is first read, and keeps it opened on that one instance."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self.field.open(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):  # type: ignore[type-arg]  # Django's Field takes no brackets at run time
    """Keeps a JSON value (a text, a list, a dict of them) sealed under the data key of the row's author.

    `author` names the foreign key to that person. The row needs its id and author before it is saved. A sealed
    field cannot be searched, updated in bulk or serialised: each raises FieldError or SealError.
    """

    descriptor_class: Any = SealedAttribute

    def __init__(self, *args: Any, author: str, **kwargs: Any) -> None:
        self.author = author
        super().__init__(*args, **(kwargs | {"editable": False}))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs | {"author": self.author}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__[self.attname]
        return value if isinstance(value, Sealed) else self.close(value, model_instance)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: save it through its row.")
        return None if value is None else connection.Database.Binary(value)  # type: ignore[attr-defined]

    def get_lookup(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed and cannot be looked up.")

    def value_to_string(self, obj: models.Model) -> str:
        raise SealError(f"{self.name} is sealed and leaves only by a person's own export.")

    def bound_to(self, row_id: UUID, author_id: UUID) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}:{row_id}:{author_id}".encode()

    def close(self, value: Any, instance: models.Model) -> Sealed | None:
        if value is None:
            return None
        from accounts.models import DataKey

        author_id = getattr(instance, f"{self.author}_id")
        for text in texts_in(value):
            validate_storable(text)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        key = DataKey.of(author_id)
        return Sealed(VERSION + key.id.bytes + seal(key.secret, plain.encode(), self.bound_to(instance.pk, author_id)))

    def open(self, value: Sealed, instance: models.Model) -> Any:
        return self.open_value(value, instance.pk, getattr(instance, f"{self.author}_id"))

    def open_value(self, value: bytes, row_id: UUID, author_id: UUID) -> Any:
        """What one stored value holds, given whose row it stands in: for reading many without making models."""
        from accounts.models import DataKey

        bound_to = self.bound_to(row_id, author_id)
        if value[: len(VERSION)] != VERSION or len(value) < HEAD_BYTES:
            raise SealError(f"unknown seal on {bound_to.decode()}")
        secret = DataKey.opening(UUID(bytes=bytes(value[len(VERSION) : HEAD_BYTES])), author_id)
        return json.loads(unseal(secret, value[HEAD_BYTES:], bound_to))
