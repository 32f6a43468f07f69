"""Makes journals of any size in the server's database and prints how to open them, as JSON.

    python -m tests.bench.journals SIZE...

Two children in each, and beside them a parent with one child, one who writes more while the others are read, and an
editor of the words.
This week and the last hold the same ten moments in every journal. Before them come eight weeks of fourteen, and
then, so that fifty thousand fit between today and the year 2000, weeks of forty-two.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.test import Client

from accounts.models import User
from journal.choices import CUES, DID, DID_MISSED, FEELINGS
from journal.editors import make_editor
from journal.loading import CONTENT
from journal.models import Child, Kind, Moment, Prompt, PromptOffer, PromptText
from journal.weeks import Week
from tests.factories import give_second_factor, make_child, make_user

CHILDREN = [
    {"name": "Mia", "birth_month": date(2025, 10, 1)},
    {"name": "Leo", "birth_month": date(2022, 3, 1)},
]
LIGHT_WEEKS = 10
REMEMBERED_DAYS = 180


class Told(NamedTuple):
    """A moment of a week: its weekday, its kind, and the place in the week of the missed cue it mends."""

    weekday: int
    kind: str
    mends: int | None = None


THIS_WEEK = [Told(0, Kind.MISSED), Told(1, Kind.REPAIR, 0), Told(2, Kind.RESPONSIVE), Told(3, Kind.RESPONSIVE)]
LAST_WEEK = [
    Told(0, Kind.RESPONSIVE),
    Told(1, Kind.MISSED),
    Told(2, Kind.RESPONSIVE),
    Told(3, Kind.REPAIR, 1),
    Told(4, Kind.RESPONSIVE),
    Told(6, Kind.REFLECTION),
]
LIGHT_WEEK = [
    Told(0, Kind.RESPONSIVE),
    Told(0, Kind.MISSED),
    Told(1, Kind.REPAIR, 1),
    Told(1, Kind.RESPONSIVE),
    Told(2, Kind.RESPONSIVE),
    Told(2, Kind.RESPONSIVE),
    Told(3, Kind.MISSED),
    Told(3, Kind.REPAIR, 6),
    Told(4, Kind.RESPONSIVE),
    Told(4, Kind.REFLECTION),
    Told(5, Kind.MISSED),
    Told(5, Kind.RESPONSIVE),
    Told(6, Kind.RESPONSIVE),
    Told(6, Kind.RESPONSIVE),
]
FULL_WEEK = [
    *LIGHT_WEEK,
    *(Told(day, kind) for day in range(7) for kind in (Kind.RESPONSIVE, Kind.MISSED, Kind.RESPONSIVE, Kind.RESPONSIVE)),
]


def weeks_back(today: date) -> Iterator[tuple[date, Sequence[Told]]]:
    """Each week's Monday and moments, the newest week first. What is still to come this week happens today."""
    monday = Week.of(today).monday
    yield monday, [told._replace(weekday=min(told.weekday, today.weekday())) for told in THIS_WEEK]
    yield monday - timedelta(weeks=1), LAST_WEEK
    for weeks in count(2):
        yield monday - timedelta(weeks=weeks), LIGHT_WEEK if weeks < LIGHT_WEEKS else FULL_WEEK


class Writer:
    """Writes one parent's journal. Everything is chosen by its number, nothing by chance."""

    def __init__(self, parent: User, children: int) -> None:
        self.parent = parent
        self.children = [make_child(parent=parent, **child) for child in CHILDREN[:children]]
        told = json.loads((CONTENT / "demo.json").read_text(encoding="utf-8"))["parent"]["moments"]
        self.texts = [moment["text"] for moment in told]
        self.wordings = list(PromptText.objects.filter(language=parent.language))
        self.number = 0

    def week(self, monday: date, pattern: Sequence[Told], written: int) -> list[Moment]:
        """The last `written` moments of the week."""
        made: dict[int, Moment] = {}
        for place in range(len(pattern) - written, len(pattern)):
            told = pattern[place]
            made[place] = self.moment(monday + timedelta(days=told.weekday), place, told.kind, made.get(told.mends))
        return list(made.values())

    def moment(self, day: date, place: int, kind: str, mends: Moment | None) -> Moment:
        number = self.number = self.number + 1
        child = mends.child if mends else self.child(number)
        return Moment(
            author=self.parent,
            child=child,
            kind=kind,
            happened_at=datetime.combine(day, time(6 + place % 16, place), UTC),
            happened_on=day,
            time_zone=self.parent.time_zone,
            repairs=mends,
            starred=number % 9 == 0,
            prompt_text=self.wordings[number % len(self.wordings)] if number % 3 == 0 else None,
            content=self.content(number, kind),
        )

    def child(self, number: int) -> Child | None:
        return None if number % 29 == 0 else self.children[-(number % 3 == 0)]

    def content(self, number: int, kind: str) -> dict:
        """Every seventh without a word, every fifth with many; a mark on one of ninety-seven."""
        text = self.texts[number % len(self.texts)]
        return {
            "text": "" if number % 7 == 0 else " ".join([text] * (4 if number % 5 == 0 else 1)),
            "cue": ["", *(value for value, _label in CUES)][number % 13],
            "did": ["", *(value for value, _label in (DID_MISSED if kind == Kind.MISSED else DID))][number % 4],
            "feeling": ["", *(value for value, _label in FEELINGS)][number % 9],
            "felt_unsafe": number % 97 == 96,
        }

    def offers(self, today: date, days: int) -> Iterator[PromptOffer]:
        """The questions of the days before today: one on Today, one on a form."""
        prompts = list(Prompt.objects.all())
        for ago in range(1, days + 1):
            for kind in ("", Kind.RESPONSIVE):
                yield PromptOffer(
                    author=self.parent,
                    child=self.children[-(ago % 3 == 0)],
                    offered_on=today - timedelta(days=ago),
                    kind=kind,
                    prompt=prompts[(ago + len(kind)) % len(prompts)],
                )


@transaction.atomic
def make_journal(size: int, today: date, *, children: int = 2, name: str = "") -> User:
    """A parent with `size` moments, the newest of this week. Needs the starting content."""
    parent = User.objects.create_user(f"parent-of-{name or size}@example.com", time_zone="UTC")
    writer = Writer(parent, children)
    missing = size
    for monday, pattern in weeks_back(today):
        written = min(missing, len(pattern))
        Moment.objects.bulk_create(writer.week(monday, pattern, written))
        missing -= written
        if not missing:
            break
    # Written down on the day it happened, so that no week says "Updated".
    Moment.objects.editable_by(parent).update(created_at=F("happened_at"), edited_at=F("happened_at"))
    days = min(REMEMBERED_DAYS, (today - monday).days)
    PromptOffer.objects.bulk_create(writer.offers(today, days))
    return parent


def cookies_of(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


if __name__ == "__main__":
    here = datetime.now(UTC).date()
    made = {size: make_journal(int(size), here) for size in sys.argv[1:]}
    made["one child"] = make_journal(1000, here, children=1, name="one-child")
    made["writer"] = make_journal(1000, here, name="writer")
    made["editor"] = make_user(email="editor@example.com")
    make_editor(made["editor"])
    give_second_factor(made["editor"])
    json.dump({name: cookies_of(user) for name, user in made.items()}, sys.stdout)
