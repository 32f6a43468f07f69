"""Drafts: what was typed and is not kept as a moment yet."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from accounts.models import User
from accounts.retention import rules
from accounts.sealing import SealedField, texts_in
from journal.models.draft_queries import FROM_PHONE, DraftQuerySet, Fields, FromPage, Why, address_of, goes_on
from journal.models.moments import Moment

MOST_LETTERS = 50_000


class Draft(models.Model):
    """Words on their way: one for each author and form.

    `form` is the id that the moment will have, or has. `content` holds the fields as they were typed, sealed.
    `begun_at` stands for "just now" when it is gone on with later.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    form = models.UUIDField()
    edits = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="drafts", null=True, blank=True)
    content = SealedField(author="author", default=dict)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    typed_at = models.DateTimeField(default=timezone.now)
    put_away_at = models.DateTimeField(null=True, blank=True)
    page = models.UUIDField(null=True, blank=True)  # that typed it last

    objects = DraftQuerySet.as_manager()

    retention = {
        **rules("form", "edits", "content", "begun_at", "typed_at", export="mine", erase="with the person"),
        **rules("id", "author", "why", "put_away_at", "page", export="no: how it works", erase="with the person"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "form"], name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return address_of(self.form, self.why)

    def is_of(self, page: FromPage) -> bool:
        """Whether that page typed it last, or saw it as it is now."""
        return self.page == page.id or self.since == page.since

    def is_in(self, typed: Fields) -> bool:
        return goes_on(typed, self.content)

    @property
    def since(self) -> str:
        return self.typed_at.isoformat()

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))

    @property
    def is_from_phone(self) -> bool:
        """It waited in the outbox, and could not be kept as it was."""
        return self.why in FROM_PHONE

    @property
    def is_from_outside(self) -> bool:
        return self.why == Why.SIGNED_OUT

    @property
    def needs_a_child(self) -> bool:
        return self.why == Why.WHICH_CHILD

    def step_aside(self) -> None:
        """To a form of its own: its old one becomes a moment of other words."""
        self.form = uuid4()
        self.save(update_fields=["form"])

    def put_away(self) -> None:
        """Offered no more; kept. Said twice it counts once."""
        if self.put_away_at is None:
            self.put_away_at = timezone.now()
            self.save(update_fields=["put_away_at"])


def letters_in(typed: Fields) -> int:
    return sum(len(text) for text in texts_in(dict(typed)))
