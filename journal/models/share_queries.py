"""Shares as sets: who gave them, who may read through them, who may end them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User

if TYPE_CHECKING:
    from journal.models.children import Child
    from journal.models.moments import Moment
    from journal.models.shares import Share  # named in the brackets below

# Waits for the first answer. Without a reader a share waits for nobody, and nobody reads through it.
ASKED = models.Q(reader__isnull=False, requested_at__isnull=False, agreed_at=None, ended_at=None)


def live_now() -> models.Q:
    """Agreed, ended by nobody, and not past its last day. Read from the clock: no job ends a share."""
    return models.Q(reader__isnull=False, agreed_at__isnull=False, ended_at=None, ends_at__gt=timezone.now())


class ShareQuerySet(models.QuerySet["Share"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        """All that this parent ever gave."""
        return self.filter(parent=getattr(user, "pk", None))

    def asked_by(self, user: User | AnonymousUser | None) -> Self:
        """Those this person asked for, answered or not, until somebody ends them. Without a reader it is nobody's."""
        return self.filter(reader__isnull=False, reader=getattr(user, "pk", None), ended_at=None)

    def read_by(self, user: User | AnonymousUser | None) -> Self:
        """The reader's one door: the live shares that this person reads through."""
        return self.asked_by(user).live().of_open_journals()

    def of_open_journals(self) -> Self:
        """Those of parents who may sign in: while a journal is closed its shares rest, and nobody reads it."""
        return self.filter(parent__is_active=True)

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """What a parent gave, and what a reader reads through."""
        return self.editable_by(user) | self.read_by(user)

    def endable_by(self, user: User | AnonymousUser | None) -> Self:
        """Either side ends a share, past its last day too, so that it is not renewed; who asked may take it back."""
        return (self.editable_by(user) | self.asked_by(user)).filter(ended_at=None)

    def end(self, *, by: User) -> None:
        """All of those that this person may end, at once."""
        self.endable_by(by).update(ended_at=timezone.now(), ended_by=by, token_digest="", code_digest="")

    def live(self) -> Self:
        return self.filter(live_now())

    def live_by_yes(self) -> Self:
        """The live ones, in the order of the last yes."""
        return self.live().by_yes()

    def by_yes(self) -> Self:
        """Those that were ever agreed to, live or over."""
        return self.filter(agreed_at__isnull=False).defer("consents").order_by("agreed_at", "id")

    def to_choose_from(self) -> Self:
        """These, with the children that they are about."""
        return self.live_by_yes().prefetch_related("children")

    def with_news(self, moments: Sequence["Moment"]) -> Self:
        """For Today, in one query: those that are live, that wait for an answer, or that hold a new note.

        `opens_0` says whether a share opens the first of these few moments now. One row for each new note.
        """
        from journal.models.shared_moments import SharedMoment

        of_reader = models.Q(notes__author=None) | ~models.Q(notes__author=models.F("parent"))
        new_note = models.FilteredRelation("notes", condition=models.Q(of_reader, notes__seen_at=None))
        told = {f"note_{name}": models.F(f"new_note__{name}") for name in ("id", "text", "moment", "monday")}
        in_force = SharedMoment.objects.in_force().filter(share=models.OuterRef("pk"))
        opens = {f"opens_{place}": models.Exists(in_force.filter(moment=one)) for place, one in enumerate(moments)}
        shares = self.defer("consents").annotate(new_note=new_note, **told, **opens)
        return shares.filter(ASKED | live_now() | models.Q(note_id__isnull=False)).order_by(
            "requested_at", "id", "new_note__written_at"
        )

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

    @transaction.atomic
    def keep_past(self, share: "Share", children: "models.QuerySet[Child]") -> None:
        """One that came from a file, with the children it was about."""
        share.save(force_insert=True)
        share.children.set(children)

    def with_children(self) -> Self:
        return self.prefetch_related("children")

    def to_visit(self) -> Self:
        """Asked for or live: there is a visit to speak of."""
        return self.filter(ASKED | live_now())

    def newest_request(self) -> "Share | None":
        """The last that was asked for: how its reader called themselves."""
        return self.order_by("-requested_at").first()
