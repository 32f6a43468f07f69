"""The demo families of development mode: two parents, a visitor, an editor, and weeks for every kind of summary."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from journal.loading import CONTENT
from journal.models import Child, Moment, PromptText
from journal.weeks import Week

PASSWORD = "most-of-the-time-demo"  # noqa: S105  # printed by `make run`; such accounts work nowhere else
PEOPLE: dict[str, dict[str, Any]] = {
    "parent@example.org": {},
    "other@example.org": {"language": "es"},
    "visitor@example.org": {},
    "editor@example.org": {"is_staff": True},
}
FAMILIES = {"parent@example.org": "parent", "other@example.org": "other"}


def make_demo() -> None:
    """Make them all. The caller holds the transaction, and checks that the database is new."""
    if not settings.DEVELOPMENT:
        raise RuntimeError("Demo accounts are made in development mode alone.")
    families = json.loads((CONTENT / "demo.json").read_text(encoding="utf-8"))
    for email, fields in PEOPLE.items():
        user = User.objects.create_user(email, PASSWORD, is_demo=True, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        if email in FAMILIES:
            make_family(user, families[FAMILIES[email]])


def make_family(parent: User, family: dict[str, Any]) -> None:
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


def make_child(parent: User, told: dict[str, Any], today: date) -> Child:
    months = today.year * 12 + today.month - 1 - told["age_months"]
    return Child.objects.create(parent=parent, name=told["name"], birth_month=date(months // 12, months % 12 + 1, 1))


def local_time(told: dict[str, Any], today: date) -> datetime:
    monday = Week.of(today).monday - timedelta(weeks=told["weeks_ago"])
    return datetime.combine(monday + timedelta(days=told["weekday"]), time.fromisoformat(told["time"]))
