"""What may wait for a parent: words to go on with, and readers. Most have neither: one plain query asks for both."""

from operator import itemgetter
from typing import NamedTuple, Self

from django.db.models import CharField, Value

from accounts.models import User
from journal.models import Draft, Offered, Share
from journal.models.drafts import OFFER

SHARE = "share"


class Waiting(NamedTuple):
    """The newest draft to go on with, and whether this parent ever asked anyone to read."""

    offered: Offered | None
    has_shares: bool

    @classmethod
    def of(cls, parent: User) -> Self:
        drafts = Draft.objects.editable_by(parent).on_offer().order_by().values_list(*OFFER)
        shares = Share.objects.editable_by(parent).values_list("pk", "invited_at", Value(SHARE, CharField()))
        rows = sorted(drafts.union(shares, all=True), key=itemgetter(1), reverse=True)
        return cls(Offered.of([row for row in rows if row[2] != SHARE]), any(what == SHARE for *_row, what in rows))
