"""The states of a question: each a condition on its times and days, nothing that is stored."""

from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy


class PromptState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("question state", "draft")
    WAITING = "waiting", pgettext_lazy("question state", "waits for its day")
    PUBLISHED = "published", pgettext_lazy("question state", "published")
    OVER = "over", pgettext_lazy("question state", "its last day is past")
    RETIRED = "retired", pgettext_lazy("question state", "retired")


def in_state(state: str, day: date, before: str = "") -> models.Q:
    """The condition of a state on a day; `before` leads from another table to the question."""

    def where(**conditions: object) -> models.Q:
        return models.Q(**{f"{before}{name}": value for name, value in conditions.items()})

    state = PromptState(state)
    if state == PromptState.DRAFT:
        return where(published_at=None)
    if state == PromptState.RETIRED:
        return where(published_at__isnull=False, retired_at__isnull=False)
    out = where(published_at__isnull=False, retired_at=None)
    if state == PromptState.WAITING:
        return out & where(ask_from__gt=day)
    if state == PromptState.OVER:
        return out & where(ask_until__lt=day)
    began = where(ask_from=None) | where(ask_from__lte=day)
    return out & began & (where(ask_until=None) | where(ask_until__gte=day))
