"""Readings: what a reader opened, and when. The parent can see every line; nobody can change one."""

from datetime import date, datetime
from typing import Self
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.retention import rules
from journal.models.shares import Share


class Opened(models.TextChoices):
    VISIT = "visit", pgettext_lazy("opened", "Before your visit")
    SHEET = "sheet", pgettext_lazy("opened", "the printed page")
    WEEK = "week", pgettext_lazy("opened", "a week")
    MOMENT = "moment", pgettext_lazy("opened", "a moment")
    # Not opened: the reader said that they have read.
    MARKED = "marked", pgettext_lazy("opened", "marked as read")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        """Nobody edits a reading. It goes with its share, which is the parent's."""
        return self.filter(share__in=Share.objects.editable_by(user))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """The parent's to see; readers see none, their own neither."""
        return self.editable_by(user)

    def of_share(self, share: Share) -> Self:
        return self.filter(share=share).newest_first()

    def last_by_share(self) -> dict[UUID, datetime]:
        """When each share was last opened: one query, no row for never."""
        opened = self.exclude(opened=Opened.MARKED)
        return dict(opened.order_by().values_list("share").annotate(models.Max("opened_at")))

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "id")


class Reading(models.Model):
    """One page that a reader opened, in ids alone. Append-only: migration 0005 has the database refuse the rest.

    `of_moment` is no foreign key: the line outlives a moment that is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # The database takes the readings along when it deletes a share (migration 0005).
    share = models.ForeignKey(Share, on_delete=models.DO_NOTHING, related_name="readings", db_index=False)
    opened = models.CharField(max_length=8, choices=Opened.choices)
    monday = models.DateField(null=True, blank=True)
    of_moment = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    retention = {
        **rules("share", "opened", "monday", "of_moment", "opened_at", export="mine", erase="with the person"),
        **rules("id", export="no: how it works", erase="with the person"),
    }

    class Meta:
        indexes = [models.Index(fields=["share", "-opened_at", "id"], name="readings_of_a_share")]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def record(cls, share: Share, opened: Opened, *, monday: date | None = None, moment: UUID | None = None) -> None:
        """Write it down, in the transaction that reads the page: unless it is written, the page is not shown."""
        cls(share=share, opened=opened, monday=monday, of_moment=moment).save(force_insert=True)
