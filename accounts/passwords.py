"""What a password must be: long, and not the next thing that someone would try."""

import math
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from zxcvbn import matching, scoring, time_estimates

SHORTEST = 15
LONGEST = 128

SAFE_SCORE = 3  # zxcvbn's own scale, 0 to 4: from 100 million guesses on
LOOKED_AT = 72  # as far as zxcvbn goes

# zxcvbn reads signs that stand for letters in every way they could be meant: two seconds for 72 random ones.
# With more ways than this the first characters decide, in a quarter of a second.
MOST_READINGS = 16
LOOKED_AT_WITH_SIGNS = 24

OUR_WORDS = ("most of the time", "mostofthetime", "most", "time", "notes", "notas", "journal", "diario", "moments")

WHAT_HELPS = _("Four or five words that don't belong together work well.")
WHY_GUESSABLE: dict[str, Promise] = {
    "known": _("Your e-mail or the name of this site is in it. Others could guess that."),
    "dictionary": _("It leans on a common word or password. Others could guess that."),
    "repeat": _("It says the same thing over and over. Others could guess that."),
    "spatial": _("It is a row of keys. Others could guess that."),
    "sequence": _("It runs in order, like abc or 123. Others could guess that."),
    "date": _("A date or a year makes up most of it. Others could guess that."),
}
WHY_GUESSABLE["regex"] = WHY_GUESSABLE["date"]  # zxcvbn's one pattern of that kind: a year


class LengthValidator:
    """Long enough to need no rules about signs, short enough to hash in peace."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            message = _("Make it longer: %(count)d letters, numbers or signs, or more.")
            raise ValidationError(message, code="too_short", params={"count": SHORTEST})
        if len(password) > LONGEST:
            message = _("Make it shorter: %(count)d letters, numbers or signs at most.")
            raise ValidationError(message, code="too_long", params={"count": LONGEST})

    def get_help_text(self) -> str:
        return _("Use %(count)d letters or more.") % {"count": SHORTEST}


class GuessabilityValidator:
    """Refuses what a patient guesser would reach, and says what gave it away."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            return  # one reason at a time
        reason = guessable_by(password, known_words(getattr(user, "email", "")))
        if reason:
            raise ValidationError(format_lazy("{} {}", WHY_GUESSABLE[reason], WHAT_HELPS), code="guessable")

    def get_help_text(self) -> str:
        return str(WHAT_HELPS)


def known_words(email: str) -> list[str]:
    """What anyone who knows this person or this site would try first, in small letters, the longest first."""
    email = email.lower()
    name, _at, domain = email.partition("@")
    parts = re.split(r"[\W_]+", email)
    words = {email, name, domain, *parts, re.sub(r"[\W_]+", "", name), *OUR_WORDS}
    return sorted((word for word in words if len(word) > 3), key=lambda word: (-len(word), word))


def guessable_by(password: str, known: Sequence[str] = ()) -> str:
    """A key of WHY_GUESSABLE, or '' for a password that is safe enough without the known words."""
    password = password[:LONGEST]
    rest = re.sub("|".join(map(re.escape, known)), "", password, flags=re.IGNORECASE) if known else password
    sequence = guessable_sequence(rest, known)
    if sequence is None:
        return ""
    if rest != password or any(match.get("dictionary_name") == "known" for match in sequence):
        return "known"
    longest = max(sequence, key=lambda match: (match["pattern"] in WHY_GUESSABLE, len(match["token"])))
    return str(longest["pattern"])


def guessable_sequence(text: str, known: Sequence[str]) -> list[dict[str, Any]] | None:
    """The patterns that zxcvbn guesses the text by, or None when that takes it too long. At most 0.3 s."""
    if not text:
        return []
    signs = matching.relevant_l33t_subtable(text, matching.L33T_TABLE)
    readings = math.prod(len(letters) for letters in signs.values())
    text = text[: LOOKED_AT if readings <= MOST_READINGS else LOOKED_AT_WITH_SIGNS]
    # Words of this call's own: zxcvbn() itself would keep one person's in a global that all threads share.
    words = matching.RANKED_DICTIONARIES | {"known": matching.build_ranked_dict(known)}
    found = scoring.most_guessable_match_sequence(text, matching.omnimatch(text, words))
    safe = time_estimates.guesses_to_score(found["guesses"]) >= SAFE_SCORE
    return None if safe else found["sequence"]
