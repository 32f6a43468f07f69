"""What a program says on the consent screen, where the screen leaves room for it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.retention import about_nobody
from journal.languages import language


class ProgramTextQuerySet(models.QuerySet["ProgramText"]):
    def current(self) -> "ProgramText | None":
        """The newest version in the active language."""
        return self.in_language(language()).order_by("version").last()

    def in_language(self, code: str) -> Self:
        return self.filter(language=code)

    def held(self) -> Self:
        """The same ones, held until the transaction ends: whoever would hold them too waits for it."""
        list(self.order_by("version").select_for_update())
        return self

    def newest(self) -> Self:
        """The version in force of each language."""
        newer = ProgramText.objects.filter(language=models.OuterRef("language"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(newer))


class ProgramText(models.Model):
    """The program's own sentence after the law line. A change is a new version: old consents name the old one."""

    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.CharField(_("text"), max_length=300, blank=True)

    objects = ProgramTextQuerySet.as_manager()

    retention = about_nobody("id", "language", "version", "text")

    class Meta:
        verbose_name = _("program text")
        verbose_name_plural = _("program texts")
        constraints = [models.UniqueConstraint(fields=["language", "version"], name="a_program_text_has_its_version")]

    def __str__(self) -> str:
        return f"{self.language} {self.version}"

    def reword(self, text: str) -> "ProgramText":
        """Other words are a new version: somebody may have said yes to these."""
        return ProgramText.objects.create(language=self.language, version=self.version + 1, text=text)
