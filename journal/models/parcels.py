"""Parcels: a journal on its way out, or a file on its way in, sealed and kept for ten minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone, translation

from accounts.models import User
from accounts.retention import rules
from accounts.sealing import SealedField

KEPT_FOR = timedelta(minutes=10)


class Way(models.TextChoices):
    OUT = "out"
    IN = "in"


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        """The person's own that still hold, and that nobody took."""
        return self.filter(owner=getattr(user, "pk", None), taken_at=None, expires_at__gt=timezone.now())

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        return self.editable_by(user)

    def out(self) -> Self:
        return self.filter(way=Way.OUT)

    def coming_in(self) -> Self:
        return self.filter(way=Way.IN)

    def past(self) -> Self:
        """Those whose time is over, taken or not, whoever's they are: to throw away."""
        return self.filter(expires_at__lte=timezone.now())

    @transaction.atomic
    def begin(self, owner: User, way: Way, *, total: int = 0, newest_change: datetime | None = None) -> "Parcel":
        """A new one in the place of the last. What is past its time goes too, everybody's."""
        self.past().delete()
        self.filter(owner=owner, way=way).delete()
        return self.create(
            owner=owner,
            way=way,
            total=total,
            newest_change=newest_change,
            language=translation.get_language() or owner.language,
            expires_at=timezone.now() + KEPT_FOR,
        )

    def throw_away(self, owner: User) -> None:
        """Whatever is packed for this person: what it holds is no longer so."""
        self.filter(owner=owner).delete()


class Parcel(models.Model):
    """One of each way for a person. Its words stand in its parts, under the owner's key.

    On the way out `done` of `total` moments are packed, up to the one named by `reached_at`, `reached_id` (and its day);
    `newest_change` is when the journal last changed before the packing began.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="parcels")
    way = models.CharField(max_length=3, choices=Way.choices)
    language = models.CharField(max_length=8)
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached_at = models.DateTimeField(null=True, blank=True)
    reached_id = models.UUIDField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    newest_change = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ParcelQuerySet.as_manager()

    retention = rules(
        *("id", "owner", "way", "language", "begun_at", "expires_at", "total", "done", "reached_at", "reached_id"),
        *("reached_on", "newest_change", "ready_at", "taken_at"),
        export="no: how it works",
        erase="with the row, after its time",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "way"], name="one_parcel_each_way")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def reached(self) -> tuple[datetime, UUID] | None:
        """The last moment packed: when it happened, and its id in the file."""
        return (self.reached_at, self.reached_id) if self.reached_at and self.reached_id else None

    def take(self) -> bool:
        """The one time that it is taken; False for everybody who comes after."""
        return bool(Parcel.objects.editable_by(self.owner).filter(pk=self.pk).update(taken_at=timezone.now()))

    def add(self, member: str, position: int, text: str) -> None:
        """One piece of one of its files, in the place where it belongs."""
        ParcelPart(parcel=self, owner_id=self.owner_id, member=member, position=position, text=text).save()

    def read(self, member: str) -> Iterator[str]:
        """The pieces of one of its files in their order, one at a time in memory."""
        parts = ParcelPart.objects.editable_by(self.owner).filter(parcel=self, member=member)
        for pk in list(parts.order_by("position").values_list("pk", flat=True)):
            yield parts.get(pk=pk).text

    def members(self) -> list[str]:
        parts = ParcelPart.objects.editable_by(self.owner).filter(parcel=self)
        return sorted(set(parts.values_list("member", flat=True)))


class ParcelPartQuerySet(models.QuerySet["ParcelPart"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        return self.filter(owner=getattr(user, "pk", None))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        return self.editable_by(user)


class ParcelPart(models.Model):
    """A piece of one of a parcel's files, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="parts", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    member = models.CharField(max_length=16)
    position = models.PositiveIntegerField()
    text = SealedField(author="owner")

    objects = ParcelPartQuerySet.as_manager()

    retention = rules(
        *("id", "parcel", "owner", "member", "position", "text"),
        export="no: how it works",
        erase="with the row, after its time",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parcel", "member", "position"], name="a_part_has_its_place_in_a_parcel")
        ]

    def __str__(self) -> str:
        return str(self.pk)
