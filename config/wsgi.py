"""The door for the app server."""

import os
from importlib import import_module

# Before all else: what is let go in it makes room for what comes after.
import accounts.word_lists  # noqa: F401

# isort: split
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
