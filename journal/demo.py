"""The demo families of development mode: two parents, a visitor, an editor, and weeks for every kind of summary."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import User
from journal.consent import write_consent
from journal.editors import make_editor
from journal.invitations import OPEN_FOR
from journal.loading import CONTENT
from journal.models import Child, Moment, Note, ProgramText, PromptText, Share, Visit
from journal.weeks import Week

PASSWORD = "most-of-the-time-demo"  # noqa: S105  # printed by `make run`; such accounts work nowhere else
PEOPLE: dict[str, dict[str, Any]] = {
    "parent@example.org": {},
    "other@example.org": {"language": "es"},
    "visitor@example.org": {},
    "editor@example.org": {},
}
FAMILIES = {"parent@example.org": "parent", "other@example.org": "other"}


def make_demo() -> None:
    """Make them all. The caller holds the transaction, and checks that the database is new."""
    if not settings.DEVELOPMENT:
        raise RuntimeError("Demo accounts are made in development mode alone.")
    families, sharing = read("demo.json"), read("demo_sharing.json")
    people, kept = {}, {}
    for email, fields in PEOPLE.items():
        people[email] = user = User.objects.create_user(email, PASSWORD, is_demo=True, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        if email in FAMILIES:
            kept[email] = make_family(user, families[FAMILIES[email]])
    make_editor(people["editor@example.org"])
    parent, reader = people["parent@example.org"], people["visitor@example.org"]
    make_share(parent, reader, sharing, kept["parent@example.org"])
    ask_to_read(people["other@example.org"], reader, sharing)


def read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((CONTENT / name).read_text(encoding="utf-8"))
    return told


def make_family(parent: User, family: dict[str, Any]) -> dict[str, Moment]:
    """The family's moments by their keys in the file."""
    now = timezone.now().astimezone(parent.zone)
    children = {child["key"]: make_child(parent, child, now.date()) for child in family["children"]}
    wordings = {
        wording.prompt.slug: wording
        for wording in PromptText.objects.filter(language=parent.language).select_related("prompt")
    }
    kept: dict[str, Moment] = {}
    for told in sorted(family["moments"], key=lambda told: local_time(told, now.date())):
        happened_at = local_time(told, now.date()).replace(tzinfo=parent.zone)
        if happened_at <= now:
            kept[told["key"]] = Moment.objects.create(
                author=parent,
                child=children.get(told["child"]),
                kind=told["kind"],
                happened_at=happened_at.astimezone(UTC),
                happened_on=happened_at.date(),
                time_zone=parent.time_zone,
                repairs=kept.get(told["mends"]),
                starred=told["starred"],
                prompt_text=wordings.get(told["prompt"]),
                content={name: told[name] for name in ("text", "cue", "did", "feeling", "felt_unsafe")},
            )
    # Written down on the day it happened: a week of the demo says "Updated" for a later coming back alone.
    for moment in kept.values():
        Moment.objects.editable_by(parent).filter(pk=moment.pk).update(
            created_at=moment.happened_at, edited_at=moment.happened_at
        )
    return kept


def ask_to_read(parent: User, reader: User, told: dict[str, Any]) -> Share:
    """An invitation that the reader used; the parent's answer waits."""
    share = Share(parent=parent, invited_name=told["name"].split()[0], open_until=timezone.now() + OPEN_FOR)
    share.save()
    share.request(by=reader, name=told["name"], program=told["program"])
    return share


def make_share(parent: User, reader: User, told: dict[str, Any], kept: dict[str, Moment]) -> None:
    """Agreed to three weeks ago, with a good part of what was written since, a visit to come, and a note each way."""
    share, now = ask_to_read(parent, reader, told), timezone.now()
    today = now.astimezone(parent.zone).date()
    agree(share, told, today + timedelta(days=69))
    shared = [kept[key] for key in told["moments"] if key in kept]
    Moment.objects.editable_by(parent).among([moment.pk for moment in shared]).read_too_by([share])
    visit = Visit(share=share, parent=parent, planned_on=today + timedelta(days=2), ask=told["ask"])
    visit.save()
    for author, note, ago in ((reader, told["from_reader"], 2), (parent, told["from_parent"], 1)):
        moment, written_at = kept[note["moment"]], now - timedelta(hours=ago)
        Note(share=share, parent=parent, author=author, moment=moment, text=note["text"], written_at=written_at).save()


def agree(share: Share, told: dict[str, Any], ends_on: date) -> None:
    """The parent's yes, in their language, dated three weeks back."""
    with translation.override(share.parent.language):
        program = ProgramText.objects.current()
        consent = write_consent(
            reader=told["name"],
            program=told["program"],
            until=date_format(ends_on),
            program_text=program.text if program else "",
            program_version=program.version if program else 0,
        )
    share.agree(
        children=list(Child.objects.editable_by(share.parent)),
        nameless=True,
        ends_on=ends_on,
        signed_name=told["signed_name"],
        shown=consent.as_shown(),
    )
    then = timezone.now() - timedelta(days=21)
    share.consents = [share.consent | {"agreed_at": then.isoformat()}]
    share.invited_at = share.requested_at = share.agreed_at = then
    share.save(update_fields=["consents", "invited_at", "requested_at", "agreed_at"])


def make_child(parent: User, told: dict[str, Any], today: date) -> Child:
    months = today.year * 12 + today.month - 1 - told["age_months"]
    return Child.objects.create(parent=parent, name=told["name"], birth_month=date(months // 12, months % 12 + 1, 1))


def local_time(told: dict[str, Any], today: date) -> datetime:
    monday = Week.of(today).monday - timedelta(weeks=told["weeks_ago"])
    return datetime.combine(monday + timedelta(days=told["weekday"]), time.fromisoformat(told["time"]))
