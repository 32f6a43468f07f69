"""What goes when a child or a whole journal is deleted, counted beforehand, and the deleting itself."""

from dataclasses import dataclass
from typing import Self

from django.db import transaction

from accounts.erasing import erase
from accounts.models import User
from journal.models import Child, Moment, Note, Parcel, Reading, Share, SharedMoment, Visit


@dataclass(frozen=True)
class Going:
    """How many of each sort go. `families` are those the person reads with: that ends, what they have stays."""

    moments: int = 0
    notes: int = 0
    children: int = 0
    shares: int = 0
    visits: int = 0
    readings: int = 0
    families: int = 0
    readers: int = 0

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(
            children=Child.objects.editable_by(user).count(),
            moments=Moment.objects.editable_by(user).count(),
            notes=Note.objects.kept_by(user).count(),
            shares=Share.objects.editable_by(user).count(),
            visits=Visit.objects.editable_by(user).count(),
            readings=Reading.objects.editable_by(user).count(),
            families=Share.objects.read_by(user).count(),
            readers=Share.objects.editable_by(user).live().count(),
        )

    @classmethod
    def with_child(cls, user: User, child: Child) -> Self:
        moments = Moment.objects.editable_by(user).of_child(child)
        shared = SharedMoment.objects.editable_by(user).in_force().filter(moment__in=moments)
        return cls(
            moments=moments.count(),
            notes=Note.objects.kept_by(user).filter(moment__in=moments).count(),
            readers=shared.values("share").distinct().count(),
        )


@transaction.atomic
def erase_child(user: User, child: Child) -> None:
    """With all that was written about this child. Nobody writes about it meanwhile."""
    kept = Child.objects.editable_by(user).select_for_update(of=("self",)).filter(pk=child.pk).first()
    if kept is not None:
        Parcel.objects.throw_away(user)
        kept.delete()


@transaction.atomic
def erase_person(user: User) -> None:
    """What they read with others ends first, so that each parent sees it ended. Then everything of theirs goes."""
    for share in Share.objects.asked_by(user):
        share.end(by=user)
    erase(user)
