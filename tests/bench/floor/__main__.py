"""Makes the floor's tables, its one user and a thousand rows, and prints the cookie to open them with, as JSON."""

import json

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from tests.bench.floor.models import Entry

ROWS = 1000

call_command("migrate", run_syncdb=True, verbosity=0)
user = User.objects.create_user("someone")
Entry.objects.bulk_create(
    Entry(author=user, title=f"Entry {number}", text="She looked up and I waved back at her.") for number in range(ROWS)
)
client = Client()
client.force_login(user)
print(json.dumps({settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}))
