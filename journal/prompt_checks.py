"""What an editor is told about a question's words: warnings with a reason, and two that keep it from parents.

Pure: no models, no queries; of Django only how words and numbers are said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext as _

from accounts.text import with_plain_lines
from journal.reading_ease import english_grade, spanish_ease
from journal.tone import OF_A_BABY, OPENERS, TRAPS, Trap

LONGEST = 160
FIRST_YEAR = 12
HARDEST_GRADE = 6
HARDEST_EASE = 70
SENTENCE = re.compile(r"(?:(?<=[.!?,:;])\s+|^)[\s¿¡“\"(]*")


@dataclass(frozen=True)
class Finding:
    """A reason to look again, in the active language. One that blocks keeps the question from being published."""

    language: str
    reason: str
    blocks: bool = False


def check(texts: Mapping[str, str], oldest: int = 0) -> list[Finding]:
    """All findings about a question's texts, by the codes of every language of the site. '' is a missing text.

    `oldest`: up to how many months of age it is asked, where that is known.
    """
    said = {language: with_plain_lines(text).strip() for language, text in texts.items()}
    return [finding for language, text in said.items() for finding in check_text(language, text, oldest)]


def check_text(language: str, text: str, oldest: int = 0) -> Iterator[Finding]:
    if not text:
        yield Finding(language, _("This language is missing. A question is asked in every language of the site."), True)
        return
    if len(text) > LONGEST:
        long = {"length": len(text), "most": LONGEST}
        yield Finding(language, _("It has %(length)d characters; at most %(most)d fit on a phone.") % long, True)
    yield from check_ease(language, text)
    if language in OPENERS and not opens(language, text):
        yield Finding(language, _("It does not open up. Begin with a word like What, How, When, Who, Which or Tell."))
    for trap in traps(language, oldest):
        for word in dict.fromkeys(found[0].casefold() for found in trap.pattern.finditer(text)):
            yield Finding(language, str(trap.reason) % {"word": word})


def traps(language: str, oldest: int) -> list[Trap]:
    of_a_baby = [OF_A_BABY[language]] if language in OF_A_BABY and oldest > FIRST_YEAR else []
    return [*TRAPS.get(language, ()), *of_a_baby]


def check_ease(language: str, text: str) -> Iterator[Finding]:
    if language == "en" and (grade := round(english_grade(text), 1)) > HARDEST_GRADE:
        told = {"grade": localize(grade)}
        yield Finding(language, _("It reads at school grade %(grade)s; at most 6. Try shorter words.") % told)
    if language == "es" and (ease := round(spanish_ease(text))) < HARDEST_EASE:
        told = {"ease": localize(ease)}
        yield Finding(language, _("Its reading ease is %(ease)s; at least 70. Try shorter words.") % told)


def opens(language: str, text: str) -> bool:
    """Whether one of its sentences, or the part after a comma, begins as an open question does."""
    return any(OPENERS[language].match(text, start.end()) for start in SENTENCE.finditer(text))
