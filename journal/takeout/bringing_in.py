"""Bringing a checked file into somebody's journal: all of it or nothing, and nothing twice.

A row that is here already, by its own id or by the id it came with, stays as it is. Every other one gets a new random
id: whether an id of the file is known to anybody else here makes no difference to anything, so nothing is revealed.
Nothing that comes in opens anything: moments are "Just me", and a share comes in as history, without a reader and over.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from journal.models import Child, Kind, Moment, Note, PromptText, Reading, Share, SharedMoment, Visit
from journal.takeout.checking import Told

Names = dict[UUID, UUID]


@dataclass
class Arrival:
    """What of a file is new to this person; `here` is what they have of each sort, by its id in the file."""

    user: User
    told: Told
    here: dict[str, Names] = field(default_factory=dict)

    @classmethod
    def of(cls, user: User, told: Told) -> "Arrival":
        own = {
            "children": Child.objects.editable_by(user),
            "moments": Moment.objects.editable_by(user),
            "shares": Share.objects.editable_by(user),
        }
        named = {sort: kept.annotate(file_id=Coalesce("came_as", "id")) for sort, kept in own.items()}
        return cls(user, told, {sort: dict(kept.values_list("file_id", "id")) for sort, kept in named.items()})

    def new(self, sort: str) -> list[dict[str, Any]]:
        told: dict[UUID, dict[str, Any]] = getattr(self.told, sort)
        return [row for name, row in told.items() if name not in self.here[sort]]

    @property
    def new_children(self) -> list[dict[str, Any]]:
        return self.new("children")

    @property
    def new_moments(self) -> list[dict[str, Any]]:
        return self.new("moments")

    @property
    def new_shares(self) -> list[dict[str, Any]]:
        return self.new("shares")

    @property
    def stays(self) -> int:
        """How many rows of the file are here already."""
        told = len(self.told.children) + len(self.told.moments) + len(self.told.shares)
        return told - len(self.new_children) - len(self.new_moments) - len(self.new_shares)

    @property
    def is_nothing(self) -> bool:
        return not (self.new_children or self.new_moments or self.new_shares)

    @property
    def brings_settings(self) -> bool:
        """Into an empty journal alone: who already writes here has set theirs."""
        return not any(self.here.values())

    @transaction.atomic
    def bring(self) -> None:
        children, moments, shares = self.new_children, self.new_moments, self.new_shares
        of_children = self.here["children"] | {row["id"]: uuid4() for row in children}
        of_moments = self.here["moments"] | {row["id"]: uuid4() for row in moments}
        bring_children(self.user, children, of_children)
        bring_moments(self.user, moments, of_children, of_moments)
        for share in shares:
            bring_share(self.user, share, of_children, of_moments)
        if self.brings_settings:
            for name, value in self.told.settings.items():
                setattr(self.user, name, value)
            self.user.save(update_fields=list(self.told.settings))


def bring_children(user: User, children: list[dict[str, Any]], names: Names) -> None:
    for row in children:
        child = Child(
            id=names[row["id"]], came_as=row["id"], parent=user, name=row["name"], birth_month=row["birth_month"]
        )
        child.save(force_insert=True)
        Child.objects.editable_by(user).filter(pk=child.pk).update(created_at=row["created_at"])


def bring_moments(user: User, moments: list[dict[str, Any]], of_children: Names, of_moments: Names) -> None:
    """Those that mend come after what they mend. When each was written is set afterwards: saving would set it to now."""
    wordings = asked_here(moments)
    made = []
    for row in moments:
        moment = moment_of(user, row, wordings)
        moment.pk = of_moments[row["id"]]
        moment.child_id = of_children[row["child"]] if row["child"] else None
        moment.repairs_id = of_moments[row["mends"]] if row["mends"] else None
        made.append(moment)
    made.sort(key=lambda moment: moment.repairs_id is not None)
    untie_what_changed(user, made)
    Moment.objects.bulk_create(made, batch_size=250)
    for moment in made:
        moment.created_at, moment.edited_at = moment.told["created_at"], moment.told["edited_at"]
    Moment.objects.bulk_update(made, ["created_at", "edited_at"], batch_size=250)


def moment_of(user: User, row: dict[str, Any], wordings: dict[Any, PromptText]) -> Any:
    """A moment that is not saved; a question that is not asked here, word for word, stands with its words."""
    content, asked = row["content"], row["question"]
    wording = wordings.get(tuple(asked.values())) if asked else None
    moment: Any = Moment(
        came_as=row["id"],
        author=user,
        prompt_text=wording,
        content={**content, "question": asked} if asked and not wording else content,
        **{name: row[name] for name in ("kind", "happened_at", "happened_on", "time_zone", "starred")},
    )
    moment.told = row
    return moment


def asked_here(moments: list[dict[str, Any]]) -> dict[Any, PromptText]:
    """The wordings that are asked here too, by all that the file says of them."""
    slugs = {row["question"]["prompt"] for row in moments if row["question"]}
    found = PromptText.objects.asked().filter(prompt__slug__in=slugs) if slugs else ()
    return {(one.prompt.slug, one.language, one.version, one.text): one for one in found}


def untie_what_changed(user: User, made: list[Any]) -> None:
    """A cue that is here already may be another one by now: then what came back to it comes in untied."""
    new = {moment.pk for moment in made}
    tied = {moment.repairs_id for moment in made} - new - {None}
    kept = Moment.objects.editable_by(user).filter(pk__in=tied, kind=Kind.MISSED)
    days = {pk: (child, day) for pk, child, day in kept.values_list("id", "child", "happened_on")}
    for moment in made:
        if moment.repairs_id in tied:
            child, day = days.get(moment.repairs_id, (uuid4(), moment.happened_on))
            if child != moment.child_id or day > moment.happened_on:
                moment.repairs_id = None


def bring_share(user: User, row: dict[str, Any], of_children: Names, of_moments: Names) -> None:
    ends_on = row["ends_on"]
    share = Share(
        came_as=row["id"],
        parent=user,
        open_until=row["invited_at"],
        ends_at=ends_on and datetime.combine(ends_on + timedelta(days=1), time(), user.zone),
        ended_at=row["ended_at"] or timezone.now(),
        ended_by=user if row["ended_at"] else None,
        consents=[consent_here(consent, of_children) for consent in row["consents"]],
        **{name: row[name] for name in ("invited_name", "asked", "invited_at", "requested_at", "agreed_at")},
        **{name: row[name] for name in ("ends_on", "with_nameless")},
    )
    Share.objects.keep_past(
        share, Child.objects.editable_by(user).filter(pk__in=[of_children[child] for child in row["children"]])
    )
    bring_what_hangs_on(user, share, row, of_moments)


def consent_here(consent: dict[str, Any], of_children: Names) -> dict[str, Any]:
    return {**consent, "children": sorted(str(of_children.get(child, child)) for child in consent["children"])}


def bring_what_hangs_on(user: User, share: Share, row: dict[str, Any], of_moments: Names) -> None:
    """Its moments, visits, notes and readings. A reading outlives the moment that it names."""
    shared = [
        SharedMoment(share=share, moment_id=of_moments[one["moment"]], shared_at=one["shared_at"])
        for one in row["moments"]
    ]
    readings = [
        Reading(share=share, **{**one, "of_moment": of_moments.get(one["of_moment"], one["of_moment"])})
        for one in row["readings"]
    ]
    SharedMoment.objects.bulk_create(shared, batch_size=250)
    Visit.objects.bulk_create([Visit(share=share, parent=user, **visit) for visit in row["visits"]], batch_size=250)
    Note.objects.bulk_create([note_of(user, share, note, of_moments) for note in row["notes"]], batch_size=250)
    Reading.objects.bulk_create(readings, batch_size=250)


def note_of(user: User, share: Share, note: dict[str, Any], of_moments: Names) -> Note:
    """Put away already: it is no news."""
    return Note(
        share=share,
        parent=user,
        author=user if note["by"] == "me" else None,
        moment_id=of_moments[note["moment"]] if note["moment"] else None,
        seen_at=note["written_at"],
        **{name: note[name] for name in ("monday", "text", "written_at")},
    )
