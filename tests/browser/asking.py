"""Asks for every page in a hostile world, and prints what was said as JSON: `python -m tests.browser.asking`.

In the database of a server, in one transaction that is taken back.
"""

import json
import re
import sys
from collections.abc import Iterator

import django

django.setup()

from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings, setup_test_environment

from accounts.models import User
from journal.admin import editors
from journal.models import Prompt
from tests.browser.hostile import ALL, PAYLOADS, fill_with_payloads
from tests.factories import give_second_factor, make_user
from tests.journal.takeout import come_in, export
from tests.page import Page
from tests.pages import PAGES, make_people
from tests.pages import come_in as sign_in

# What someone can type, whatever its form makes of it.
FIELDS = {"text", "q", "reader_name", "name", "program", "email", "login", "code", "signed_name", "ask", "happened_at"}
FIELDS |= {"word", "birth_month", "passphrase", "password", "password1", "planned_on", "month", "next"}


def ask_for_everything() -> dict:
    User.objects.all().delete()
    # What the pages of another test needed; the starting questions stay.
    Prompt.objects.filter(Q(slug__startswith="draft-") | Q(slug__startswith="gone-")).delete()
    call_command("load_content", stdout=sys.stderr)
    people, rows = make_people("en")
    # Whose page breaks on purpose: it opens for nobody.
    people.pop("broken").delete()
    filled = fill_with_payloads()
    pages = {
        name: (answer.status_code, dict(answer.headers), answer.content.decode())
        for answers in (answers_of_pages(people, rows), answers_of_the_admin())
        for name, answer in answers
    }
    files = [export(come_in(Client(), people[who])) for who in ("sharing", "parent")]
    mail.outbox.clear()
    send_mails(people["careful"])
    return {"filled": filled, "pages": pages, "files": files, "mails": [told(one) for one in mail.outbox]}


def told(one: mail.EmailMessage) -> dict:
    message = one.message()
    return {
        "kinds": [part.get_content_type() for part in message.walk()],
        "text": "\n".join([one.subject, one.from_email, one.body]),
    }


def surfaces() -> Iterator[Page]:
    """Each page that shows words of a person, once whatever row it is of, and once as it answers to a form."""
    seen = set()
    for wanted in PAGES:
        kind = (re.sub(r"{\w+}", "{}", wanted.path), wanted.sent is not None)
        if wanted.before or wanted.who == "broken" or not (wanted.who or wanted.sent):
            continue
        # What else a page of many states says is in these.
        if kind not in seen or wanted.name.startswith(("moment-", "share-", "today-")):
            seen.add(kind)
            yield wanted


def answers_of_pages(people: dict[str, User], rows: dict[str, str]) -> Iterator[tuple[str, HttpResponse]]:
    """With hostile words wherever something is typed."""
    for wanted in surfaces():
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        if wanted.who:
            sign_in(client, people[wanted.who])
        if wanted.sent is None:
            yield wanted.name, client.get(wanted.path.format_map(rows))
        else:
            sent = {
                name: ALL if name in FIELDS else value.format_map({"new": "n@e.org"} | rows)
                for name, value in wanted.sent.items()
            }
            yield wanted.name, client.post(wanted.path.format_map(rows), sent, follow=True)


def answers_of_the_admin() -> Iterator[tuple[str, HttpResponse]]:
    superuser = make_user(email="superuser@example.com", is_staff=True, is_superuser=True)
    give_second_factor(superuser)
    client = Client(raise_request_exception=False)
    sign_in(client, superuser)
    for model, admin in editors._registry.items():
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield place, client.get(place)
        if admin.search_fields:
            yield f"{place}?q", client.get(place, {"q": ALL[:2_000]})
        row = model._default_manager.last()
        if row:
            yield f"{place}change", client.get(f"{place}{row.pk}/change/")
            yield f"{place}history", client.get(f"{place}{row.pk}/history/")


def send_mails(person: User) -> None:
    """With hostile words wherever somebody can put some."""
    for number, payload in enumerate(PAYLOADS[::6]):
        for path in ("signup/", "password/reset/", "login/code/"):
            for email in (f"new{number}@example.com", f'"{payload}"@example.com'):
                sent = {"email": email, "password1": f"eleven-loud-badgers {payload}"}
                where = {"headers": {"user-agent": payload}, "REMOTE_ADDR": f"192.0.2.{number}"}
                Client().post(f"/account/{path}", sent, **where)
    client = Client()
    sign_in(client, person)
    for passkey in person.authenticator_set.filter(type="webauthn"):
        client.post(f"/account/2fa/webauthn/keys/{passkey.pk}/remove/")


if __name__ == "__main__":
    setup_test_environment()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]), transaction.atomic():
        said = ask_for_everything()
        transaction.set_rollback(True)
    json.dump(said, sys.stdout)
