"""Which text can be kept at all, and how its lines end."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# PostgreSQL refuses NUL and lone surrogates; so does every database here.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def validate_storable(text: str) -> None:
    """Raise ValidationError for text that holds a character no database keeps."""
    if UNSTORABLE.search(text):
        raise ValidationError(_("This has a character we can't keep. Please type that part again."), code="unstorable")


def with_plain_lines(text: str) -> str:
    """A browser ends each line with two signs, a spreadsheet with one or the other: we keep one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
