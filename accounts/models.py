"""People, and the key that seals what each of them writes."""

import base64
import os
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils import timezone

from accounts.retention import rules
from accounts.sealing import SealError, seal, unseal
from accounts.zones import validate_time_zone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def signing_in_with(self, email: str) -> models.QuerySet[Any]:
        """Who says that this e-mail is theirs, each with whether they have `proven` it."""
        said: models.QuerySet[Any] = self.filter(emailaddress__email=email.lower())
        proven: models.QuerySet[Any] = said.annotate(proven=models.F("emailaddress__verified"))
        return proven

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. Anyone may keep a journal; staff look after the words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        max_length=64, default=settings.DEFAULT_PERSON_TIME_ZONE, validators=[validate_time_zone]
    )
    shows_counts = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    retention = {
        **rules("email", "language", "time_zone", "shows_counts", export="mine", erase="with the person"),
        **rules("password", export="no: a secret", erase="with the person"),
        **rules(
            "id",
            "is_demo",
            "is_staff",
            "is_active",
            "is_superuser",
            "date_joined",
            "last_login",
            "groups",
            "user_permissions",
            export="no: how it works",
            erase="with the person",
        ),
    }

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


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


class DataKeyQuerySet(models.QuerySet["DataKey"]):
    def to_rewrap(self) -> Self:
        """Those not under the current master key."""
        return self.exclude(master=next(iter(master_keys())))


class DataKey(models.Model):
    """One person's random key, kept wrapped by a master key. Without it nothing they wrote opens again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="data_key")
    master = models.CharField(max_length=32)
    wrapped = models.BinaryField()

    # Opened keys of this process, by id, the latest used last. Ids are never used again, so none goes stale.
    opened: ClassVar[OrderedDict[UUID, tuple[UUID, bytes]]] = OrderedDict()
    OPENED_AT_MOST: ClassVar[int] = 500

    objects = DataKeyQuerySet.as_manager()

    retention = rules("id", "user", "master", "wrapped", export="no: a secret", erase="with the person")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, user_id: UUID) -> "DataKey":
        """The person's key, made when they first write."""
        key = cls.objects.filter(user_id=user_id).first()
        if key is None:
            key = cls(user_id=user_id)
            key.wrap(os.urandom(32))
            defaults = {"id": key.id, "master": key.master, "wrapped": key.wrapped}
            key, _ = cls.objects.get_or_create(user_id=user_id, defaults=defaults)
        key.remember()
        return key

    @classmethod
    def opening(cls, key_id: UUID, user_id: UUID) -> bytes:
        """The secret of a key by its id. Raises SealError when it is not this person's, or is gone."""
        opened = cls.opened.get(key_id)
        if opened is None:
            key = cls.objects.filter(pk=key_id).first()
            if key is None:
                raise SealError(f"data key {key_id} is gone")
            key.remember()
            opened = (key.user_id, key.secret)
        owner, secret = opened
        if owner != user_id:
            raise SealError(f"data key {key_id} is not of {user_id}")
        with suppress(KeyError):  # another thread may just have let it go
            cls.opened.move_to_end(key_id)
        return secret

    @classmethod
    def open_for(cls, user_ids: Iterable[UUID]) -> None:
        """Open the keys of these people, those not open yet, in one query or none."""
        known = {owner for owner, _secret in cls.opened.copy().values()}
        if missing := set(user_ids) - known:
            for key in cls.objects.filter(user_id__in=missing):
                key.remember()

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
