"""What no server outside development starts with: keys that open nothing, a cache of its own for each process, SQLite
that may forget.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.master_keys import master_keys

# With any other a used code would fit again, and tries would be counted anew, in the next process.
SHARED_CACHES = {
    "django.core.cache.backends.db.DatabaseCache",
    "django.core.cache.backends.redis.RedisCache",
}


def refuse_unsafe() -> None:
    """Raise ImproperlyConfigured, saying what is unsafe."""
    if settings.DEVELOPMENT:
        return
    if not master_keys():
        raise ImproperlyConfigured("MASTER_KEY_FILE holds no key.")
    for name, cache in settings.CACHES.items():
        if cache["BACKEND"] not in SHARED_CACHES:
            raise ImproperlyConfigured(f"The cache {name} is not one for all processes: leave it or set REDIS_URL.")
    for name, database in settings.DATABASES.items():
        is_file = database["ENGINE"] == "django.db.backends.sqlite3"
        if is_file and "synchronous=FULL" not in database.get("OPTIONS", {}).get("init_command", ""):
            raise ImproperlyConfigured(f"SQLite without synchronous=FULL ({name}) may forget what it said it kept.")
