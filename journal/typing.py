"""What a browser sends of a form that is being written, as a draft keeps it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.models import User
from journal.models import Draft, Moment
from journal.models.draft_queries import FromPage
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

    @property
    def text(self) -> str:
        return str(self.fields.get("text", "")).strip()


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
    """Keep it as a draft: the form it is kept under. None when it cannot be kept.

    What a moment already says is not kept twice; then the form is that moment's id. What came in from outside is never
    compared: the answer would tell whoever sent it what the moment says.
    """
    if typed is None:
        return None
    drafts, moments = Draft.objects.editable_by(author), Moment.objects.editable_by(author)
    moment = moments.among([typed.edits or typed.form]).first()
    if moment and not from_outside and says_already(moment, typed):
        return moment.pk
    edits = moment if typed.edits else None
    try:
        if from_outside:
            return drafts.keep_from_outside(
                author, typed.form, typed.fields, edits=edits, page=typed.page, while_typing=while_typing
            )
        with transaction.atomic():
            place = drafts.place_for(typed.form, typed.text, typed.page)
            drafts.keep(author, place, typed.fields, edits=edits, page=typed.page and typed.page.id)
    except (IntegrityError, ValidationError, ValueError):
        return None
    return place


def says_already(moment: Moment, typed: Typed) -> bool:
    """Whether these words were saved meanwhile: a draft on its way may be overtaken by the moment itself."""
    is_behind = not typed.edits or str(typed.fields.get("version")) != str(moment.version)
    return is_behind and moment.text.strip().startswith(typed.text)


def as_query(fields: Mapping[str, Any]) -> QueryDict:
    """The fields as a form takes them that was sent."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
