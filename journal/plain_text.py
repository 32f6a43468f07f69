"""Which signs a text of the editors may hold: words, and nothing that turns or hides them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.text import validate_storable

# What turns the direction of the words after it, hides among them, or is no sign to be read. Line ends stay.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def validate_plain(text: str) -> None:
    """Raise ValidationError for text that holds what a reader would not see."""
    validate_storable(text)
    if UNREADABLE.search(text):
        raise ValidationError(
            _("This has a hidden sign that turns or hides words. Type that part again."), code="unreadable"
        )
