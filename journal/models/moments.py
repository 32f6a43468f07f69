"""Moments: what a parent writes down."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator

from accounts.models import User
from accounts.retention import rules
from accounts.sealing import SealedField
from journal.models.children import Child
from journal.models.first_words import MARKED, NOT_SENT, mark_of
from journal.models.kinds import Kind
from journal.models.moment_queries import ConflictError, MomentQuerySet
from journal.models.prompt_texts import PromptText
from journal.models.shared_moments import SharedMoment
from journal.models.shares import Share


class Moment(models.Model):
    """One small thing that happened, as its author saw it.

    Clear are ids, dates, kind, links and the star. `content` holds what was written and chosen, sealed together:
    text, cue, did, feeling, felt_unsafe. `happened_on` is the local date in `time_zone`: weeks go by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="moments", db_index=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="moments", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    happened_at = models.DateTimeField()
    happened_on = models.DateField()
    time_zone = models.CharField(max_length=64)
    repairs = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="mended_by", null=True, blank=True)
    starred = models.BooleanField(default=False)
    prompt_text = models.ForeignKey(PromptText, on_delete=models.PROTECT, related_name="answers", null=True, blank=True)
    content = SealedField(author="author", default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    came_as = models.UUIDField(null=True, blank=True, editable=False)  # its id in the file it came from, if it did

    # Set by `stories`: the local date of the visible missed cue that a repair mends.
    mends_on: date | None = None
    # Set by `with_repairs`, `tell_repairs` and `stories`: the visible repairs of this missed cue.
    coming_back: list["Moment"]
    # Set where moments stand under each other: the next one mends this one.
    is_sewn = False
    # Set by `tell_readers`: the live shares that it can be read through.
    readers: Sequence[Share] = ()

    objects = MomentQuerySet.as_manager()

    retention = {
        **rules("id", "came_as", "child", "kind", "repairs", "starred", export="mine", erase="with the person"),
        **rules("happened_at", "happened_on", "time_zone", "created_at", export="mine", erase="with the person"),
        **rules("edited_at", "prompt_text", "content", export="mine", erase="with the person"),
        **rules("author", "version", export="no: how it works", erase="with the person"),
    }

    class Meta:
        indexes = [
            models.Index(fields=["author", "-happened_at", "-id"], name="moments_of_an_author"),
            models.Index(fields=["author", "child", "-happened_at", "-id"], name="moments_of_a_child"),
            models.Index(fields=["author", "kind", "-happened_at", "-id"], name="moments_of_a_kind"),
            models.Index(fields=["author", "happened_on"], name="moments_of_a_day"),
            models.Index(
                fields=["author", "repairs", "happened_at", "id"],
                condition=models.Q(repairs__isnull=False),
                name="moments_that_mend",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="a_moment_is_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(repairs=None) | models.Q(kind=Kind.REPAIR), name="only_a_repair_mends"
            ),
            models.CheckConstraint(condition=~models.Q(repairs=models.F("id")), name="nothing_mends_itself"),
            models.UniqueConstraint(
                fields=["author", "came_as"], condition=models.Q(came_as__isnull=False), name="a_moment_comes_in_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("journal:moment-detail", args=[self.pk])

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))

    @property
    def question(self) -> str:
        """The question answered; one that came in a file, and is not asked here, stands with the words."""
        asked = self.prompt_text or self.content.get("question")
        return str(asked["text"] if isinstance(asked, dict) else asked.text) if asked else ""

    @property
    def cue(self) -> str:
        return str(self.content.get("cue", ""))

    @property
    def did(self) -> str:
        return str(self.content.get("did", ""))

    @property
    def feeling(self) -> str:
        return str(self.content.get("feeling", ""))

    @property
    def felt_unsafe(self) -> bool:
        return bool(self.content.get("felt_unsafe"))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_time(self) -> datetime:
        """When it happened, by the clock where it happened."""
        return self.happened_at.astimezone(self.zone)

    def in_short(self) -> str:
        """Its date and first words, for a list to pick from."""
        day = date_format(self.happened_on, "SHORT_DATE_FORMAT")
        return f"{day} · {Truncator(self.text).chars(48)}" if self.text else day

    @property
    def mended_on(self) -> list[date]:
        """Local dates of its visible repairs; a repair marked scary mends nothing. Needs `coming_back`."""
        return sorted(repair.happened_on for repair in self.coming_back if not repair.felt_unsafe)

    @property
    def is_mended(self) -> bool:
        return bool(self.mended_on)

    def may_be_read_through(self, share: Share) -> bool:
        """Whether its parent may choose it for this reader now."""
        return share.is_live and share.parent_id == self.author_id and share.covers(self.child_id)

    def says(self, values: dict[str, Any], *, compare_time: bool = True) -> bool:
        """Whether it already holds these values."""
        times = () if compare_time else ("happened_at", "happened_on")
        kept = {name: getattr(self, name) for name in values if name not in times}
        if "content" in kept:
            kept["content"] = {name: part for name, part in self.content.items() if name not in NOT_SENT}
        return all(value == values[name] for name, value in kept.items())

    def began_with(self, values: dict[str, Any]) -> bool:
        """Whether these values are what was written first, but for its time."""
        return bool(self.content.get("first") == mark_of(values))

    @transaction.atomic
    def rewrite(self, values: dict[str, Any], *, version: int) -> "Moment":
        """Write a change made to `version`. Sent twice it is written once; raises ConflictError for an older version."""
        kept = Moment.objects.editable_by(self.author).select_for_update(of=("self",)).get(pk=self.pk)
        if kept.says(values):
            return kept
        if kept.version != version:
            raise ConflictError(kept)
        stays_shared = kept.child_id == values.get("child_id", kept.child_id) and (
            kept.felt_unsafe or not values.get("content", {}).get("felt_unsafe")
        )
        first = {"first": mark_of({name: getattr(kept, name) for name in MARKED})} if kept.version == 1 else {}
        stays = first | {name: kept.content[name] for name in NOT_SENT if name in kept.content}
        values = values | {"content": values.get("content", kept.content) | stays}
        for name, value in (values | {"version": version + 1}).items():
            setattr(kept, name, value)
        kept.save()
        if not stays_shared:
            kept.shared.all().delete()
        return kept

    @transaction.atomic
    def share_with(self, shares: Collection[Share], *, confirmed: bool = False) -> None:
        """Let these readers read it and no others; with none it is "Just me".

        A share that is not live, not this parent's or not about this child opens nothing and is left out. Raises
        ValueError for a moment that felt scary or unsafe, unless sharing that very one was confirmed.
        """
        kept = Moment.objects.editable_by(self.author).select_for_update(of=("self",)).get(pk=self.pk)
        held = set(kept.shared.values_list("share", flat=True))
        chosen = {share.pk for share in shares if kept.may_be_read_through(share)}
        if kept.felt_unsafe and not confirmed and chosen - held:
            raise ValueError("Sharing a scary moment is confirmed for itself.")
        kept.shared.exclude(share__in=chosen).delete()
        new = [SharedMoment(share_id=pk, moment=kept) for pk in chosen - held]
        SharedMoment.objects.bulk_create(new, ignore_conflicts=True)
