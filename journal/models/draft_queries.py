"""Drafts as sets: who may go on with which, where what is typed is kept, and which are offered."""

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

    def place_for(self, form: UUID, text: str, page: FromPage | None) -> UUID:
        """Under its form; or beside it, where another page typed other words than this one saw."""
        kept: Draft | None = self.of_form(form).first() if page else None
        if page is None or kept is None or kept.may_become(text, page):
            return form
        return self.place_for(uuid5(form, f"another page:{page.id}"), text, page)

    def done_with(self, form: UUID, text: str = "", page: FromPage | None = None) -> None:
        """It is kept as a moment now. What another page typed under its form stays."""
        place = self.place_for(form, text, page)
        if place != form:
            self.get(form=form).step_aside()
        self.filter(form__in=(form, place)).delete()

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
        """The same for what came in signed out; the form it is kept under. Other words stay: it is kept beside them.

        While it is typed, what comes next from the same page takes its place there, as long as nobody went on with it.
        Raises ValueError when there are too many.
        """
        own, text = self.editable_by(author), str(typed.get("text", ""))
        typing, saved = uuid5(form, f"signed out on:{page and page.id}"), uuid5(form, f"signed out:{text}")
        for place in (form, typing, saved) if while_typing else (form, saved):
            kept = own.of_form(place).first()
            if not kept or text.startswith(kept.text) or (place == typing and kept.is_from_outside):
                break
        else:
            if kept and kept.text.startswith(text):
                return place
            place, kept = uuid4(), None
        if not kept and own.filter(why=Why.SIGNED_OUT, put_away_at=None).count() >= MOST_FROM_OUTSIDE:
            raise ValueError("Too many drafts came in signed out.")
        self.keep(author, place, typed, edits=edits, why=Why.SIGNED_OUT)
        return place


def address_of(form: UUID, why: str) -> str:
    return reverse("journal:outbox-entry" if why in FROM_PHONE else "journal:draft-detail", args=[form])
