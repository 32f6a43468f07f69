import time

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.accounts.mailbox import code_in, without_tokens
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

RESET = "/account/password/reset/"
CODE = "/account/password/reset/confirm/"
PICK = "/account/password/reset/complete/"
DONE = "/account/password/reset/done/"
NEW_PASSWORD = "five-lazy-herons-nap-here"


def has_password(user, password):
    user.refresh_from_db()
    return user.check_password(password)


def ask(client, mailoutbox, email="parent@example.com"):
    client.post(RESET, {"email": email})
    return code_in(mailoutbox[-1])


def test_a_parent_who_forgot_their_password_picks_a_new_one_with_a_code(client, parent, mailoutbox):
    assert client.post(RESET, {"email": "Parent@example.com"}).headers["Location"] == CODE
    assert client.post(CODE, {"code": code_in(mailoutbox[0])}).headers["Location"] == PICK
    assert client.post(PICK, {"password1": NEW_PASSWORD}).headers["Location"] == DONE
    assert has_password(parent, NEW_PASSWORD)
    page = client.get(DONE).content.decode()
    assert "You have a new password" in page
    assert "_auth_user_id" not in client.session


def test_a_new_password_is_told_by_mail(client, parent, mailoutbox):
    client.post(CODE, {"code": ask(client, mailoutbox)})
    client.post(PICK, {"password1": NEW_PASSWORD})
    mail = mailoutbox[1]
    assert mail.subject == "Your sign-in has changed"
    assert "You have a new password." in mail.body
    assert "://testserver/account/password/reset/" in mail.body
    assert "127.0.0.1" not in mail.body


def test_a_new_password_ends_every_open_session(client, parent, mailoutbox):
    thief = Client()
    thief.force_login(parent)
    client.post(CODE, {"code": ask(client, mailoutbox)})
    client.post(PICK, {"password1": NEW_PASSWORD})
    assert thief.get("/settings/").status_code == 302


def test_without_the_code_the_password_stays(client, parent, mailoutbox):
    ask(client, mailoutbox)
    page = client.post(CODE, {"code": "BBBB-BBBB"})
    assert "That is not the code we sent last." in page.content.decode()
    assert client.post(PICK, {"password1": NEW_PASSWORD}).headers["Location"] == CODE
    assert has_password(parent, PASSWORD)


def test_out_of_the_blue_no_password_can_be_picked(client, parent):
    assert client.get(CODE).headers["Location"] == "/account/login/"
    assert client.post(PICK, {"password1": NEW_PASSWORD}).headers["Location"] == RESET
    assert has_password(parent, PASSWORD)


def test_after_three_wrong_codes_the_right_one_no_longer_works(client, parent, mailoutbox):
    code = ask(client, mailoutbox)
    for _ in range(3):
        client.post(CODE, {"code": "BBBB-BBBB"})
    client.post(CODE, {"code": code})
    client.post(PICK, {"password1": NEW_PASSWORD})
    assert has_password(parent, PASSWORD)


def test_a_code_works_once(client, parent, mailoutbox):
    code = ask(client, mailoutbox)
    client.post(CODE, {"code": code})
    client.post(PICK, {"password1": NEW_PASSWORD})
    client.post(CODE, {"code": code})
    client.post(PICK, {"password1": "another-password-for-this"})
    assert has_password(parent, NEW_PASSWORD)


def test_a_code_of_one_person_opens_no_other_account(client, parent, stranger, mailoutbox):
    code = ask(client, mailoutbox, "stranger@example.com")
    ask(client, mailoutbox)
    client.post(CODE, {"code": code})
    client.post(PICK, {"password1": NEW_PASSWORD})
    assert has_password(parent, PASSWORD)
    assert has_password(stranger, PASSWORD)


def test_there_are_ten_minutes_for_the_code_and_ten_for_the_password(client, parent, mailoutbox):
    with time_machine.travel(time.time(), tick=False) as clock:
        code = ask(client, mailoutbox)
        clock.shift(9 * 60)
        client.post(CODE, {"code": code})
        clock.shift(9 * 60)
        client.post(PICK, {"password1": NEW_PASSWORD})
        assert has_password(parent, NEW_PASSWORD)


