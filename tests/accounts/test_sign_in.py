import pytest
from django.conf import settings as project

from accounts.models import User
from tests.accounts.mailbox import code_in, without_tokens
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/login/"


def typed(email="parent@example.com", password=PASSWORD, **fields):
    return {"login": email, "password": password, **fields}


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_parent_signs_in_and_comes_to_today(client, parent):
    answer = client.post(SIGN_IN, typed())
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(parent.pk)


def test_the_e_mail_may_be_typed_with_capitals_and_spaces(client, parent):
    client.post(SIGN_IN, typed(" Parent@Example.COM "))
    assert signed_in(client)


def test_signing_in_says_no_name_and_no_id(client, parent):
    page = client.post(SIGN_IN, typed(), follow=True)
    assert str(parent.pk).encode() not in page.content
    assert b"parent@example.com" not in page.content


def test_after_signing_in_the_page_asked_for_opens(client, parent):
    assert client.get("/settings/").headers["Location"] == f"{SIGN_IN}?next=/settings/"
    assert client.post(f"{SIGN_IN}?next=/settings/", typed()).headers["Location"] == "/settings/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client, parent, elsewhere):
    assert client.post(SIGN_IN, typed(next=elsewhere)).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_e_mail_look_the_same(client, parent):
    wrong = client.post(SIGN_IN, typed(password="not-the-password-at-all"))
    unknown = client.post(SIGN_IN, typed(email="nobody1@example.com"))
    assert "That e-mail and password don&#x27;t go together. Try again." in wrong.content.decode()
    assert without_tokens(wrong).replace(b"parent@", b"") == without_tokens(unknown).replace(b"nobody1@", b"")
    assert not signed_in(client)


def test_what_was_typed_is_still_there_except_the_password(client, parent):
    page = client.post(SIGN_IN, typed(password="not-the-password-at-all"))
    assert b'value="parent@example.com"' in page.content
    assert b"not-the-password-at-all" not in page.content


@pytest.mark.parametrize("broken", [{"login": "par\x00ent@example.com"}, {"password": "seven\x00quiet"}])
def test_a_character_that_no_database_keeps_is_refused_and_never_an_error(client, parent, broken):
    page = client.post(SIGN_IN, typed() | broken)
    assert "This has a character we can&#x27;t keep." in page.content.decode()
    assert not signed_in(client)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, parent):
    for _ in range(5):
        client.post(SIGN_IN, typed(password="not-the-password-at-all"))
    page = client.post(SIGN_IN, typed())
    assert "That was a lot of tries." in page.content.decode()
    assert not signed_in(client)


def test_wrong_passwords_for_one_e_mail_do_not_make_another_wait(client, parent, stranger):
    for _ in range(5):
        client.post(SIGN_IN, typed(password="not-the-password-at-all"))
    client.post(SIGN_IN, typed(email="stranger@example.com"))
    assert signed_in(client)


def test_on_their_own_phone_a_parent_stays_signed_in_for_two_weeks(client, parent):
    client.post(SIGN_IN, typed(remember="on"))
    assert not client.session.get_expire_at_browser_close()
    assert client.cookies[project.SESSION_COOKIE_NAME]["max-age"] == 14 * 24 * 60 * 60


def test_on_a_shared_phone_a_parent_is_signed_out_when_the_browser_closes(client, parent):
    client.post(SIGN_IN, typed())
    assert client.session.get_expire_at_browser_close()
    assert client.cookies[project.SESSION_COOKIE_NAME]["max-age"] == ""


def test_someone_who_never_typed_their_code_gets_a_new_one_and_no_journal(client, mailoutbox):
    make_user(email="unchecked@example.com", verified=False)
    answer = client.post(SIGN_IN, typed(email="unchecked@example.com"))
    assert answer.headers["Location"] == "/account/confirm-email/"
    assert not signed_in(client)
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert signed_in(client)


def test_someone_whose_journal_is_closed_is_told_so_and_not_let_in(client, parent):
    User.objects.update(is_active=False)
    page = client.post(SIGN_IN, typed(), follow=True)
    assert "This journal is closed" in page.content.decode()
    assert not signed_in(client)


def test_closing_a_journal_ends_the_sessions_that_are_open(client, parent):
    client.force_login(parent)
    assert client.get("/settings/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/settings/").headers["Location"].startswith(SIGN_IN)


def test_signing_out_ends_the_session(client, parent):
    client.force_login(parent)
    cookie = client.cookies[project.SESSION_COOKIE_NAME].value
    answer = client.post("/account/logout/")
    assert answer.headers["Location"] == "/"
    client.cookies[project.SESSION_COOKIE_NAME] = cookie
    assert client.get("/settings/").status_code == 302


def test_opening_the_sign_out_page_signs_nobody_out(client, parent):
    client.force_login(parent)
    assert b"Sign out?" in client.get("/account/logout/").content
    assert signed_in(client)


def test_the_page_reminds_of_phones_that_others_use(client, db):
    page = client.get(SIGN_IN).content.decode()
    assert "<title>Notes: sign in</title>" in page
    assert "On a phone that others use, sign out when you are done. Leave fast does it too." in page


def test_each_field_tells_the_phone_what_belongs_in_it(client, db):
    page = client.get(SIGN_IN).content.decode()
    for word in ('autocomplete="username"', 'autocomplete="current-password"', 'type="email"', "This is my own phone"):
        assert word in page
    page = client.get("/account/signup/").content.decode()
    assert 'autocomplete="new-password"' in page
    assert "data-time-zone" in page
