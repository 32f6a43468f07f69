"""The editors' lists ask the database as often for a thousand rows as for ten, and show them page by page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from journal.models import Prompt, PromptText
from tests.factories import NOON, give_second_factor, make_prompt
from tests.journal.editing import PROMPTS

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"
ROW = re.compile(r'<tr><th class="field-')


@pytest.fixture
def running(superuser):
    give_second_factor(superuser)
    browser = Client()
    browser.force_login(superuser)
    return browser


def make_rows(numbers):
    """A question and a person for each number."""
    theme = make_prompt(slug=f"first-{numbers.start}").theme
    facts = {"theme": theme, "kind": "any", "source_section": "S1", "published_at": NOON}
    made = Prompt.objects.bulk_create(Prompt(slug=f"more-{number}", **facts) for number in numbers)
    texts = [(prompt, language) for prompt in made for language in ("en", "es")]
    PromptText.objects.bulk_create(PromptText(prompt=prompt, language=code, text="What?") for prompt, code in texts)
    User.objects.bulk_create(User(email=f"person-{number}@example.com") for number in numbers)


@pytest.mark.parametrize(
    "address",
    [PROMPTS, f"{PROMPTS}?q=what&state=published", f"{PROMPTS}coverage/", PEOPLE, f"{PEOPLE}?is_active__exact=1"],
)
def test_a_list_asks_as_often_for_a_thousand_rows_as_for_ten(running, address):
    make_rows(range(10))
    running.get(address)
    asked = []
    for more in (range(0), range(10, 1000)):
        if more:
            make_rows(more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = running.get(address)
        assert answer.status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 15


@pytest.mark.parametrize("address", [PROMPTS, PEOPLE])
def test_a_long_list_is_shown_page_by_page(running, address):
    make_rows(range(1000))
    page = running.get(address).content.decode()
    assert len(ROW.findall(page)) == 50
    assert 'href="?p=2"' in page
    assert len(ROW.findall(running.get(f"{address}?p=2").content.decode())) == 50
