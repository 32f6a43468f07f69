"""People, and the key that seals what each of them writes."""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.retention import rules
from accounts.sealing import SealError
from accounts.wrapped_keys import WrappedKey, WrappedKeyQuerySet
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

    def never_proven(self, before: datetime) -> models.QuerySet["User"]:
        """Who signed up before then, proved no e-mail and never came in. Staff are made by hand, without a code."""
        waiting = self.filter(date_joined__lt=before, last_login=None, is_staff=False)
        return waiting.exclude(emailaddress__verified=True)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. Anyone may keep a journal; staff look after the words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        max_length=64, default=settings.DEFAULT_PERSON_TIME_ZONE, validators=[validate_time_zone]
    )
    shows_counts = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    is_staff = models.BooleanField(_("looks after the words"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("here since"), default=timezone.now)

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

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class DataKey(WrappedKey):
    """One person's random key, kept wrapped by a master key. Without it nothing they wrote opens again."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="data_key")
    made_at = models.DateTimeField(default=timezone.now)

    objects = WrappedKeyQuerySet["DataKey"].as_manager()

    retention = rules("id", "user", "master", "wrapped", "made_at", export="no: a secret", erase="with the person")

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
            key: WrappedKey | None = (
                cls.objects.filter(pk=key_id).first() or FormerKey.objects.filter(pk=key_id).first()
            )
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

    @transaction.atomic
    def renew(self) -> None:
        """Another secret for what is sealed from now on. The last one stays, until nothing is under it, as a FormerKey."""
        kept = DataKey.objects.select_for_update().get(pk=self.pk)
        former, renewed = FormerKey(id=kept.pk, user_id=kept.user_id), DataKey(user_id=kept.user_id)
        former.wrap(kept.secret)
        former.save(force_insert=True)
        renewed.wrap(os.urandom(32))
        DataKey.objects.filter(pk=kept.pk).update(
            id=renewed.pk, master=renewed.master, wrapped=renewed.wrapped, made_at=renewed.made_at
        )


class FormerKey(WrappedKey):
    """A data key that another one took the place of. It goes when nothing is sealed under it any more."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_keys")
    replaced_at = models.DateTimeField(default=timezone.now)

    objects = WrappedKeyQuerySet["FormerKey"].as_manager()

    retention = rules("id", "user", "master", "wrapped", "replaced_at", export="no: a secret", erase="with the person")
