"""Drafts as sets: who may go on with which, where what is typed is kept, and which are offered."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from journal.models.moments import Moment

if TYPE_CHECKING:
    from journal.models.drafts import Draft

# As many as can come in signed out: whoever holds an open page could send more.
MOST_FROM_OUTSIDE = 20
NEWEST = ("-typed_at", "-id")
OFFER = ("form", "typed_at", "why")
CHOSEN = ("kind", "child", "prompt", "repairs", "cue", "did", "feeling", "felt_unsafe", "starred")
CHOICES = (*CHOSEN, "happened_at", "shares")
Fields = Mapping[str, Any]


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


class FromPage(NamedTuple):
    """The page that sent a form: its id, and since when the draft that it began with stood so; '' when there was none."""

    id: UUID
    since: str


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

    def from_outside(self) -> Self:
        """Those that came in signed out, and that nobody went on with."""
        return self.filter(why=Why.SIGNED_OUT)

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

    def came_in_as(self, address: UUID) -> "Draft | None":
        """What was kept in the place of a draft when it came in signed out, by the address that was answered."""
        return next(
            (draft for draft in self.from_outside() if address_from_outside(draft.form, draft.content) == address), None
        )

    def place_for(self, form: UUID, page: FromPage | None) -> UUID:
        """Under its form; or beside it, where another page typed other things than this one saw."""
        kept: Draft | None = self.of_form(form).first() if page else None
        if page is None or kept is None or kept.is_of(page):
            return form
        return self.place_for(uuid5(form, f"another page:{page.id}"), page)

    def done_with(self, form: UUID, typed: Fields, page: FromPage | None) -> None:
        """It is kept as a moment now, with all that its page typed. Other things typed under its form stay."""
        kept: Draft | None = self.of_form(form).first() if page else None
        if page and kept and not (kept.is_of(page) or kept.is_in(typed)):
            kept.step_aside()
        own_page = models.Q(page=page.id) if page else models.Q()
        self.filter(models.Q(form=form) | own_page).delete()

    def keep(
        self, author: User, form: UUID, typed: Fields, *, edits: Moment | None, why: str = "", page: UUID | None = None
    ) -> None:
        """Write it down, over what was typed in the same form before."""
        values: dict[str, Any] = {"content": dict(typed), "edits": edits, "why": why, "page": page}
        values |= {"typed_at": timezone.now(), "put_away_at": None}
        self.editable_by(author).update_or_create(author=author, form=form, defaults=values)

    def keep_from_outside(
        self,
        author: User,
        form: UUID,
        typed: Fields,
        *,
        edits: Moment | None,
        page: FromPage | None,
        while_typing: bool,
    ) -> UUID:
        """The same for what came in signed out; the address to go on from. Other words stay: it is kept beside them.

        While it is typed, what comes next from the same page takes its place beside, as long as nobody went on with it.
        The address tells nothing of what was there: it follows from what came in. Raises ValueError when there are too
        many.
        """
        typing, saved = uuid5(form, f"signed out on:{page and page.id}"), address_from_outside(form, typed)
        for place in (form, typing, saved) if while_typing else (form, saved):
            kept = self.of_form(place).first()
            is_free = kept is None and not (while_typing and place == form)
            if is_free or (kept and kept.is_in(typed)) or (place == typing and kept and kept.is_from_outside):
                break
        else:
            if kept and goes_on(kept.content, typed):
                return saved
            place, kept = uuid4(), None
        begun = None if while_typing else self.of_form(typing).from_outside().first()
        if begun and begun.is_in(typed):
            begun.delete()
        is_new = kept is None or not kept.is_from_outside
        if is_new and self.from_outside().on_offer().count() >= MOST_FROM_OUTSIDE:
            raise ValueError("Too many drafts came in signed out.")
        self.keep(author, place, typed, edits=edits, why=Why.SIGNED_OUT)
        return saved


def address_from_outside(form: UUID, typed: Fields) -> UUID:
    return uuid5(form, f"signed out:{json.dumps(dict(typed), sort_keys=True)}")


def in_turn(author: User) -> None:
    """Whoever else writes down what this author types waits until this transaction is over. On SQLite each writer does."""
    list(User.objects.select_for_update(no_key=True).filter(pk=author.pk).values_list("pk"))


def goes_on(typed: Fields, kept: Fields) -> bool:
    """Whether these are the kept words, or begin with them, and each choice that was made stands."""
    words, before = (str(fields.get("text", "")).strip() for fields in (typed, kept))
    return words.startswith(before) and all(typed.get(name) == kept[name] for name in CHOICES if kept.get(name))


def address_of(form: UUID, why: str) -> str:
    return reverse("journal:outbox-entry" if why in FROM_PHONE else "journal:draft-detail", args=[form])
