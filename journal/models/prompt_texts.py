"""The wordings of questions, each in one language: what a parent was asked stays as it was."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from accounts.retention import about_nobody
from journal.languages import language
from journal.models.offers import PromptOffer
from journal.models.prompt_states import PromptState, in_state
from journal.models.prompts import Prompt

LONGEST_QUESTION = 160
ASKED = models.Q(prompt__published_at__isnull=False)


class PromptTextQuerySet(models.QuerySet["PromptText"]):
    def current(self) -> Self:
        """The newest wording of each question asked today, in the active language."""
        newer = PromptText.objects.filter(
            prompt=models.OuterRef("prompt"), language=language(), version__gt=models.OuterRef("version")
        )
        published = self.filter(in_state(PromptState.PUBLISHED, timezone.localdate(), "prompt__"), language=language())
        return published.filter(~models.Exists(newer))

    def with_id(self, named: Any) -> "PromptText | None":
        """The one that a form names, if there is one."""
        named = str(named or "")
        return self.filter(pk=int(named)).first() if named.isascii() and named.isdigit() and len(named) < 19 else None

    def put(self, wordings: Iterable[tuple[Prompt, str, str]]) -> None:
        """Other words for questions, each in a language: in place of the newest, or as a new version once asked.

        Within a transaction: the rows are held, so that no answer comes in between.
        """
        wordings = list(wordings)
        ids = [prompt.pk for prompt, _language, _text in wordings]
        held = PromptText.objects.filter(prompt__in=ids).order_by("version").select_for_update()
        newest = {(row.prompt_id, row.language): row for row in held}
        offered = set(Prompt.objects.filter(pk__in=ids, offers__isnull=False).values_list("pk", flat=True))
        kept = [row.pk for row in newest.values()]
        answered = set(PromptText.objects.filter(pk__in=kept, answers__isnull=False).values_list("pk", flat=True))
        changed, added = [], []
        for prompt, code, text in wordings:
            row = newest.get((prompt.pk, code))
            if row and row.pk not in answered and prompt.pk not in offered:
                row.text = text
                changed.append(row)
            else:
                version = row.version + 1 if row else 1
                added.append(PromptText(prompt=prompt, language=code, version=version, text=text))
        self.bulk_update(changed, ["text"])
        self.bulk_create(added)

    def asked(self) -> Self:
        """Wordings a parent may have before them: of questions published now or once."""
        return self.filter(ASKED).select_related("prompt__theme")

    def answerable_by(self, author: User, *, answered: int | None = None) -> Self:
        """Those, and what went back to draft since it was offered to this author, or since they `answered` it."""
        offered = PromptOffer.objects.visible_to(author).values("prompt")
        may = ASKED | models.Q(prompt__in=offered) | models.Q(pk=answered)
        return self.filter(may).select_related("prompt__theme")


class PromptText(models.Model):
    """A wording of a question. Once a parent was asked it, it is never changed: a new version follows it."""

    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=LONGEST_QUESTION)

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
        """Other words for the same question. Within a transaction."""
        PromptText.objects.put([(self.prompt, self.language, text)])
