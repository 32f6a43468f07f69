"""Packing a journal, a batch of moments at a time: memory and the time of one request stay small however long it is.

What is packed lies sealed in the parcel until it is taken, or its ten minutes are over.
"""

import json
from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone, translation

from accounts.models import User
from journal.models import Moment, Parcel, Way
from journal.takeout import pages, rows, sheets

BATCH = 200
# As long as one request may pack: most journals are done in one.
STEP_SECONDS = 2.0

HTML, JSON, MOMENTS = "journal.html", "journal.json", "moments.csv"


def begin(user: User) -> Parcel:
    """An empty parcel, in the language of the page that asked for it."""
    total, newest_change = fingerprint(user)
    return Parcel.objects.begin(user, Way.OUT, total=total, newest_change=newest_change)


def fingerprint(user: User) -> tuple[int, Any]:
    """How many moments there are, and when the last change of one was."""
    found = Moment.objects.editable_by(user).aggregate(Count("pk"), Max("edited_at"))
    return found["pk__count"], found["edited_at__max"]


def still_fits(parcel: Parcel) -> bool:
    """Whether no moment was written, changed or deleted since the packing began."""
    return fingerprint(parcel.owner) == (parcel.total, parcel.newest_change)


def go_on(parcel: Parcel, *, seconds: float = STEP_SECONDS) -> Parcel | None:
    """Pack for about so long. The parcel as it is then; None when it is gone."""
    until = monotonic() + seconds
    packed: Parcel | None = parcel
    while packed and not packed.ready_at:
        packed = pack_batch(packed)
        if monotonic() >= until:
            break
    return packed


@transaction.atomic
def pack_batch(parcel: Parcel) -> Parcel | None:
    """The next moments, or when there are none left all the rest. Two tabs take turns."""
    kept = Parcel.objects.editable_by(parcel.owner).out().select_for_update(of=("self",)).filter(pk=parcel.pk).first()
    if kept is None or kept.ready_at:
        return kept
    with translation.override(kept.language):
        batch = list(after(rows.moments(kept.owner), kept)[:BATCH])
        if batch:
            pack_moments(kept, batch)
        elif still_fits(kept):
            pack_rest(kept)
        else:
            return begin(kept.owner)
    kept.save()
    return kept


def after(moments: Any, parcel: Parcel) -> Any:
    if not parcel.reached:
        return moments
    moment_at, file_id = parcel.reached
    later = Q(happened_at__gt=moment_at) | Q(happened_at=moment_at, file_id__gt=file_id)
    return moments.filter(later, happened_at__gte=moment_at)


def pack_moments(parcel: Parcel, batch: Sequence[Any]) -> None:
    Moment.objects.editable_by(parcel.owner).tell_repairs(batch)
    told = [rows.moment_row(moment) for moment in batch]
    place = parcel.done + 1
    parcel.add(HTML, place, pages.chapter(batch, parcel.reached_on))
    parcel.add(JSON, place, (",\n" if parcel.done else "\n") + ",\n".join(as_json(row) for row in told))
    parcel.add(MOMENTS, place, sheets.moment_lines(told))
    parcel.done += len(batch)
    parcel.reached_at, parcel.reached_id, parcel.reached_on = (
        batch[-1].happened_at,
        batch[-1].file_id,
        batch[-1].happened_on,
    )


def pack_rest(parcel: Parcel) -> None:
    """What stands before the moments, and what after them."""
    user, names = parcel.owner, rows.Names(parcel.owner)
    children = [rows.child_row(child) for child in rows.children(user)]
    shares = [rows.share_row(user, share, names) for share in rows.shares(user)]
    first, last = 0, parcel.done + 1
    parcel.add(HTML, first, pages.begin() + pages.cover(children=children, total=parcel.done))
    parcel.add(HTML, last, pages.readers(shares) + pages.end())
    parcel.add(JSON, first, json_head(user, children))
    parcel.add(JSON, last, json_tail(shares))
    parcel.add(MOMENTS, first, sheets.head(sheets.MOMENTS))
    for member, text in tables(user, children, shares):
        parcel.add(member, first, text)
    parcel.ready_at = timezone.now()


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def listed(values: Sequence[Any]) -> str:
    """A list with each value on a line of its own."""
    return "[" + ",".join(f"\n{as_json(value)}" for value in values) + "\n]"


def json_head(user: User, children: Sequence[dict[str, Any]]) -> str:
    return (
        f'{{"format":"{rows.FORMAT}","version":{rows.VERSION},\n'
        f'"settings":{as_json(rows.settings_row(user))},\n"children":{listed(children)},\n"moments":['
    )


def json_tail(shares: Sequence[dict[str, Any]]) -> str:
    return f'\n],\n"shares":{listed(shares)}}}\n'


def tables(user: User, children: Sequence[dict[str, Any]], shares: Sequence[dict[str, Any]]) -> Any:
    """The other tables, whole."""
    account = {"email": user.email, **rows.settings_row(user)}
    yield "account.csv", sheets.head(sheets.ACCOUNT) + sheets.lines(sheets.ACCOUNT, [account])
    yield "children.csv", sheets.head(sheets.CHILDREN) + sheets.lines(sheets.CHILDREN, children)
    yield "drafts.csv", sheets.head(sheets.DRAFTS) + sheets.lines(sheets.DRAFTS, map(rows.draft_row, rows.drafts(user)))
    yield "shares.csv", sheets.head(sheets.SHARES) + sheets.lines(sheets.SHARES, shares)
    for name, columns in sheets.OF_SHARE.items():
        held = [{"share": share["id"], **row} for share in shares for row in share[HELD.get(name, name)]]
        yield f"{name}.csv", sheets.head(columns) + sheets.lines(columns, held)


# Where a table's name is not that of the list in the file.
HELD = {"shared": "moments"}
