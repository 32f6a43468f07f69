"""What a phone wrote without a signal, taken in once."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.outbox_key import SealedEntry
from accounts.text import UNSTORABLE
from journal.forms import NewMomentForm
from journal.models import Child, Draft, Moment, Why
from journal.models.moment_queries import ConflictError
from journal.typing import FIELDS, as_query

LATER = "later"


def digest_of(children: Iterable[Child]) -> str:
    """By which a phone sees that the children, or their order, are others than it knows. It names none."""
    return hashlib.sha256(" ".join(str(child.pk) for child in children).encode()).hexdigest()[:16]


def read_entry(body: bytes) -> SealedEntry:
    """Raises ValueError for what is none."""
    try:
        sent = json.loads(body)
        parts = {name: base64.b64decode(sent[name], validate=True) for name in ("key", "nonce", "box")}
        return SealedEntry(UUID(sent["id"]), str(sent["key_id"]), parts["key"], parts["nonce"], parts["box"])
    except (AttributeError, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise ValueError("not an entry") from error


def read_fields(opened: bytes) -> dict[str, Any]:
    """The fields of an opened entry. What no database keeps is marked: the phone cannot be asked to type it again."""
    try:
        sent = json.loads(opened)
        return {name: UNSTORABLE.sub("�", str(sent[name])) for name in FIELDS if sent.get(name)}
    except (AttributeError, ValueError) as error:
        raise ValueError("no fields") from error


def take_in(author: User, pk: UUID, fields: dict[str, Any]) -> int:
    """201 when it is a moment now, 200 when it was one already, 202 when it is kept as a draft to mend.

    Raises Moment.DoesNotExist when the id is another's.
    """
    drafts = Draft.objects.editable_by(author)
    moment = Moment.objects.editable_by(author).among([pk]).first()
    if moment:
        return already_there(author, pk, fields, moment)
    waiting = drafts.from_phone().of_form(pk).first()
    if waiting:
        if waiting.text.strip() != words_of(fields):
            keep_beside(author, pk, fields)
        return 202
    children = list(Child.objects.editable_by(author))
    if fields.get("child") == LATER:
        fields = fields | {"child": str(children[0].pk) if len(children) == 1 else ""}
        if len(children) > 1:
            drafts.keep(author, pk, fields, edits=None, why=Why.WHICH_CHILD)
            return 202
    return keep(author, pk, fields, children)


def keep(author: User, pk: UUID, fields: dict[str, Any], children: Sequence[Child]) -> int:
    drafts = Draft.objects.editable_by(author)
    form = NewMomentForm(as_query(fields | {"id": str(pk)}), author=author, children=children)
    try:
        with transaction.atomic():
            if form.is_valid():
                form.keep()
                drafts.done_with(pk)
                return 201
    except ConflictError as conflict:
        return already_there(author, pk, fields, conflict.moment)
    except IntegrityError:  # what it belongs to was deleted just now
        pass
    drafts.keep(author, pk, fields, edits=None, why=Why.REFUSED)
    return 202


def words_of(fields: dict[str, Any]) -> str:
    return str(fields.get("text", "")).strip()


def already_there(author: User, pk: UUID, fields: dict[str, Any], moment: Moment) -> int:
    """Other words under its id are kept beside it. A moment that was changed since may have said these."""
    if moment.version > 1 or moment.text.strip().startswith(words_of(fields)):
        return 200
    keep_beside(author, pk, fields)
    return 202


def keep_beside(author: User, pk: UUID, fields: dict[str, Any]) -> None:
    """As a draft of its own, the same one however often it is brought."""
    form = uuid5(pk, words_of(fields))
    Draft.objects.editable_by(author).keep(author, form, fields, edits=None, why=Why.REFUSED)