def test_after_ten_minutes_the_code_no_longer_works(client, parent, mailoutbox):
    with time_machine.travel(time.time(), tick=False) as clock:
        code = ask(client, mailoutbox)
        clock.shift(10 * 60 + 1)
        client.post(CODE, {"code": code})
        client.post(PICK, {"password1": NEW_PASSWORD})
        assert has_password(parent, PASSWORD)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "Make it longer"),
        ("parent@example.com", "Your e-mail or the name of this site"),
        ("", "Pick a password."),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_a_reason(client, parent, mailoutbox, password, reason):
    client.post(CODE, {"code": ask(client, mailoutbox)})
    assert reason in client.post(PICK, {"password1": password}).content.decode()
    assert has_password(parent, PASSWORD)


def test_a_known_and_an_unknown_e_mail_look_the_same(client, parent):
    pages = []
    for email in ("parent@example.com", "nobody@example.com"):
        answer = client.post(RESET, {"email": email})
        wrong = client.post(CODE, {"code": "BBBB-BBBB"})
        empty = client.post(CODE, {"code": ""})
        last = client.post(CODE, {"code": "BBBB-BBBB"}, follow=True)
        seen = [without_tokens(page).replace(email.encode(), b"") for page in (client.get(RESET), wrong, empty, last)]
        pages.append((answer.status_code, answer.headers["Location"], seen))
        client.cookies.clear()
    assert pages[0] == pages[1]


def test_an_unknown_e_mail_gets_a_mail_without_a_code(client, db, mailoutbox):
    client.post(RESET, {"email": "nobody@example.com"})
    mail = mailoutbox[0]
    assert mail.subject == "A note about signing in"
    assert "Nobody signs in with it" in mail.body
    assert "://testserver/account/signup/" in mail.body
    assert not client.post(CODE, {"code": ""}).headers.get("Location")


def test_the_code_checks_the_e_mail_too(client, mailoutbox):
    user = make_user(email="unchecked@example.com", verified=False)
    client.post(CODE, {"code": ask(client, mailoutbox, "unchecked@example.com")})
    assert user.emailaddress_set.get().verified


def test_whoever_signed_up_with_an_e_mail_that_is_not_theirs_loses_it_to_its_owner(client, mailoutbox):
    make_user(email="owner@example.com", verified=False)
    squatter = Client()
    squatter.force_login(User.objects.get())
    client.post(CODE, {"code": ask(client, mailoutbox, "owner@example.com")})
    client.post(PICK, {"password1": NEW_PASSWORD})
    assert squatter.get("/settings/").status_code == 302
    assert not squatter.login(email="owner@example.com", password=PASSWORD)


def test_their_password_is_over_with_the_code_whether_or_not_a_new_one_is_picked(client, mailoutbox):
    user = make_user(email="owner@example.com", verified=False)
    client.post(CODE, {"code": ask(client, mailoutbox, "owner@example.com")})
    assert not has_password(user, PASSWORD)
    assert user.has_usable_password()


def test_a_code_for_an_e_mail_that_was_proven_changes_no_password_yet(client, parent, mailoutbox):
    client.post(CODE, {"code": ask(client, mailoutbox)})
    assert has_password(parent, PASSWORD)


def test_a_closed_journal_gets_no_code(client, parent, mailoutbox):
    User.objects.update(is_active=False)
    client.post(RESET, {"email": "parent@example.com"})
    assert "Nobody signs in with it" in mailoutbox[0].body


def test_codes_are_not_mailed_without_end(client, parent, mailoutbox):
    answers = [client.post(RESET, {"email": "parent@example.com"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mailoutbox) == 5


@pytest.mark.parametrize("email", ["", "ana", "par\x00ent@example.com", f"{'a' * 300}@example.com"])
def test_what_is_no_e_mail_is_refused_and_nothing_is_sent(client, parent, mailoutbox, email):
    assert client.post(RESET, {"email": email}).status_code == 200
    assert not mailoutbox
