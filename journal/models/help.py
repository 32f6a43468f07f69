"""Lines a parent can call or text, and the texts beside them. Data, so that an editor can keep them true."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from accounts.retention import about_nobody
from journal.languages import language

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

    def on_card(self) -> Self:
        """The gentle card's own words first, then who to call."""
        return self.filter(on_card=True).told()


class HelpLine(models.Model):
    """One line of the help page, danger first; some have no number and only say something."""

    slug = models.SlugField(unique=True)
    region = models.CharField(max_length=8, default="US")
    languages = models.CharField(max_length=80, help_text="Languages spoken on the line, as codes: en, es")
    position = models.PositiveSmallIntegerField()
    on_page = models.BooleanField(default=True, help_text="Stands on the help page")
    on_card = models.BooleanField(default=False, help_text="Stands on the gentle card after a hard day")
    checked_on = models.DateField(null=True, blank=True, help_text="When somebody last checked the number and hours")

    objects = HelpLineQuerySet.as_manager()

    retention = about_nobody("id", "slug", "region", "languages", "position", "on_page", "on_card", "checked_on")

    class Meta:
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.slug

    @property
    def told(self) -> "HelpText | None":
        """Its text in the active language, after `HelpLineQuerySet.told`."""
        texts: list[HelpText] = getattr(self, "told_here", [])
        return texts[0] if texts else None

    def wants_a_check(self, today: date) -> bool:
        """Has a number that nobody checked for about six months."""
        told = self.told
        has_number = bool(told and (told.call or told.text_to))
        return has_number and (self.checked_on is None or today - self.checked_on > CHECK_AFTER)


class HelpText(models.Model):
    """A help line in one language, with the number to use in it. Numbers are digits."""

    line = models.ForeignKey(HelpLine, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    question = models.CharField(max_length=200, blank=True)
    answer = models.TextField(max_length=1000, blank=True)
    name = models.CharField(max_length=120, blank=True, help_text="Short name, for the gentle card")
    call = models.CharField(max_length=20, blank=True)
    text_to = models.CharField(max_length=20, blank=True)
    text_body = models.CharField(max_length=20, blank=True)

    retention = about_nobody("id", "line", "language", "question", "answer", "name", "call", "text_to", "text_body")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "language"], name="a_line_is_told_once_a_language")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.language}"
