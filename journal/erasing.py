"""What goes when a moment, a child or a whole journal is deleted, counted beforehand, and the deleting itself."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db import transaction

from accounts.erasing import empty_log_of_changes, erase
from accounts.models import User
from journal.admin.history import forget_history_of
from journal.models import Child, Draft, Moment, Note, Parcel, Prompt, Reading, Share, SharedMoment, Visit
from journal.models.draft_queries import in_turn


@dataclass(frozen=True)
class Going:
    """How many of each sort go. `family_count` is of those the person reads with: that ends, what they have stays."""

    moment_count: int = 0
    draft_count: int = 0
    note_count: int = 0
    child_count: int = 0
    share_count: int = 0
    visit_count: int = 0
    reading_count: int = 0
    family_count: int = 0
    reader_count: int = 0

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(
            child_count=Child.objects.editable_by(user).count(),
            moment_count=Moment.objects.editable_by(user).count(),
            draft_count=Draft.objects.editable_by(user).count(),
            note_count=Note.objects.visible_to(user).filter(parent=user).count(),
            share_count=Share.objects.editable_by(user).count(),
            visit_count=Visit.objects.editable_by(user).count(),
            reading_count=Reading.objects.editable_by(user).count(),
            family_count=Share.objects.read_by(user).count(),
            reader_count=Share.objects.editable_by(user).live().count(),
        )

    @classmethod
    def with_child(cls, user: User, child: Child) -> Self:
        moments = Moment.objects.editable_by(user).of_child(child)
        shared = SharedMoment.objects.editable_by(user).in_force().filter(moment__in=moments)
        return cls(
            moment_count=moments.count(),
            draft_count=len(drafts_about(user, child)),
            note_count=Note.objects.visible_to(user).filter(parent=user, moment__in=moments).count(),
            reader_count=shared.values("share").distinct().count(),
        )


def drafts_about(user: User, child: Child) -> list[UUID]:
    """Those that name the child, and changes of the moments that go with it."""
    return [
        draft.pk
        for draft in Draft.objects.editable_by(user).select_related("edits")
        if str(draft.content.get("child")) == str(child.pk) or (draft.edits and draft.edits.child_id == child.pk)
    ]


@transaction.atomic
def erase_moment(user: User, moment: Moment) -> None:
    """With whatever is packed, which may hold it: also what can no longer be saved."""
    moment.delete()
    Parcel.objects.throw_away(user)


@transaction.atomic
def erase_child(user: User, child: Child) -> None:
    """With all that was written about this child. Nobody writes about it meanwhile."""
    in_turn(user)
    kept = Child.objects.editable_by(user).select_for_update(of=("self",)).filter(pk=child.pk).first()
    if kept is not None:
        Parcel.objects.throw_away(user)
        Draft.objects.editable_by(user).filter(pk__in=drafts_about(user, kept)).delete()
        kept.delete()
        transaction.on_commit(empty_log_of_changes)


@transaction.atomic
def erase_person(user: User) -> None:
    """What they read with others ends first, so that each parent sees it ended. Then everything of theirs goes."""
    in_turn(user)
    for share in Share.objects.asked_by(user):
        share.end(by=user)
    # By their id alone, which no foreign key follows.
    forget_history_of(user)
    Prompt.objects.wished_by(user).update(wished_at=None, wished_by=None)
    erase(user)
