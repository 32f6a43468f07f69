"""The questions that help a parent look closer: when each is asked, and who said so."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.retention import about_nobody, rules
from journal.ages import OLDEST, Band
from journal.models.prompt_states import PromptState, in_state
from journal.models.themes import Theme

SECTIONS = [(f"S{number}", f"S{number}") for number in range(1, 23)]


class PromptKind(models.TextChoices):
    RESPONSIVE = "responsive", pgettext_lazy("question kind", "responding")
    MISSED = "missed", pgettext_lazy("question kind", "a cue that got by")
    REPAIR = "repair", pgettext_lazy("question kind", "coming back")
    ANY = "any", pgettext_lazy("question kind", "rest, help, grace")


class PromptQuerySet(models.QuerySet["Prompt"]):
    def published(self, day: date, code: str) -> Self:
        """Each question asked on a day, joined with all its wordings in a language."""
        return self.filter(in_state(PromptState.PUBLISHED, day), texts__language=code)

    def in_state(self, state: str) -> Self:
        return self.filter(in_state(state, timezone.localdate()))

    def within(self, band: Band) -> Self:
        """Asked at some age of the band."""
        return self.filter(age_min_months__lt=band.end, age_max_months__gt=band.start)

    def without_language(self, code: str) -> Self:
        return self.exclude(texts__language=code)

    def ever_asked(self) -> Self:
        """Those that were offered to any parent, or answered by one."""
        return self.filter(models.Q(offers__isnull=False) | models.Q(texts__answers__isnull=False)).distinct()

    def wished_by(self, user: User) -> Self:
        return self.filter(wished_by=user.pk)

    def out(self) -> Self:
        """Published and not retired, whatever their days."""
        return self.filter(published_at__isnull=False, retired_at=None)


class Prompt(models.Model):
    """One question: for a kind of moment, for ages in months (from, up to but not with), from a section.

    A draft has no `published_at`; a retired one has both times. Old answers keep their words either way.
    Where two editors decide, the first one's wish to publish waits in `wished_at` and `wished_by`: an id, no key.
    """

    slug = models.SlugField(
        _("name"), unique=True, help_text=_("Small letters, numbers and hyphens. No parent sees it.")
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="prompts", verbose_name=_("theme"))
    kind = models.CharField(_("kind"), max_length=10, choices=PromptKind.choices)
    age_min_months = models.PositiveSmallIntegerField(_("from this age"), default=0, help_text=_("In months."))
    age_max_months = models.PositiveSmallIntegerField(
        _("up to this age"), default=OLDEST, help_text=_("In months, and not with it: 6 is asked until the day of 6.")
    )
    source_section = models.CharField(_("source section"), max_length=3, choices=SECTIONS)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    ask_from = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Empty: as soon as it is published.")
    )
    ask_until = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until it is retired."))
    wished_at = models.DateTimeField(null=True, blank=True, editable=False)
    wished_by = models.UUIDField(null=True, blank=True, editable=False)

    objects = PromptQuerySet.as_manager()

    retention = {
        **about_nobody(
            *("id", "slug", "theme", "kind", "age_min_months", "age_max_months", "source_section"),
            *("published_at", "retired_at", "ask_from", "ask_until"),
        ),
        **rules("wished_at", "wished_by", export="no: how it works", erase="with the person"),
    }

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_min_months__lt=models.F("age_max_months"), age_max_months__lte=OLDEST),
                name="ages_run_from_young_to_old",
                violation_error_message=_("The ages run from young to old, up to 60 months."),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def state(self) -> PromptState:
        today = timezone.localdate()
        if self.published_at is None:
            return PromptState.DRAFT
        if self.retired_at is not None:
            return PromptState.RETIRED
        if self.ask_from and self.ask_from > today:
            return PromptState.WAITING
        return PromptState.OVER if self.ask_until and self.ask_until < today else PromptState.PUBLISHED

    @property
    def is_out(self) -> bool:
        """Published and not retired, whatever its days."""
        return self.published_at is not None and self.retired_at is None

    def was_asked(self) -> bool:
        """Whether any parent may have had it before them."""
        return Prompt.objects.filter(pk=self.pk).ever_asked().exists()

    def publish(self) -> None:
        self.published_at = timezone.now()
        self.retired_at = self.wished_at = self.wished_by = None
        self.save(update_fields=["published_at", "retired_at", "wished_at", "wished_by"])

    def retire(self) -> None:
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])

    def back_to_draft(self) -> None:
        self.published_at = self.retired_at = self.wished_at = self.wished_by = None
        self.save(update_fields=["published_at", "retired_at", "wished_at", "wished_by"])

    def wish_published(self, by: UUID) -> None:
        """One editor would publish it: another one may."""
        self.wished_at, self.wished_by = timezone.now(), by
        self.save(update_fields=["wished_at", "wished_by"])
