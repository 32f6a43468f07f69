"""A secret key of a person, kept wrapped by a master key, and the keys that this process has opened."""

from collections import OrderedDict
from typing import ClassVar, Self, TypeVar
from uuid import UUID, uuid4

from django.db import models

from accounts.master_keys import master_keys
from accounts.sealing import SealError, seal, unseal

Key = TypeVar("Key", bound="WrappedKey")


class WrappedKeyQuerySet(models.QuerySet[Key]):
    def to_rewrap(self) -> Self:
        """Those not under the current master key."""
        return self.exclude(master=next(iter(master_keys())))


class WrappedKey(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    master = models.CharField(max_length=32)
    wrapped = models.BinaryField()

    user_id: UUID  # each kind of key has its `user`

    # Opened keys of this process, by id, the latest used last. Ids are never used again, so none goes stale.
    opened: ClassVar[OrderedDict[UUID, tuple[UUID, bytes]]] = OrderedDict()
    OPENED_AT_MOST: ClassVar[int] = 500

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def secret(self) -> bytes:
        """The 32 bytes themselves. Raises SealError without the master key they were wrapped with."""
        if self.master not in master_keys():
            raise SealError(f"no master key {self.master} for data key {self.pk}")
        return unseal(master_keys()[self.master], bytes(self.wrapped), self.bound_to)

    @property
    def bound_to(self) -> bytes:
        return f"{self._meta.db_table}.wrapped:{self.pk}:{self.user_id}".encode()

    def wrap(self, secret: bytes) -> None:
        """Set the wrapping under the current master key; the caller saves."""
        self.master = next(iter(master_keys()))
        self.wrapped = seal(master_keys()[self.master], secret, self.bound_to)

    def rewrap(self) -> None:
        """Put the same secret under the current master key. Raises SealError when it does not open."""
        self.wrap(self.secret)
        self.save(update_fields=["master", "wrapped"])

    def remember(self) -> None:
        """Keep the opened key in this process, so that a page of moments opens it once."""
        if self.pk not in self.opened:
            self.opened[self.pk] = (self.user_id, self.secret)
        while len(self.opened) > self.OPENED_AT_MOST:
            self.opened.popitem(last=False)
