"""The door for the app server."""
# ruff: noqa: E402

import gc

# All that is loaded here stays. The collector need not look through it, neither now, for a tenth of the start, nor
# later: what it looks at it writes to, and what is written to is no longer shared among gunicorn's workers.
gc.disable()

# Before all else: what is let go in it makes room for what comes after.
import accounts.word_lists  # noqa: F401

# isort: split
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.reading import with_plain_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = with_plain_content_type(get_wsgi_application())

if settings.SENTRY_DSN:
    import_module("config.sentry").start(settings.SENTRY_DSN)

# What is loaded here stands in memory once for all workers that gunicorn makes with --preload; what they load later,
# once for each. Django would load these with the first page, and with the first new password.
for module in ("config.urls", "accounts.passwords"):
    import_module(module)

gc.freeze()
gc.enable()
