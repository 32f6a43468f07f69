"""A made-up language, written from right to left: what a page says in it went through the catalogue."""

import re
import string
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

from journal.models import GuideText, HelpText, ProgramText, PromptText

# A code that Django knows, as of a language that runs from right to left. The words are nobody's.
CODE = "he"
LETTERS = str.maketrans(string.ascii_letters, "אבגדהוזחטיכלמנסעפצקרשתךםןף" * 2)
# What is filled in or marked up is not for a translator to change, nor are the signs of a date here.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]*>|&\w+;)")
FORMAT = "date format"
CONTENT = {
    GuideText: ("title", "lead", "body"),
    HelpText: ("question", "answer", "name", "text_body"),
    ProgramText: ("text",),
    PromptText: ("text",),
}


def pseudo(text: str) -> str:
    parts = KEPT.split(text)
    return "".join(part if number % 2 else part.translate(LETTERS) for number, part in enumerate(parts))


class Pseudo(trans_real.DjangoTranslation):
    """Has a translation of every message, and of every message of the libraries."""

    def gettext(self, message: str) -> str:
        context, _separator, text = message.rpartition(trans_real.CONTEXT_SEPARATOR)
        return text if context == FORMAT else pseudo(text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


@contextmanager
def spoken() -> Iterator[None]:
    """The pages know it as one language more, and the content, which must be loaded, is told in it too."""
    for model, names in CONTENT.items():
        rows = list(model.objects.filter(language="en"))
        for row in rows:
            row.pk, row.language = None, CODE
            for name in names:
                setattr(row, name, pseudo(getattr(row, name)))
        model.objects.bulk_create(rows)
    # A change of the languages forgets what they said, so the words come after it.
    with override_settings(LANGUAGES=[*settings.LANGUAGES, (CODE, "Pseudo")]):
        trans_real._translations[CODE] = Pseudo(CODE)
        yield
