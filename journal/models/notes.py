"""Notes between a parent and a reader: on a moment, on a week, or for the visit. Each can be read by both."""

from datetime import date
from typing import Self
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.retention import rules
from accounts.sealing import SealedField
from journal.clock import SAME_TAP
from journal.models.moments import Moment
from journal.models.shared_moments import SharedMoment
from journal.models.shares import Share

NOTE_LETTERS = 280


class NoteQuerySet(models.QuerySet["Note"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        """A person's own notes, as long as they can see them: to delete."""
        return self.visible_to(user).filter(author__isnull=False, author=getattr(user, "pk", None))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """A parent keeps all of theirs. A reader sees those of a live share, on what can be read through it."""
        of_parent = models.Q(share__in=Share.objects.editable_by(user))
        opened = SharedMoment.objects.read_by(user).filter(
            share=models.OuterRef("share"), moment=models.OuterRef("moment")
        )
        on_nothing_hidden = models.Q(moment=None) | models.Exists(opened)
        return self.filter(of_parent | models.Q(on_nothing_hidden, share__in=Share.objects.read_by(user)))

    def kept_by(self, user: User | AnonymousUser | None) -> Self:
        """Those of the shares this parent gave, whoever wrote them: what stands on the parent's own pages."""
        return self.filter(share__in=Share.objects.editable_by(user))

    def received_by(self, user: User) -> Self:
        """Of these, the ones that readers wrote to this parent."""
        return self.exclude(author=user)

    def of_share(self, share: Share) -> Self:
        return self.filter(share=share)

    def on_moment(self, moment: Moment) -> Self:
        return self.filter(moment=moment).oldest_first().select_related("share")

    def on_week(self, monday: date) -> Self:
        return self.filter(monday=monday).oldest_first().select_related("share")

    def standing_on(self, share: Share, *, moment: UUID | None = None, monday: date | None = None) -> Self:
        """Those of one share on this moment, on this week, or with neither for the visit; oldest first."""
        return self.filter(share=share, moment=moment, monday=monday).oldest_first()

    @transaction.atomic
    def write(
        self, share: Share, author: User, text: str, *, moment: UUID | None = None, monday: date | None = None
    ) -> "Note":
        """Keep a note among these. The same words on the same place, sent again at once, are one note."""
        Share.objects.visible_to(author).select_for_update(of=("self",)).get(pk=share.pk)
        place = {"share": share, "author": author, "moment_id": moment, "monday": monday}
        lately = self.filter(**place, written_at__gt=timezone.now() - SAME_TAP)
        again = next((note for note in lately if note.text == text), None)
        return again or self.create(parent=share.parent, text=text, **place)

    def oldest_first(self) -> Self:
        return self.order_by("written_at", "id")


class Note(models.Model):
    """A few words, sealed under the parent's key whoever wrote them. Without moment and Monday it is for the visit.

    When a reader's account goes the words stay the parent's, and so does the name that the share was agreed with: it
    alone says who wrote. `seen_at` is when the parent put a reader's note away from Today.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="notes")
    parent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notes_kept")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="notes_written", null=True)
    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="notes", null=True, blank=True)
    monday = models.DateField(null=True, blank=True)
    text = SealedField(author="parent")
    written_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    retention = {
        **rules("share", "author", "moment", "monday", "text", export="mine", erase="with the person"),
        **rules("written_at", export="mine", erase="with the person"),
        **rules("id", "parent", "seen_at", export="no: how it works", erase="with the person"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moment=None) | models.Q(monday=None), name="a_note_is_on_one_thing"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """The parent's page that it stands on."""
        if self.moment_id:
            return reverse("journal:moment-detail", args=[self.moment_id])
        if self.monday:
            return reverse("journal:week-detail", args=[self.monday.isoformat()])
        return reverse("journal:share-detail", args=[self.share_id])

    def put_away(self) -> None:
        """The parent has seen it. Said twice it counts once."""
        if self.seen_at is None:
            self.seen_at = timezone.now()
            self.save(update_fields=["seen_at"])

    @property
    def is_the_parents(self) -> bool:
        return self.author_id == self.parent_id
