"""Finding words without regard to case or accents."""

import unicodedata


def fold(text: str) -> str:
    """Text as it is compared: no case, no accents, so that nino finds niño."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    # Taking a sign like ™ or № apart can bring capitals back.
    return "".join(character for character in parts if not unicodedata.combining(character)).casefold()
