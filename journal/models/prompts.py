"""The questions that help a parent look closer, and the guide they come from."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from accounts.retention import about_nobody
from journal.languages import language

SECTIONS = [(f"S{number}", f"S{number}") for number in range(1, 23)]
# Ages in months; the last band takes in older children.
OLDEST = 60


class ThemeQuerySet(models.QuerySet["Theme"]):
    def told(self) -> Self:
        """Each with `told_here`: its guide texts in the active language, one at most."""
        texts = GuideText.objects.filter(language=language())
        return self.prefetch_related(models.Prefetch("texts", texts, to_attr="told_here"))


class Theme(models.Model):
    """A chapter of the guide and the questions that belong to it."""

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()

    objects = ThemeQuerySet.as_manager()

    retention = about_nobody("id", "slug", "position")

    class Meta:
        ordering = ("position", "slug")

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


class PromptKind(models.TextChoices):
    RESPONSIVE = "responsive", pgettext_lazy("question kind", "responding")
    MISSED = "missed", pgettext_lazy("question kind", "a cue that got by")
    REPAIR = "repair", pgettext_lazy("question kind", "coming back")
    ANY = "any", pgettext_lazy("question kind", "rest, help, grace")


class PromptQuerySet(models.QuerySet["Prompt"]):
    def published(self) -> Self:
        """Each published question, joined with all its wordings in the active language."""
        return self.filter(texts__language=language(), published_at__isnull=False, retired_at=None)


class Prompt(models.Model):
    """One question: for a kind of moment, for ages in months (from, up to but not with), from a section.

    A draft has no `published_at`; a retired one has both times. Old answers keep their words either way.
    """

    slug = models.SlugField(unique=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="prompts")
    kind = models.CharField(max_length=10, choices=PromptKind.choices)
    age_min_months = models.PositiveSmallIntegerField()
    age_max_months = models.PositiveSmallIntegerField()
    source_section = models.CharField(max_length=3, choices=SECTIONS)
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PromptQuerySet.as_manager()

    retention = about_nobody(
        "id",
        "slug",
        "theme",
        "kind",
        "age_min_months",
        "age_max_months",
        "source_section",
        "published_at",
        "retired_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_min_months__lt=models.F("age_max_months"), age_max_months__lte=OLDEST),
                name="ages_run_from_young_to_old",
            )
        ]

    def __str__(self) -> str:
        return self.slug


class PromptTextQuerySet(models.QuerySet["PromptText"]):
    def current(self) -> Self:
        """The newest wording of each published question in the active language."""
        newer = PromptText.objects.filter(
            prompt=models.OuterRef("prompt"), language=language(), version__gt=models.OuterRef("version")
        )
        published = self.filter(language=language(), prompt__published_at__isnull=False, prompt__retired_at=None)
        return published.filter(~models.Exists(newer))

    def asked(self) -> Self:
        """Wordings a parent may have before them: of questions published now or once."""
        return self.filter(prompt__published_at__isnull=False).select_related("prompt__theme")

    def with_id(self, named: Any) -> "PromptText | None":
        """The one that a form names, if there is one."""
        named = str(named or "")
        return self.filter(pk=int(named)).first() if named.isascii() and named.isdigit() and len(named) < 19 else None


class PromptText(models.Model):
    """A wording of a question. Once answered it is never changed: a new version follows it."""

    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=160)

    objects = PromptTextQuerySet.as_manager()

    retention = about_nobody("id", "prompt", "language", "version", "text")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prompt", "language", "version"], name="a_wording_has_its_version")
        ]

    def __str__(self) -> str:
        return f"{self.prompt_id} {self.language} {self.version}"

    @property
    def theme(self) -> str:
        """The slug of its chapter in the guide."""
        return self.prompt.theme.slug

    def reword(self, text: str) -> None:
        """Other words for the same question: a new version when these were answered, else in their place."""
        if self.answers.exists():
            PromptText.objects.create(prompt=self.prompt, language=self.language, version=self.version + 1, text=text)
        else:
            self.text = text
            self.save(update_fields=["text"])
