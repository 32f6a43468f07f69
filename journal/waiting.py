"""What may wait for a parent: words to go on with, and readers. Most have neither: one plain query asks for both."""

from operator import itemgetter
from typing import Any, NamedTuple, Self

from django.db.models import CharField, QuerySet, UUIDField, Value

from accounts.models import User
from accounts.prepared import prepared
from journal.models import Draft, Offered, Share
from journal.models.draft_queries import OFFER

SHARE = "share"


@prepared(parent=UUIDField())
def what_waits(parent: Any) -> QuerySet[Draft, Any]:
    drafts = Draft.objects.editable_by(parent).on_offer().order_by().values_list(*OFFER)
    shares = Share.objects.editable_by(parent).values_list("pk", "invited_at", Value(SHARE, CharField()))
    return drafts.union(shares, all=True)


class Waiting(NamedTuple):
    """The newest draft to go on with, and whether this parent ever asked anyone to read."""

    offered: Offered | None
    has_shares: bool

    @classmethod
    def of(cls, parent: User) -> Self:
        rows = sorted(what_waits(parent=parent), key=itemgetter(1), reverse=True)
        return cls(Offered.of([row for row in rows if row[2] != SHARE]), any(what == SHARE for *_row, what in rows))
