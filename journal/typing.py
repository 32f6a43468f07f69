"""What a browser sends of a form that is being written, as a draft keeps it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.models import User
from journal.forms import NewMomentForm
from journal.holding import holds, says
from journal.models import Draft, Moment, children_of
from journal.models.draft_queries import FromPage, in_turn
from journal.models.drafts import MOST_LETTERS, letters_in

FIELDS = (
    *("kind", "prompt", "text", "child", "when", "happened_at", "repairs"),
    *("cue", "did", "feeling", "felt_unsafe", "starred", "version"),
)


class Typed(NamedTuple):
    """The fields of one form, whose id is `form`; `edits` names the moment that it changes.

    `page` is the page that sent it; None for one that did not say.
    """

    form: UUID
    edits: UUID | None
    fields: dict[str, Any]
    page: FromPage | None = None

    def is_behind(self, moment: Moment) -> bool:
        """Whether the moment was saved since this was begun."""
        return not self.edits or str(self.fields.get("version")) != str(moment.version)


def read_typed(sent: QueryDict) -> Typed | None:
    """None for what has no form to belong to, holds no word and no choice, or is more than a draft can be."""
    edits, new = as_id(sent.get("edits")), as_id(sent.get("id"))
    form = as_id(sent.get("draft")) or edits or new
    fields: dict[str, Any] = {name: str(sent[name]).replace("\r\n", "\n") for name in FIELDS if sent.get(name)}
    if shares := sent.getlist("shares"):
        fields["shares"] = shares
    if form is None or letters_in(fields) > MOST_LETTERS:
        return None
    page = as_id(sent.get("page"))
    return Typed(form, edits, fields, FromPage(page, sent.get("since", "")) if page else None)


def as_id(sent: str | None) -> UUID | None:
    with suppress(ValueError):
        return UUID(sent or "")
    return None


def keep_typed(
    author: User, typed: Typed | None, *, from_outside: bool = False, while_typing: bool = False
) -> UUID | None:
    """Keep it as a draft: the form it is kept under. None when it cannot be kept."""
    if typed is None:
        return None
    try:
        with transaction.atomic():
            in_turn(author)
            return keep_in_turn(author, typed, from_outside=from_outside, while_typing=while_typing)
    except (IntegrityError, ValidationError, ValueError):
        return None


def keep_in_turn(author: User, typed: Typed, *, from_outside: bool, while_typing: bool) -> UUID | None:
    """What its moment says by now is not kept twice; then the form is that moment's id.

    What is on its way while it is typed may have been overtaken: when the moment holds it all and more, it is not kept,
    nor said to be. What came in from outside is never compared: the answer would tell whoever sent it what the moment
    says.
    """
    drafts, fields = Draft.objects.editable_by(author), typed.fields
    moment = Moment.objects.editable_by(author).among([typed.edits or typed.form]).first()
    edits = moment if typed.edits else None
    if from_outside:
        return drafts.keep_from_outside(
            author, typed.form, fields, edits=edits, page=typed.page, while_typing=while_typing
        )
    if moment and typed.is_behind(moment):
        form = NewMomentForm(as_query(fields), author=author, children=children_of(parent=author))
        form.is_valid()
        if says(moment, form, fields):
            return moment.pk
        if while_typing and holds(moment, form, fields):
            return None
    place = drafts.place_for(typed.form, fields, typed.page)
    drafts.keep(author, place, fields, edits=edits, page=typed.page and typed.page.id)
    return place


def as_query(fields: Mapping[str, Any]) -> QueryDict:
    """The fields as a form takes them that was sent."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
