"""A row of the sheet before and after: its columns, and what a file makes of a question."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from journal.models import Prompt
from journal.models.prompt_states import PromptState

CODES = [code for code, _name in settings.LANGUAGES]
STATES = {state.value: state.value for state in (PromptState.DRAFT, PromptState.PUBLISHED, PromptState.RETIRED)}
COLUMNS = (
    *("slug", "theme", "kind", "age_min_months", "age_max_months", "source_section", "state", "ask_from", "ask_until"),
    *(f"text_{code}" for code in CODES),
)
Values = dict[str, str]


@dataclass(frozen=True)
class Change:
    """A question that the file makes or changes: columns with the words before and after, and warnings."""

    prompt: Prompt
    is_new: bool
    differences: list[tuple[str, str, str]]
    warnings: list[str]

    @property
    def message(self) -> str:
        """For the history."""
        return "\n".join([_("From a file."), *self.lines()])

    def lines(self) -> Iterator[str]:
        for column, before, after in self.differences:
            yield f"{column}: “{before}” → “{after}”" if before else f"{column}: “{after}”"


def prepared(prompt: Prompt) -> Any:
    """A question with what the sheet says of it beside its own columns."""
    texts = sorted(prompt.texts.all(), key=lambda text: text.version) if prompt.pk else []
    prompt.newest = {text.language: text for text in texts}  # type: ignore[attr-defined]
    for code in CODES:
        setattr(prompt, f"text_{code}", prompt.newest[code].text if code in prompt.newest else "")  # type: ignore[attr-defined]
    out = PromptState.PUBLISHED if prompt.is_out else None
    prompt.wanted = out or prompt.state  # type: ignore[attr-defined]
    return prompt
