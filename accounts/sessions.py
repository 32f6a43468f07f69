"""Sessions in the shared database, read by well-formed keys only."""

import re

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User

KEY = re.compile(r"[0-9a-z]{32}")


class SessionStore(DatabaseSessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else never reaches the database: PostgreSQL would answer a NUL with an error."""
        return bool(key and KEY.fullmatch(key))


def end_sessions_of(user: User) -> int:
    """Sign someone out everywhere; how many places that was. A session names its person only inside."""
    sessions = Session.objects.filter(expire_date__gte=timezone.now()).iterator(chunk_size=500)
    keys = [one.session_key for one in sessions if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    ended, _by_model = Session.objects.filter(session_key__in=keys).delete()
    return ended
