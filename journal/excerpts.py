"""As much of a text as stands in a list."""

from django.utils.html import format_html
from django.utils.text import Truncator

SHOWN_IN_A_LIST = 320


def beginning(text: str) -> str:
    return text if len(text) <= SHOWN_IN_A_LIST else Truncator(text).chars(SHOWN_IN_A_LIST)


def whole_on_paper(text: str) -> str:
    """The beginning; on paper, where nothing can be opened, all of it."""
    if len(text) <= SHOWN_IN_A_LIST:
        return text
    shown = text[: SHOWN_IN_A_LIST - 1]
    return format_html('{}<span class="no-print">…</span><span class="on-paper">{}</span>', shown, text[len(shown) :])
