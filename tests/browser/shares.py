"""A share between two people in the server's database.

python -m tests.browser.shares make [LANGUAGE [AMOUNT]]: prints the reader's session, the share and its moment, as JSON.
python -m tests.browser.shares end SHARE: its parent ends it.
"""

import json
import sys
from datetime import timedelta
from itertools import product

import django

django.setup()

from django.utils import timezone

from accounts.models import User
from journal.models import Moment, PromptText, Share, Visit
from tests.browser.clock import months_ago
from tests.browser.families import session_of
from tests.factories import make_child, make_moment, make_share, make_user

SECRET = "She laughed at the spoon."
LONG = "She looked up and waited for me, and I put the basket down. " * 40
LINES = "\n".join(["Naps."] * 80)
A_LONG_NAME = "Maximiliana Guadalupe de los Ángeles Fernández y Montealegre"
CHILDREN = 3


def make(language: str = "en", amount: str = "usual") -> dict:
    """The reader is a demo person: in development mode nobody asks them for a second factor."""
    number = Share.objects.count()
    parent = make_user(email=f"sharing-{number}@example.com", language=language)
    reader = make_user(email=f"reading-{number}@example.com", language=language, is_demo=True)
    ends_on = timezone.localdate() + timedelta(days=90)
    moments = {"nothing": nothing, "usual": usual, "most": most}[amount](parent)
    children = list({moment.child for moment in moments if moment.child})
    names = {"signed_name": A_LONG_NAME} if amount == "most" else {}
    share = make_share(parent=parent, reader=reader, children=children, ends_on=ends_on, moments=moments, **names)
    if amount == "most":
        share_scary(parent, share)
    if moments:
        visit = Visit.objects.plan(share)
        visit.ask_for(LINES[:500] if amount == "most" else LONG[:500])
        visit.plan_for(timezone.localdate() + timedelta(days=3))
    share.agreed_at -= timedelta(days=60)
    share.consents = [share.consent | {"agreed_at": share.agreed_at.isoformat()}]
    share.save(update_fields=["agreed_at", "consents"])
    moment = str(moments[0].pk) if moments else ""
    return {"session": session_of(reader), "share": str(share.pk), "moment": moment}


def nothing(parent: User) -> list[Moment]:
    return []


def usual(parent: User) -> list[Moment]:
    now = timezone.now()
    missed = make_moment(author=parent, kind="missed", happened_at=now, text=LONG)
    repair = make_moment(author=parent, kind="repair", happened_at=now, text=LONG, repairs=missed)
    moment = make_moment(author=parent, happened_at=now, text=f"{SECRET} {LONG}", starred=True)
    return [moment, missed, repair]


def most(parent: User) -> list[Moment]:
    """As much as the page has room to be asked for: long names and words, questions, chips, a week of every child."""
    asked = max(PromptText.objects.filter(language=parent.language), key=lambda wording: len(wording.text))
    last_week = timezone.now() - timedelta(days=7)
    name = A_LONG_NAME[:32]
    children = [make_child(parent=parent, name=name, birth_month=months_ago(30)) for _child in range(CHILDREN)]
    full = {"text": f"{SECRET} {LONG}", "cue": "not-sure", "prompt_text": asked}
    told = [
        make_moment(
            author=parent,
            child=child,
            happened_at=last_week - timedelta(minutes=minutes),
            kind=kind,
            did="did-not-know" if kind == "missed" else "explained",
            starred=kind == "responsive",
            **full,
        )
        for minutes, (child, kind) in enumerate(product([*children, None], ("missed", "responsive") * 2))
    ]
    newest = told[0]
    repairs = [
        make_moment(author=parent, child=newest.child, kind="repair", happened_at=last_week, repairs=newest, **full)
        for _repair in range(3)
    ]
    return [*told, *repairs]


def share_scary(parent: User, share: Share) -> None:
    """Of one child alone: of whom something is marked, there is no summary."""
    child, last_week = share.children.first(), timezone.now() - timedelta(days=7)
    for _moment in range(10):
        scary = make_moment(author=parent, child=child, happened_at=last_week, felt_unsafe=True, text=LONG)
        scary.share_with([share], confirmed=True)


def end(pk: str) -> None:
    share = Share.objects.get(pk=pk)
    share.end(by=share.parent)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        json.dump(make(*sys.argv[2:]), sys.stdout)
    else:
        end(sys.argv[2])
