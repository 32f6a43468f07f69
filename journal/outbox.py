"""What a phone wrote without a signal, taken in once. Two writings under one id are both kept."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from accounts.outbox_key import SealedEntry
from accounts.text import UNSTORABLE
from journal.forms import NewMomentForm
from journal.holding import holds
from journal.models import Child, Draft, Moment, Why
from journal.models.draft_queries import FromPage, in_turn
from journal.models.moment_queries import ConflictError
from journal.typing import FIELDS, as_id, as_query

LATER = "later"
# The form's own id: it goes on with what waits under it.
GOES_ON = "draft"
# How its page stood to what was kept while it was typed. No moment keeps it.
PAGE = (GOES_ON, "page", "since")


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
        return {name: UNSTORABLE.sub("�", str(sent[name])) for name in (*FIELDS, *PAGE) if sent.get(name)}
    except (AttributeError, ValueError) as error:
        raise ValueError("no fields") from error


@transaction.atomic
def take_in(author: User, pk: UUID, fields: dict[str, Any]) -> int:
    """201 when it is a moment now, 200 when it was one already, 202 when it is kept as a draft to mend.

    Raises Moment.DoesNotExist when the id is another's.
    """
    in_turn(author)
    page = FromPage(as_id(fields.get("page")) or pk, fields.get("since", ""))
    goes_on, why = fields.get(GOES_ON) == str(pk), Why.REFUSED
    fields = {name: value for name, value in fields.items() if name not in PAGE}
    children = list(Child.objects.editable_by(author))
    if fields.get("child") == LATER:
        fields["child"] = str(children[0].pk) if len(children) == 1 else ""
        why = Why.WHICH_CHILD if len(children) > 1 else why
    form = NewMomentForm(as_query(fields | {"id": str(pk)}), author=author, children=children)
    moment = Moment.objects.editable_by(author).among([pk]).first()
    if moment:
        return already_there(form, pk, fields, moment)
    waiting = Draft.objects.editable_by(author).of_form(pk).first()
    if waiting and waiting.is_from_phone and waiting.content == fields:
        return 202
    if why == Why.WHICH_CHILD:
        return keep_to_mend(author, pk, fields, waiting, why, page)
    # What the phone brought before is mended by this; what was typed elsewhere may have more words than this.
    is_mended = goes_on and waiting is not None and waiting.is_from_phone
    kept = keep(form, pk, fields, None if is_mended else page)
    return kept or keep_to_mend(author, pk, fields, waiting, why, page)


def keep(form: NewMomentForm, pk: UUID, fields: dict[str, Any], page: FromPage | None) -> int:
    """As a moment; 0 when it is refused. What waits under its id ends with it, but for other words: they stay beside."""
    try:
        with transaction.atomic():
            if not form.is_valid():
                return 0
            form.keep()
            Draft.objects.editable_by(form.author).done_with(pk, fields, page)
            return 201
    except ConflictError as conflict:
        return already_there(form, pk, fields, conflict.moment)


def keep_to_mend(
    author: User, pk: UUID, fields: dict[str, Any], waiting: Draft | None, why: Why, page: FromPage
) -> int:
    """In the place of what its own page kept while it was typed, and of nothing else."""
    if waiting and (waiting.is_from_phone or not (waiting.is_of(page) or waiting.is_in(fields))):
        keep_beside(author, pk, fields, why)
    else:
        Draft.objects.editable_by(author).keep(author, pk, fields, edits=None, why=why)
    return 202


def already_there(form: NewMomentForm, pk: UUID, fields: dict[str, Any], moment: Moment) -> int:
    """What the moment neither says nor said at first is kept beside it."""
    began_so = form.is_valid() and moment.began_with(form.values())
    if began_so or holds(moment, form, fields):
        return 200
    keep_beside(form.author, pk, fields)
    return 202


def keep_beside(author: User, pk: UUID, fields: dict[str, Any], why: Why = Why.REFUSED) -> None:
    """As a draft of its own, the same one however often it is brought."""
    form = uuid5(pk, json.dumps(fields, sort_keys=True))
    Draft.objects.editable_by(author).keep(author, form, fields, edits=None, why=why)
