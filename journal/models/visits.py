"""Visits: the day a reader comes, and what the parent would like to talk about."""

from datetime import date
from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from accounts.models import User
from accounts.retention import rules
from accounts.sealing import SealedField
from journal.models.shares import Share


class VisitQuerySet(models.QuerySet["Visit"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        """Those of the shares this parent gave."""
        return self.filter(share__in=Share.objects.editable_by(user))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """Either side's, for a reader while the share is live."""
        return self.filter(share__in=Share.objects.visible_to(user))

    def of_share(self, share: Share) -> Self:
        """The one to come, if there is one, then those that were held, the last one first."""
        return self.filter(share=share).order_by(models.F("held_at").desc(nulls_first=True))

    def to_come(self, share: Share) -> "Visit | None":
        return self.filter(share=share, held_at=None).first()

    def plan(self, share: Share) -> "Visit":
        """The visit to come, made when it is first spoken of."""
        return self.get_or_create(share=share, held_at=None, defaults={"parent": share.parent})[0]


class Visit(models.Model):
    """One visit. The one to come has no `held_at`; it may have no day yet. `ask` is the parent's own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="visits")
    parent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    planned_on = models.DateField(null=True, blank=True)
    ask = SealedField(author="parent", default=str)
    held_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    retention = {
        **rules("share", "planned_on", "ask", "held_at", export="mine", erase="with the person"),
        **rules("id", "parent", export="no: how it works", erase="with the person"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["share"], condition=models.Q(held_at=None), name="one_visit_to_come_for_each_share"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def plan_for(self, day: date | None) -> None:
        """Set the day, or take it away."""
        self.planned_on = day
        self.save(update_fields=["planned_on"])

    def ask_for(self, words: str) -> None:
        """What the parent would like to talk about."""
        self.ask = words
        self.save(update_fields=["ask"])

    def hold(self) -> None:
        """It took place: what comes after it is new. Said twice it counts once."""
        if self.held_at is None:
            self.held_at = timezone.now()
            self.save(update_fields=["held_at"])
