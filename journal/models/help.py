"""Lines a parent can call or text, and the texts beside them. Data, so that an editor can keep them true."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.retention import about_nobody
from journal.languages import language

# The chapter on breaks carries the safe pause and who to call, and so does each question of it.
REST_THEME = "breaks"
CHECK_AFTER = timedelta(days=182)


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def told(self) -> Self:
        """Each with `told_here`: its texts in the active language, one at most."""
        texts = HelpText.objects.filter(language=language())
        return self.prefetch_related(models.Prefetch("texts", texts, to_attr="told_here"))

    def on_page(self) -> Self:
        return self.filter(on_page=True).told()

    def pause(self) -> "HelpText | None":
        """The steps of the two-minute pause, a blank line between them."""
        line = self.filter(slug="pause").told().first()
        return line.told if line else None

    def on_card(self) -> "list[HelpLine]":
        """The gentle card's own words first, then who to call, as `told`: one query."""
        here = HelpText.objects.filter(language=language(), line__in=self.filter(on_card=True)).select_related("line")
        texts = list(here.order_by("line__position", "line__slug"))
        for text in texts:
            text.line.told_here = [text]
        return [text.line for text in texts]

    def for_question(self, theme: str | None) -> "list[HelpLine]":
        """The gentle card, where a question is about breaks."""
        return self.on_card() if theme == REST_THEME else []


class HelpLine(models.Model):
    """One line of the help page, danger first; some have no number and only say something."""

    slug = models.SlugField(
        _("name"), unique=True, help_text=_("Small letters, numbers and hyphens. No parent sees it.")
    )
    region = models.CharField(_("region"), max_length=8, default="US")
    languages = models.CharField(
        _("languages"),
        max_length=80,
        help_text=_("Spoken on the line, as codes: en, es."),
        validators=[
            RegexValidator(r"^[a-z]{2,3}(, ?[a-z]{2,3})*$", _("Write codes with commas between, like en, es."))
        ],
    )
    position = models.PositiveSmallIntegerField(_("place on the page"))
    on_page = models.BooleanField(_("stands on the help page"), default=True)
    on_card = models.BooleanField(_("stands on the gentle card after a hard day"), default=False)
    checked_on = models.DateField(
        _("last checked on"), null=True, blank=True, help_text=_("When somebody last checked the number and the hours.")
    )

    told_here: "list[HelpText]"
    objects = HelpLineQuerySet.as_manager()

    retention = about_nobody("id", "slug", "region", "languages", "position", "on_page", "on_card", "checked_on")

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")

    def __str__(self) -> str:
        return self.slug

    @property
    def told(self) -> "HelpText | None":
        """Its text in the active language, after `HelpLineQuerySet.told`."""
        texts = getattr(self, "told_here", [])
        return texts[0] if texts else None

    def wants_a_check(self, today: date) -> bool:
        """Has a number, in the active language, that nobody checked for about six months."""
        told = self.told
        return bool(told and told.has_number) and self.check_is_old(today)

    def check_is_old(self, today: date) -> bool:
        return self.checked_on is None or today - self.checked_on > CHECK_AFTER


class HelpText(models.Model):
    """A help line in one language, with the number to use in it. Numbers are digits."""

    line = models.ForeignKey(HelpLine, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    question = models.CharField(max_length=200, blank=True)
    answer = models.TextField(max_length=1000, blank=True)
    name = models.CharField(max_length=120, blank=True)
    call = models.CharField(max_length=20, blank=True)
    text_to = models.CharField(max_length=20, blank=True)
    text_body = models.CharField(max_length=20, blank=True)

    retention = about_nobody("id", "line", "language", "question", "answer", "name", "call", "text_to", "text_body")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "language"], name="a_line_is_told_once_a_language")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.language}"

    @property
    def has_number(self) -> bool:
        return bool(self.call or self.text_to)
