"""What a phone wrote without a signal, taken in once."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.outbox_key import SealedEntry
from accounts.text import UNSTORABLE
from journal.forms import NewMomentForm
from journal.models import Child, Draft, Moment, Why
from journal.models.moment_queries import ConflictError
from journal.typing import FIELDS, as_query

LATER = "later"


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
    if Moment.objects.editable_by(author).among([pk]).exists():
        return 200
    if drafts.from_phone().of_form(pk).exists():
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
    except ConflictError:
        return 200
    except IntegrityError:  # what it belongs to was deleted just now
        pass
    drafts.keep(author, pk, fields, edits=None, why=Why.REFUSED)
    return 202
