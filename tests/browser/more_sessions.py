"""Signs the person of a session in again: `python -m tests.browser.more_sessions KEY TIMES` prints the new keys."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from accounts.sessions import SessionStore

key, times = sys.argv[1], int(sys.argv[2])
known, made = SessionStore(key).load(), []
for _ in range(times):
    store = SessionStore()
    store.update(known)
    store.create()
    made.append(store.session_key)
print(json.dumps(made))
