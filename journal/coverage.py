"""Which sections, kinds, ages and languages the questions of today cover, and where they leave holes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from journal.ages import BANDS, Band, span_name
from journal.models import Prompt
from journal.models.prompt_states import PromptState
from journal.models.prompts import SECTIONS, PromptKind

Place = tuple[str, str, str, str]


@dataclass
class Coverage:
    """Counts of questions by (section, kind, key of a band, language)."""

    counts: Counter[Place] = field(default_factory=Counter)

    @classmethod
    def now(cls) -> "Coverage":
        """Of what is asked today. Two queries."""
        asked = Prompt.objects.in_state(PromptState.PUBLISHED).prefetch_related("texts")
        return cls(Counter(place for prompt in asked for place in places_of(prompt)))

    def count(self, section: str, kind: str, band: Band, language: str) -> int:
        return self.counts[section, kind, band.key, language]

    def cell(self, section: str, kind: str, band: Band) -> str:
        """A place in words: how many in each language, or what is missing."""
        counts = {code: self.count(section, kind, band, code) for code, _name in settings.LANGUAGES}
        if not any(counts.values()):
            return _("none")
        lacking = [str(name) for code, name in settings.LANGUAGES if not counts[code]]
        if lacking:
            return _("none in %(languages)s") % {"languages": ", ".join(lacking)}
        return str(min(counts.values()))

    def rows(self) -> Iterator[tuple[str, str, list[str]]]:
        """Section, kind in words, and a cell for each band."""
        for section, _name in SECTIONS:
            for kind in PromptKind:
                yield section, str(kind.label), [self.cell(section, kind.value, band) for band in BANDS]

    def lines(self) -> Iterator[list[str | int]]:
        """Every place with its number, for the download."""
        for section, _name in SECTIONS:
            for kind in PromptKind:
                for band in BANDS:
                    for code, _language in settings.LANGUAGES:
                        yield [section, kind.value, band.key, code, self.count(section, kind.value, band, code)]

    def holes(self) -> list[str]:
        """Sections, and kinds at an age, that nobody is asked about, in each language."""
        return [hole for code, language in settings.LANGUAGES for hole in self.holes_in(code, str(language))]

    def holes_in(self, code: str, language: str) -> Iterator[str]:
        full = {place[:3] for place, count in self.counts.items() if count and place[3] == code}
        for section, _name in SECTIONS:
            if not any(place[0] == section for place in full):
                yield _("Section %(section)s has no question in %(language)s.") % {
                    "section": section,
                    "language": language,
                }
        for kind in PromptKind:
            for band in BANDS:
                if not any(place[1:] == (kind.value, band.key) for place in full):
                    told = {"kind": kind.label, "band": band.name, "language": language}
                    yield _("“%(kind)s”, %(band)s: no question in %(language)s.") % told


def places_of(prompt: Prompt) -> Iterator[Place]:
    for text in {text.language for text in prompt.texts.all()}:
        for band in BANDS:
            if band.meets(prompt.age_min_months, prompt.age_max_months):
                yield prompt.source_section, prompt.kind, band.key, text


def reach(prompt: Prompt) -> list[str]:
    """Who would be asked this question, in sentences."""
    span = span_name(prompt.age_min_months, prompt.age_max_months)
    told = {"kind": str(prompt.get_kind_display()), "span": span}
    lines = [_("Parents are asked this on Today, and on the form for “%(kind)s”. Age: %(span)s.") % told]
    bands = ", ".join(str(band.name) for band in BANDS if band.meets(prompt.age_min_months, prompt.age_max_months))
    lines.append(_("It meets these ages: %(bands)s.") % {"bands": bands})
    if (prompt.age_min_months, prompt.age_max_months) == (0, BANDS[-1].end):
        lines.append(_("It is also asked when no child is named."))
    else:
        lines.append(_("It is not asked when no child is named: that takes a question for every age."))
    if prompt.kind == PromptKind.MISSED:
        lines.append(_("On Today it is never the first question, and at most one of its kind stands there a day."))
    return lines
