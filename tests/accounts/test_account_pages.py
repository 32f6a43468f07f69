import re
from html.parser import HTMLParser

import pytest
from allauth.account import urls
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD, just_signed_in
from tests.reading import english_grade

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "five-lazy-herons-nap-here"


class Words(HTMLParser):
    """The words of a page's main part, a line for each piece."""

    def __init__(self, page):
        super().__init__()
        self.lines, self.depth = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.depth += tag == "main"

    def handle_endtag(self, tag):
        self.depth -= tag == "main"

    def handle_data(self, data):
        if self.depth and data.strip():
            self.lines.append(data.strip())


def sign_up(client):
    client.post("/account/signup/", {"email": "new@example.com", "password1": PASSWORD})


def ask_for_a_new_password(client):
    client.post("/account/password/reset/", {"email": "parent@example.com"})


@pytest.fixture
def pages(client, parent, mailoutbox):
    """Every page of allauth that a person can come to, as they see it."""
    found = {name: client.get(reverse(name)) for name in ("account_login", "account_signup", "account_inactive")}
    found["account_reset_password"] = client.get("/account/password/reset/")
    ask_for_a_new_password(client)
    found["account_confirm_password_reset_code"] = client.get("/account/password/reset/confirm/")
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[-1])})
    found["account_complete_password_reset"] = client.get("/account/password/reset/complete/")
    client.post("/account/password/reset/complete/", {"password1": NEW_PASSWORD})
    found["account_password_reset_completed"] = client.get("/account/password/reset/done/")
    found["account_request_login_code"] = client.get("/account/login/code/")
    client.post("/account/login/code/", {"email": "parent@example.com"})
    found["account_confirm_login_code"] = client.get("/account/login/code/confirm/")
    client.cookies.clear()
    sign_up(client)
    found["account_email_verification_sent"] = client.get("/account/confirm-email/")
    parent.refresh_from_db()
    client.force_login(parent)
    for name in ("account_email", "account_change_password", "account_reauthenticate", "account_logout"):
        found[name] = client.get(reverse(name))
    parent.set_unusable_password()
    parent.save()
    client.force_login(parent)
    found["account_set_password"] = client.get("/account/password/set/")
    return found


def test_every_page_that_can_be_reached_is_ours(pages):
    assert {pattern.name for pattern in urls.urlpatterns} == pages.keys()
    for name, page in pages.items():
        assert page.status_code == 200, name
        assert "templates/account/" in get_template(page.templates[0].name).origin.name
        assert "site-packages" not in get_template(page.templates[0].name).origin.name, name


def test_the_page_of_a_code_that_nobody_asked_for_leads_to_asking(client):
    assert client.get("/account/login/code/confirm/").headers["Location"] == "/account/login/code/"


def test_each_page_has_one_heading_one_main_button_and_a_neutral_title(pages):
    for name, page in pages.items():
        text = page.content.decode()
        assert len(re.findall(r"<h1", text)) == 1, name
        assert text.count("button--main") == 1, name
        assert re.search(r"<title>Notes: [a-z -]+</title>", text), name
        assert "Leave fast" in text, name


def test_each_page_is_in_plain_words(pages):
    for name, page in pages.items():
        words = "\n".join(Words(page.content.decode()).lines)
        assert english_grade(words) <= 6, (name, words)


def test_no_page_of_ours_has_a_script_or_style_of_its_own(pages):
    for name, page in pages.items():
        text = page.content.decode()
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|placeholder=", text), name


def test_signed_out_the_pages_of_a_person_lead_to_sign_in(db):
    client = Client()
    for name in ("account_email", "account_change_password", "account_set_password", "account_reauthenticate"):
        assert client.get(reverse(name)).headers["Location"] == f"/account/login/?next={reverse(name)}"


def test_the_step_that_asks_for_the_password_lets_only_that_person_on(signed_in):
    page = signed_in.post("/account/reauthenticate/?next=/settings/", {"password": "not-the-password-at-all"})
    assert "That is not your password. Try again." in page.content.decode()
    answer = signed_in.post("/account/reauthenticate/?next=/settings/", {"password": PASSWORD})
    assert answer.headers["Location"] == "/settings/"


def test_no_mail_has_words_of_the_library_or_an_html_part(client, parent, mailoutbox):
    sign_up(client)
    client.cookies.clear()
    client.post("/account/signup/", {"email": "parent@example.com", "password1": PASSWORD})
    client.cookies.clear()
    client.post("/account/password/reset/", {"email": "nobody@example.com"})
    ask_for_a_new_password(client)
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[-1])})
    client.post("/account/password/reset/complete/", {"password1": NEW_PASSWORD})
    parent.refresh_from_db()
    client.force_login(parent)
    change = {"oldpassword": NEW_PASSWORD, "password1": PASSWORD}
    client.post("/account/password/change/", change)
    just_signed_in(client)
    client.post("/account/email/", {"email": "moved@example.com", "action_add": ""})
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[-1])})
    client.post("/account/logout/")
    client.post("/account/login/code/", {"email": "moved@example.com"})
    assert len(mailoutbox) == 9
    for mail in mailoutbox:
        assert mail.subject in {"Your code for Notes", "A note about signing in", "Your sign-in has changed"}
        assert mail.from_email.startswith("Notes <")
        assert not mail.alternatives
        for word in ("Hello from", "Thank you for using", "127.0.0.1", "&#", "Browser", str(parent.pk)):
            assert word not in mail.body
        assert english_grade(re.sub(r"http\S+|\S+@\S+|[A-Z]{4}-[A-Z]{4}", "", mail.body)) <= 6, mail.body


@pytest.mark.parametrize(
    "name",
    [
        f"account/{kind}.txt"
        for kind in (
            *(f"messages/{name}" for name in ("logged_in", "logged_out", "password_changed", "password_set")),
            *(f"messages/{name}" for name in ("email_confirmed", "email_confirmation_sent", "email_deleted")),
            *(f"messages/{name}" for name in ("email_confirmation_failed", "cannot_delete_primary_email")),
            *(f"messages/{name}" for name in ("primary_email_set", "unverified_primary_email")),
            *(f"email/{name}_{part}" for name in ("password_set", "email_deleted") for part in ("subject", "message")),
        )
    ],
)
def test_what_is_said_in_rare_cases_is_ours_too(name):
    assert "site-packages" not in get_template(name).origin.name
