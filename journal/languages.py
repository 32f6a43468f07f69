"""The language a page speaks, as rows are kept by it."""

from django.conf import settings
from django.utils.translation import get_language


def language() -> str:
    """The active language's code; the site's first language when none is active."""
    return get_language() or settings.LANGUAGE_CODE
