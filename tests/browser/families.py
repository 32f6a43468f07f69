"""Makes the people of the browser tests in the server's database and prints their sessions, as JSON.

python -m tests.browser.families TIME_ZONE
"""

import json
import sys

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.browser.clock import months_ago
from tests.factories import make_child
from tests.pages import LANGUAGES, come_in, make_people

# More than all tests of one run take, should one worker run them all.
PARENTS = 300


def session_of(user: User) -> str:
    """The cookie of someone who signed in."""
    client = Client()
    come_in(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def make_parent(number: int, time_zone: str) -> User:
    """Has one child and an empty journal; each test takes another of these."""
    parent = User.objects.create_user(f"parent-{number}@example.com", time_zone=time_zone)
    make_child(parent=parent, name="Mia", birth_month=months_ago(5))
    return parent


@transaction.atomic
def make_all(time_zone: str) -> dict:
    made: dict = {"parents": [session_of(make_parent(number, time_zone)) for number in range(PARENTS)]}
    for language in LANGUAGES:
        people, rows = make_people(language)
        made[language] = {"sessions": {name: session_of(user) for name, user in people.items()}, "rows": rows}
    return made


if __name__ == "__main__":
    json.dump(make_all(sys.argv[1]), sys.stdout)
