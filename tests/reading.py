"""How easy a text is to read, as the product itself measures it."""

from journal.reading_ease import english_grade, spanish_ease

__all__ = ["english_grade", "spanish_ease"]
