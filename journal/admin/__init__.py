"""The editors' side: words only. No journal model is ever registered here."""

from journal.admin import people, program, prompts, texts
from journal.admin.site import editors

__all__ = ["editors", "people", "program", "prompts", "texts"]
