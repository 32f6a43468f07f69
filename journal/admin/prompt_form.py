"""The form of a question: its words in each language, checked, and what its buttons may do."""

import re
from copy import copy
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.admin.forms import CODES, WordsForm, in_each_language, words_field
from journal.ages import OLDEST, bands_in, span_name
from journal.last_questions import lost_by
from journal.models import Prompt, PromptText
from journal.models.prompt_texts import LONGEST_QUESTION

if TYPE_CHECKING:
    from journal.prompt_checks import Finding

PUBLISH, RETIRE, DRAFT, SAVE = "_publish", "_retire", "_draft", "_save"
ANYWAY = "anyway"
WHERE_AND_WHEN = ("kind", "age_min_months", "age_max_months", "source_section", "ask_from", "ask_until")


@in_each_language(text=lambda: words_field(gettext_lazy("question"), LONGEST_QUESTION, rows=3))
class PromptForm(WordsForm):
    """A button that needs a second thought comes again as itself, with the value `anyway`."""

    instance: Prompt

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Which button asks for a second thought, and what it warns of.
        self.doubted = ""
        self.doubts: list[str] = []
        start, end = self.initial.get("age_min_months", 0), self.initial.get("age_max_months", OLDEST)
        if "age_max_months" in self.fields and isinstance(start, int) and isinstance(end, int):
            bands = ", ".join(str(band.name) for band in bands_in(start, end))
            named = _("Now: %(span)s. It meets: %(bands)s.") % {"span": span_name(start, end), "bands": bands}
            self.fields["age_max_months"].help_text = f"{self.fields['age_max_months'].help_text} {named}"

    @property
    def button(self) -> str:
        return next((name for name in (PUBLISH, RETIRE, DRAFT) if name in self.data), SAVE)

    @property
    def goes_live(self) -> bool:
        """Whether the words typed would be asked: it is published, or stays so."""
        return self.button == PUBLISH or (self.button == SAVE and self.instance.is_out)

    @property
    def rewords(self) -> bool:
        """Whether the checks may say something new: of other words, or of these at another age."""
        return any(name.startswith("text_") or name == "age_max_months" for name in self.differing)

    def findings(self) -> "list[Finding]":
        """About the words as typed; about the words kept when nothing is typed."""
        from journal.prompt_checks import check  # its lists of words weigh on no parent's page

        typed = {code: self.data.get(self.add_prefix(f"text_{code}")) for code in CODES} if self.is_bound else {}
        oldest = (
            self.data.get(self.add_prefix("age_max_months")) if self.is_bound else self.initial.get("age_max_months")
        )
        return check(
            {code: typed.get(code) or (self.text_now("text", code) if not self.is_bound else "") for code in CODES},
            in_months(oldest),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        start, end = self.cleaned_data.get("ask_from"), self.cleaned_data.get("ask_until")
        if start and end and end < start:
            self.add_error("ask_until", ValidationError(_("The last day lies before the first."), code="days"))
        if self.goes_live and settings.SECOND_EDITOR and self.instance.is_out and self.differing:
            alone = _("Two editors decide here. Take it back to draft. Then another editor publishes what you changed.")
            self.add_error(None, ValidationError(alone, code="alone"))
        self.block()
        if not self.errors and self.data.get(self.button) != ANYWAY:
            self.doubt()
        return cleaned

    def block(self) -> None:
        """What is not asked: too long, or missing in a language. A text that is kept is not taken away either."""
        for finding in self.findings():
            field = f"text_{finding.language}"
            kept = bool(self.text_now("text", finding.language))
            if finding.blocks and field not in self.errors and (self.goes_live or kept):
                self.add_error(field, ValidationError(finding.reason, code="blocks"))

    def doubt(self) -> None:
        """Warn once of what can still be done."""
        if self.goes_live and (self.rewords or self.button == PUBLISH):
            self.doubts = [finding.reason for finding in self.findings() if not finding.blocks]
        if self.instance.is_out:
            self.doubts += lost_by(self.instance, self.as_typed())
        if self.doubts:
            self.doubted = self.button
            self.add_error(None, [ValidationError(doubt, code="doubt") for doubt in self.doubts])

    def as_typed(self) -> Prompt | None:
        """The published question with the ages, days and section typed; None when it would be asked no more."""
        if self.button in (RETIRE, DRAFT):
            return None
        typed = copy(self.instance)
        for name in WHERE_AND_WHEN:
            setattr(typed, name, self.cleaned_data.get(name))
        return typed

    def save_words(self, code: str, text: str) -> None:
        """Keep the words in one language: a new version where parents were asked the old ones."""
        if text:
            PromptText.objects.put([(self.instance, code, text)])


def in_months(typed: Any) -> int:
    """An age as it was typed, or 0 when it is none."""
    return int(typed) if re.fullmatch("[0-9]{1,3}", str(typed)) else 0
