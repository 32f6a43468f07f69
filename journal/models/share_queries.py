"""Shares as sets: who gave them, who may read through them, who may end them."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from accounts.models import User

if TYPE_CHECKING:
    from journal.models.shares import Share  # noqa: F401  # named in the brackets below


class ShareQuerySet(models.QuerySet["Share"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        """All that this parent ever gave."""
        return self.filter(parent=getattr(user, "pk", None))

    def asked_by(self, user: User | AnonymousUser | None) -> Self:
        """Those this person asked for, answered or not, until somebody ends them. Without a reader it is nobody's."""
        return self.filter(reader__isnull=False, reader=getattr(user, "pk", None), ended_at=None)

    def read_by(self, user: User | AnonymousUser | None) -> Self:
        """The reader's one door: the live shares that this person reads through."""
        return self.asked_by(user).live()

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """What a parent gave, and what a reader reads through."""
        return self.editable_by(user) | self.read_by(user)

    def endable_by(self, user: User | AnonymousUser | None) -> Self:
        """Either side ends a share; who asked may take it back."""
        return (self.editable_by(user) | self.asked_by(user)).filter(ended_at=None)

    def live(self) -> Self:
        """Agreed, ended by nobody, and not past its last day. Read from the clock: no job ends a share."""
        return self.filter(agreed_at__isnull=False, ended_at=None, ends_at__gt=timezone.now())

    def invited_with(self, *, token_digest: str) -> Self:
        """The invitation that this link opens, while it is open."""
        return self.open_invitations().filter(token_digest=token_digest)

    def open_invitations(self) -> Self:
        """Not used, not taken back, and a week old at most."""
        return self.filter(requested_at=None, ended_at=None, open_until__gt=timezone.now())

    def with_parent(self) -> Self:
        """Each with its parent: their name for the reader, their language, the clock they live by."""
        return self.select_related("parent")

    def with_next_visit(self) -> Self:
        """Each with `next_visit_on`, the day of the visit to come, and the children it is `about`."""
        to_come = models.FilteredRelation("visits", condition=models.Q(visits__held_at=None))
        days = self.annotate(to_come=to_come, next_visit_on=models.F("to_come__planned_on"))
        return days.prefetch_related(models.Prefetch("children", to_attr="about"))

    def newest_first(self) -> Self:
        return self.order_by("-invited_at", "id")
