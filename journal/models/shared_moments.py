"""Which moments a parent chose for which reader: the permission itself."""

from typing import Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from accounts.models import User
from accounts.retention import rules
from journal.models.shares import Share


class SharedMomentQuerySet(models.QuerySet["SharedMoment"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        return self.filter(share__parent=getattr(user, "pk", None))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        return self.editable_by(user) | self.read_by(user)

    def read_by(self, user: User | AnonymousUser | None) -> Self:
        """Those that open a moment to this reader now."""
        return self.in_force().filter(share__in=Share.objects.read_by(user))

    def in_force(self) -> Self:
        """Of shares that are live and whose parent named the moment's child when they agreed."""
        named = models.Q(share__children=models.F("moment__child"))
        nameless = models.Q(moment__child=None, share__with_nameless=True)
        return self.filter(named | nameless, share__in=Share.objects.live())

    def count_by_share(self) -> dict[UUID, int]:
        """How many moments each share opens now: one query, no row for none."""
        return dict(self.in_force().values_list("share").annotate(models.Count("moment", distinct=True)))


class SharedMoment(models.Model):
    """One moment, shown to the reader of one share. Taking it back is deleting the row."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="shared", db_index=False)
    moment = models.ForeignKey("Moment", on_delete=models.CASCADE, related_name="shared")
    shared_at = models.DateTimeField(default=timezone.now)

    objects = SharedMomentQuerySet.as_manager()

    retention = rules("id", "share", "moment", "shared_at", export="mine", erase="with the person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "moment"], name="a_moment_is_shared_once_a_reader")]

    def __str__(self) -> str:
        return str(self.pk)
