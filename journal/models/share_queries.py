"""Shares as sets: who gave them, who may read through them, who may end them."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from accounts.models import User

if TYPE_CHECKING:
    from journal.models.shares import Share  # named in the brackets below


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

    def newest_first(self) -> Self:
        return self.order_by("-invited_at", "id")

    def with_children(self) -> Self:
        return self.prefetch_related("children")

    def to_visit(self) -> Self:
        """Asked for or live: there is a visit to speak of."""
        goes_on = models.Q(ends_at=None) | models.Q(ends_at__gt=timezone.now())
        return self.filter(goes_on, requested_at__isnull=False, ended_at=None)

    def newest_request(self) -> "Share | None":
        """The last that was asked for: how its reader called themselves."""
        return self.order_by("-requested_at").first()
