"""The children a parent writes about."""

from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.prepared import prepared
from accounts.retention import rules
from accounts.sealing import SealedField


class ChildQuerySet(models.QuerySet["Child"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        return self.filter(parent=getattr(user, "pk", None))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        return self.editable_by(user)


class Child(models.Model):
    """A child of one parent. The name is sealed; the month of birth chooses fitting questions."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    parent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="children")
    name = SealedField(author="parent")
    birth_month = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    # Its id in the file that it came from, when it came from one.
    came_as = models.UUIDField(null=True, blank=True, editable=False)

    objects = ChildQuerySet.as_manager()

    retention = {
        **rules("id", "came_as", "name", "birth_month", "created_at", export="mine", erase="with the person"),
        **rules("parent", export="no: how it works", erase="with the person"),
    }

    class Meta:
        ordering = ("birth_month", "created_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(birth_month__day=1), name="a_birth_month_is_its_first_day"),
            models.UniqueConstraint(
                fields=["parent", "came_as"], condition=models.Q(came_as__isnull=False), name="a_child_comes_in_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("journal:child-edit", args=[self.pk])

    def months_old(self, day: date) -> int:
        """Whole months from the month of birth to the month of `day`, never below 0."""
        return max(0, (day.year - self.birth_month.year) * 12 + day.month - self.birth_month.month)


@prepared(parent=models.UUIDField())
def children_of(parent: Any) -> models.QuerySet[Child]:
    """A person's own children, in the order of every list."""
    return Child.objects.editable_by(parent)
