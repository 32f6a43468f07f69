"""Sessions in the shared database, read by well-formed keys only."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

KEY = re.compile(r"[0-9a-z]{32}")


class SessionStore(DatabaseSessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else never reaches the database: PostgreSQL would answer a NUL with an error."""
        return bool(key and KEY.fullmatch(key))
