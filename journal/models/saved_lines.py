"""The lines a parent reads after saving. An editor may put other words in the place of the product's own."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.retention import about_nobody
from journal.languages import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Occasion(models.TextChoices):
    RESPONSIVE = "responsive", _("After “I responded”")
    MISSED = "missed", _("After “A cue got by me”")
    COME_BACK = "come-back", _("After a cue that got by, with no coming back yet")
    REPAIR = "repair", _("After “I came back”")
    REFLECTION = "reflection", _("After a thought of one's own")
    UNSAFE = "unsafe", _("After a moment that felt scary or unsafe")


OWN_WORDS: dict[str, "StrPromise"] = {
    Occasion.RESPONSIVE: _("You saw it and you answered."),
    Occasion.MISSED: _("You noticed. Many parents have moments like this."),
    Occasion.COME_BACK: _("If you like, you can still come back to it."),
    Occasion.REPAIR: _("You came back. That matters."),
    Occasion.REFLECTION: _("Your thought is kept here."),
    Occasion.UNSAFE: _("Thank you for writing it. You don't have to carry this alone."),
}


class SavedLineQuerySet(models.QuerySet["SavedLine"]):
    def lines(self) -> dict[str, str]:
        """Every line in the active language, by its occasion with `_` for `-`: an editor's words, else our own."""
        told = SavedText.objects.filter(language=language()).values_list("line__occasion", "text")
        words = {occasion: str(text) for occasion, text in OWN_WORDS.items()} | dict(told)
        return {occasion.replace("-", "_"): text for occasion, text in words.items()}

    def told(self) -> Self:
        """Each with `told_here`: an editor's words in the active language, one at most."""
        texts = SavedText.objects.filter(language=language())
        return self.prefetch_related(models.Prefetch("texts", texts, to_attr="told_here"))


class SavedLine(models.Model):
    """An occasion on which a line stands. The migration makes one for each."""

    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion.choices, unique=True)

    objects = SavedLineQuerySet.as_manager()

    retention = about_nobody("id", "occasion")

    class Meta:
        ordering = ("id",)
        verbose_name = _("line after saving")
        verbose_name_plural = _("lines after saving")

    def __str__(self) -> str:
        return str(Occasion(self.occasion).label)

    @property
    def told(self) -> str:
        """An editor's words in the active language, after `SavedLineQuerySet.told`; '' where our own stand."""
        texts: list[SavedText] = getattr(self, "told_here", [])
        return texts[0].text if texts else ""

    def take_back(self, code: str) -> None:
        """Our own words stand there again."""
        self.texts.filter(language=code).delete()


class SavedText(models.Model):
    """An editor's words for an occasion in one language; without a row the product's own words stand."""

    line = models.ForeignKey(SavedLine, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.CharField(max_length=120)

    retention = about_nobody("id", "line", "language", "text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "language"], name="an_occasion_has_one_line_a_language")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.language}"
