"""What a browser sends of a form that is being written, as a draft keeps it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.models import User
from journal.forms import EditMomentForm, MomentForm, NewMomentForm
from journal.holding import holds, says
from journal.models import Draft, Moment, SharedMoment, children_of
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
        """Whether the moment was saved since this was begun. The form of a new one has no version."""
        return str(self.fields.get("version")) != str(moment.version)

    def as_form(self, author: User, moment: Moment) -> MomentForm:
        sent, children = as_query(self.fields), children_of(parent=author)
        if self.edits:
            return EditMomentForm(sent, author=author, children=children, moment=moment)
        return NewMomentForm(sent, author=author, children=children)


class OvertakenError(Exception):
    """Of words on their way: their moment holds them by now, and more."""


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
    except (IntegrityError, Moment.DoesNotExist, ValidationError, ValueError):
        return None


def keep_in_turn(author: User, typed: Typed, *, from_outside: bool, while_typing: bool) -> UUID:
    """What its moment says by now is not kept twice; then the form is that moment's id.

    Raises OvertakenError for what is on its way while it is typed, when the moment holds it all and more. What came in
    from outside is never compared: the answer would tell whoever sent it what the moment says.
    """
    drafts, fields = Draft.objects.editable_by(author), typed.fields
    moment = Moment.objects.editable_by(author).among([typed.edits or typed.form]).first()
    edits = moment if typed.edits else None
    if from_outside:
        return drafts.keep_from_outside(
            author, typed.form, fields, edits=edits, page=typed.page, while_typing=while_typing
        )
    if moment and typed.is_behind(moment):
        form = typed.as_form(author, moment)
        if form.is_valid() and holds(moment, form, fields) and is_read_by(moment, fields.get("shares", [])):
            if says(moment, form, fields):
                drafts.done_with(typed.form, fields, typed.page)
                return moment.pk
            if while_typing:
                raise OvertakenError
    place = drafts.place_for(typed.form, typed.page)
    drafts.keep(author, place, fields, edits=edits, page=typed.page and typed.page.id)
    return place


def is_read_by(moment: Moment, shares: Sequence[str]) -> bool:
    """Whether each reader who was chosen reads it. What felt scary or unsafe nobody does."""
    SharedMoment.objects.editable_by(moment.author).tell_readers([moment])
    return moment.felt_unsafe or {str(share.pk) for share in moment.readers} >= set(shares)


def as_query(fields: Mapping[str, Any]) -> QueryDict:
    """The fields as a form takes them that was sent."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
