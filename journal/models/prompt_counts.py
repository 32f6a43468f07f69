"""How often questions were offered and answered: numbers alone, and of small ones only that they are small."""

from collections.abc import Collection

from django.db.models import Count
from django.utils.formats import localize
from django.utils.translation import gettext as _

from journal.models.moments import Moment
from journal.models.offers import PromptOffer

# Below this a number could point to a person.
FEW = 10


def in_words(count: int) -> str:
    return _("fewer than %(few)s") % {"few": FEW} if count < FEW else localize(count)


def times_offered(prompts: Collection[int]) -> dict[int, str]:
    """For each question the times it was shown to anybody, in words. One query."""
    rows = PromptOffer.objects.filter(prompt__in=prompts).order_by().values_list("prompt")
    counts = dict(rows.annotate(Count("pk")))
    return {prompt: in_words(counts.get(prompt, 0)) for prompt in prompts}


def times_answered(prompts: Collection[int]) -> dict[int, str]:
    """For each question the moments that answer any wording of it, in words. One query."""
    rows = Moment.objects.filter(prompt_text__prompt__in=prompts).order_by().values_list("prompt_text__prompt")
    counts = dict(rows.annotate(Count("pk")))
    return {prompt: in_words(counts.get(prompt, 0)) for prompt in prompts}
