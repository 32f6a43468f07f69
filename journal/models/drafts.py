"""Drafts: what was typed and is not kept as a moment yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.retention import rules
from accounts.sealing import SealedField, texts_in
from journal.models.moments import Moment

MOST_LETTERS = 50_000
# As many as can come in signed out: whoever holds an open page could send more.
MOST_FROM_OUTSIDE = 20
NEWEST = ("-typed_at", "-id")
OFFER = ("form", "typed_at", "why")


class Why(models.TextChoices):
    """Why a draft waits; '' for one that its author has not finished."""

    SIGNED_OUT = "signed-out"
    REFUSED = "refused"
    WHICH_CHILD = "which-child"


FROM_PHONE = (Why.REFUSED, Why.WHICH_CHILD)


class Offered(NamedTuple):
    """The newest draft to go on from, and how many more there are."""

    form: UUID
    typed_at: datetime
    why: str
    others: int

    @classmethod
    def of(cls, rows: Sequence[tuple[UUID, datetime, str]]) -> Self | None:
        """From the values of `OFFER`, the newest first."""
        return cls(*rows[0], len(rows) - 1) if rows else None

    def get_absolute_url(self) -> str:
        return address_of(self.form, self.why)

    @property
    def is_from_phone(self) -> bool:
        return self.why in FROM_PHONE


class DraftQuerySet(models.QuerySet["Draft"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        return self.filter(author=getattr(user, "pk", None))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """Nobody else's: a share opens moments alone."""
        return self.editable_by(user)

    def of_form(self, form: UUID) -> Self:
        return self.filter(form=form)

    def of_change(self, moment: UUID) -> Self:
        """Those that change this moment, under whatever form."""
        return self.filter(edits=moment)

    def from_phone(self) -> Self:
        """Those that a phone brought, and that wait for a look."""
        return self.filter(why__in=FROM_PHONE)

    def on_offer(self) -> Self:
        """Those not put away, the newest first."""
        return self.filter(put_away_at=None).order_by(*NEWEST)

    def newest_first(self) -> Self:
        return self.order_by(*NEWEST).select_related("edits")

    def with_moment(self) -> Self:
        return self.select_related("edits__prompt_text")

    def offered(self) -> Offered | None:
        """What to offer: one query."""
        return Offered.of(list(self.on_offer().values_list(*OFFER)))

    def place_for(self, form: UUID, text: str, since: str) -> UUID:
        """Under its form; or beside it, where another page typed other words there since this one looked."""
        kept = self.of_form(form).first() if since else None
        is_same = kept is None or kept.since == since or text.startswith(kept.text)
        return form if is_same else uuid5(form, f"another page:{since}")

    def done_with(self, form: UUID, text: str = "", since: str = "") -> None:
        """It is kept as a moment now. What another page typed under its form stays."""
        place = self.place_for(form, text, since)
        if place != form:
            self.get(form=form).step_aside()
        self.filter(form__in=(form, place)).delete()

    def keep(self, author: User, form: UUID, typed: Mapping[str, Any], *, edits: Moment | None, why: str = "") -> None:
        """Write it down, over what was typed in the same form before."""
        values = {"content": dict(typed), "edits": edits, "why": why, "typed_at": timezone.now(), "put_away_at": None}
        self.editable_by(author).update_or_create(author=author, form=form, defaults=values)

    def keep_from_outside(
        self, author: User, form: UUID, typed: Mapping[str, Any], *, edits: Moment | None, while_typing: bool
    ) -> UUID:
        """The same for what came in signed out; the form it is kept under. Other words stay: it is kept beside them.

        While it is typed, what comes next takes its place there, as long as nobody went on with it. Raises ValueError
        when there are too many.
        """
        own, text = self.editable_by(author), str(typed.get("text", ""))
        typing, saved = uuid5(form, "signed out"), uuid5(form, f"signed out:{text}")
        for place in (form, typing, saved) if while_typing else (form, saved):
            kept = own.of_form(place).first()
            if not kept or text.startswith(kept.text) or (place == typing and kept.is_from_outside):
                break
        if not kept and own.filter(why=Why.SIGNED_OUT, put_away_at=None).count() >= MOST_FROM_OUTSIDE:
            raise ValueError("Too many drafts came in signed out.")
        self.keep(author, place, typed, edits=edits, why=Why.SIGNED_OUT)
        return place


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

    objects = DraftQuerySet.as_manager()

    retention = {
        **rules("form", "edits", "content", "begun_at", "typed_at", export="mine", erase="with the person"),
        **rules("id", "author", "why", "put_away_at", export="no: how it works", erase="with the person"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "form"], name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return address_of(self.form, self.why)

    @property
    def since(self) -> str:
        """By which a page knows whether another has typed here meanwhile."""
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


def address_of(form: UUID, why: str) -> str:
    return reverse("journal:outbox-entry" if why in FROM_PHONE else "journal:draft-detail", args=[form])


def letters_in(typed: Mapping[str, Any]) -> int:
    return sum(len(text) for text in texts_in(dict(typed)))
