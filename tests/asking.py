"""Asking for one of the pages of tests/pages.py, as a browser does."""

from itertools import count

from django.conf import settings
from django.test import Client

from tests.accounts.mailbox import code_in
from tests.pages import come_in

numbers = count()


def ask(wanted, language, people, rows, mailbox):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"accept-language": language})
    client.cookies[settings.CSRF_COOKIE_NAME] = "t" * 32
    if wanted.who:
        come_in(client, people[wanted.who])
    values = {**rows, "new": f"new-{next(numbers)}@example.com"}

    def send(path, sent):
        if "{code}" in sent.values():
            values["code"] = code_in(mailbox[-1])
        token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
        filled = {name: value.format_map(values) for name, value in (token | sent).items()}
        return client.post(path.format_map(values), filled, follow=True)

    for path, sent in wanted.before:
        send(path, sent)
    return client.get(wanted.path.format_map(values)) if wanted.sent is None else send(wanted.path, wanted.sent)
