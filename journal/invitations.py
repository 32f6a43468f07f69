"""What lets a person ask to read: a link, or a code to type. Each works once, for a week; we keep neither.

The link's token has 256 bits and is kept as its SHA-256. The code has 50 bits, in Crockford's base 32
(https://www.crockford.com/base32.html), so it is kept as an HMAC under the secret key, and tries are counted.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.crypto import salted_hmac

OPEN_FOR = timedelta(days=7)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LETTERS = 10
# Letters that are left out because they look like these.
READ_AS = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Secrets:
    """The token of a link and the code, as they are shown, once."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    code: str = field(
        default_factory=lambda: "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS)), repr=False
    )

    @property
    def spoken(self) -> str:
        """The code in two halves."""
        return f"{self.code[:5]} {self.code[5:]}"


def read_code(typed: str) -> str:
    """A code as typed, with spaces, dashes and small letters, in its own letters; '' when it cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(READ_AS)
    return code if len(code) == CODE_LETTERS and set(code) <= set(ALPHABET) else ""


def digest_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def digest_code(code: str) -> str:
    return salted_hmac("journal.invitation", code, algorithm="sha256").hexdigest()
