"""The chapters of the guide, and each told in one language."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.retention import about_nobody
from journal.languages import language


class ThemeQuerySet(models.QuerySet["Theme"]):
    def told(self) -> Self:
        """Each with `told_here`: its guide texts in the active language, one at most."""
        texts = GuideText.objects.filter(language=language())
        return self.prefetch_related(models.Prefetch("texts", texts, to_attr="told_here"))


class Theme(models.Model):
    """A chapter of the guide and the questions that belong to it."""

    slug = models.SlugField(_("name"), unique=True, help_text=_("It stands in the address: /guide/name/."))
    position = models.PositiveSmallIntegerField(_("place in the guide"))

    objects = ThemeQuerySet.as_manager()

    retention = about_nobody("id", "slug", "position")

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("theme")
        verbose_name_plural = _("themes and guide texts")

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("journal:guide-theme", args=[self.slug])

    @property
    def told(self) -> "GuideText | None":
        """Its text in the active language, after `ThemeQuerySet.told`."""
        texts: list[GuideText] = getattr(self, "told_here", [])
        return texts[0] if texts else None


class GuideText(models.Model):
    """A theme told in one language. `body` is plain text: blank lines part paragraphs, `## ` heads, `- ` lists."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    title = models.CharField(max_length=80)
    lead = models.CharField(max_length=240)
    body = models.TextField(max_length=6000)

    retention = about_nobody("id", "theme", "language", "title", "lead", "body")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "language"], name="a_theme_is_told_once_a_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
