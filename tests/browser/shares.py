"""A share between two people in the server's database.

python -m tests.browser.shares make: prints the reader's session, the share and its moment, as JSON.
python -m tests.browser.shares end SHARE: its parent ends it.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone

from journal.models import Share, Visit
from tests.browser.families import session_of
from tests.factories import make_moment, make_share, make_user


def make() -> dict:
    """The reader is a demo person: in development mode nobody asks them for a second factor."""
    number = Share.objects.count()
    parent = make_user(email=f"sharing-{number}@example.com")
    reader = make_user(email=f"reading-{number}@example.com", is_demo=True)
    now = timezone.now()
    long = "She looked up and waited for me, and I put the basket down. " * 40
    missed = make_moment(author=parent, kind="missed", happened_at=now, text=long)
    repair = make_moment(author=parent, kind="repair", happened_at=now, text=long, repairs=missed)
    moment = make_moment(author=parent, happened_at=now, text=f"She laughed at the spoon. {long}", starred=True)
    moments = [moment, missed, repair]
    share = make_share(parent=parent, reader=reader, ends_on=now.date() + timedelta(days=90), moments=moments)
    Visit.objects.plan(share).ask_for(long[:500])
    return {"session": session_of(reader), "share": str(share.pk), "moment": str(moment.pk)}


def end(pk: str) -> None:
    share = Share.objects.get(pk=pk)
    share.end(by=share.parent)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        json.dump(make(), sys.stdout)
    else:
        end(sys.argv[2])
