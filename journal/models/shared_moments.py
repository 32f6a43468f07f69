"""Which moments a parent chose for which reader: the permission itself."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.retention import rules
from journal.models.shares import Share

if TYPE_CHECKING:
    from journal.models.moment_queries import MomentQuerySet
    from journal.models.moments import Moment


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

    def with_share(self) -> Self:
        """Those in force, each with its share, by the last yes."""
        shared = self.in_force().select_related("share").defer("share__consents")
        return shared.order_by("share__agreed_at", "share")

    def tell_readers(self, moments: Collection["Moment"]) -> None:
        """Give each of these moments its `readers`, the live shares it can be read through.

        Two queries; a plain one where nothing is shared, and none for no moments.
        """
        readers: dict[UUID, dict[UUID, Share]] = {moment.pk: {} for moment in moments}
        for one in self.filter(moment__in=readers).with_share() if readers and self.exists() else ():
            readers[one.moment_id][one.share_id] = one.share
        for moment in moments:
            moment.readers = list(readers[moment.pk].values())

    @transaction.atomic
    def open_exactly(self, share: Share, chosen: "MomentQuerySet", listed: Collection["Moment"]) -> None:
        """Of the moments on a list, let the share's reader read the chosen ones and no others."""
        kept = chosen.values("pk")
        self.filter(share=share, moment__in=[moment.pk for moment in listed]).exclude(moment__in=kept).delete()
        chosen.read_too_by([share])

    def count_by_share(self) -> dict[UUID, int]:
        """How many moments each share opens now: one query, no row for none."""
        return dict(self.in_force().values_list("share").annotate(models.Count("moment", distinct=True)))


class SharedMoment(models.Model):
    """One moment, shown to the reader of one share. Taking it back is deleting the row."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="shared", db_index=False)
    moment = models.ForeignKey("Moment", on_delete=models.CASCADE, related_name="shared")
    shared_at = models.DateTimeField(default=timezone.now)

    objects = SharedMomentQuerySet.as_manager()

    retention = {
        **rules("share", "moment", "shared_at", export="mine", erase="with the person"),
        **rules("id", export="no: how it works", erase="with the person"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "moment"], name="a_moment_is_shared_once_a_reader")]

    def __str__(self) -> str:
        return str(self.pk)
