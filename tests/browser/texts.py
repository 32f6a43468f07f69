"""Prints every text in the journal of the person whose session this is, as JSON: python -m tests.browser.texts SESSION"""

import json
import sys

import django

django.setup()

from django.contrib.auth import SESSION_KEY

from accounts.models import User
from accounts.sessions import SessionStore
from journal.models import Moment

if __name__ == "__main__":
    person = User.objects.get(pk=SessionStore(sys.argv[1])[SESSION_KEY])
    json.dump([text for _pk, text in Moment.objects.editable_by(person).texts()], sys.stdout)
