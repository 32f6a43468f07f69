import time

import pytest
import time_machine
from allauth.core import context
from django.conf import settings as project
from django.contrib.auth.hashers import MD5PasswordHasher

from accounts.forms import SignupForm
from accounts.models import User
from tests.accounts.mailbox import code_in, without_tokens
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_UP = "/account/signup/"
CODE = "/account/confirm-email/"
NEW = {"email": "new@example.com", "password1": PASSWORD, "time_zone": "America/Bogota"}


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_new_person_types_the_code_from_the_mail_and_starts_with_their_first_child(client, mailoutbox):
    answer = client.post(SIGN_UP, NEW)
    assert answer.headers["Location"] == CODE
    assert not signed_in(client)
    answer = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert answer.headers["Location"] == "/children/new/?first"
    assert signed_in(client)
    assert User.objects.get().emailaddress_set.get().verified


def test_the_code_may_be_typed_in_small_letters_and_without_the_dash(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    client.post(CODE, {"code": code_in(mailoutbox[0]).replace("-", " ").lower()})
    assert signed_in(client)


def test_someone_sent_to_sign_in_from_a_page_comes_back_to_it_after_signing_up(client, mailoutbox):
    client.post(f"{SIGN_UP}?next=/guide/", NEW)
    answer = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert answer.headers["Location"] == "/guide/"


def test_signing_up_never_leads_to_another_site(client, mailoutbox):
    client.post(f"{SIGN_UP}?next=https://evil.example/", NEW)
    answer = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert answer.headers["Location"] == "/children/new/?first"


def test_without_the_code_nobody_is_signed_in(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    page = client.post(CODE, {"code": "BBBB-BBBB"})
    assert "That is not the code we sent last." in page.content.decode()
    assert not signed_in(client)
    assert not User.objects.get().emailaddress_set.get().verified


def test_after_three_wrong_codes_the_right_one_no_longer_works(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    for _ in range(3):
        answer = client.post(CODE, {"code": "BBBB-BBBB"})
    assert answer.headers["Location"] == "/account/login/"
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert not signed_in(client)


def test_a_code_works_for_ten_minutes_and_not_longer(client, mailoutbox):
    with time_machine.travel(time.time(), tick=False) as clock:
        client.post(SIGN_UP, NEW)
        clock.shift(10 * 60 + 1)
        client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert not signed_in(client)


def test_a_new_code_can_be_asked_for_and_the_old_one_stops(client, mailoutbox):
    with time_machine.travel(time.time(), tick=False) as clock:
        client.post(SIGN_UP, NEW)
        clock.shift(20)
        client.post(CODE, {"action": "resend"})
        old, new = map(code_in, mailoutbox)
        client.post(CODE, {"code": old})
        assert not signed_in(client)
        client.post(CODE, {"code": new})
        assert signed_in(client)


def test_a_new_code_asked_for_too_fast_is_not_sent(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    assert client.post(CODE, {"action": "resend"}).status_code == 429
    assert len(mailoutbox) == 1


def test_another_e_mail_can_be_used_after_a_slip(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    answer = client.post("/account/logout/", {"next": SIGN_UP})
    assert answer.headers["Location"] == SIGN_UP
    assert b"Start a journal" in client.get(SIGN_UP).content
    client.post(SIGN_UP, NEW | {"email": "right@example.com"})
    client.post(CODE, {"code": code_in(mailoutbox[1])})
    assert client.session["_auth_user_id"] == str(User.objects.get(email="right@example.com").pk)


def test_the_person_gets_the_language_of_the_page_and_the_time_zone_of_the_browser(client):
    client.cookies[project.LANGUAGE_COOKIE_NAME] = "es"
    client.post(SIGN_UP, NEW)
    assert User.objects.values_list("language", "time_zone").get() == ("es", "America/Bogota")


@pytest.mark.parametrize("sent", ["", "Mars/Olympus", "America/New_York\x00", "x" * 5000, None])
def test_a_time_zone_that_cannot_be_used_is_never_an_error(client, sent):
    typed = {name: value for name, value in (NEW | {"time_zone": sent}).items() if value is not None}
    assert client.post(SIGN_UP, typed).status_code == 302
    assert User.objects.get().time_zone == project.DEFAULT_PERSON_TIME_ZONE


def test_a_known_e_mail_looks_the_same_as_a_new_one(client, mailoutbox):
    make_user(email="known@example.com")
    pages = []
    for email in ("known@example.com", "fresh@example.com"):
        answer = client.post(SIGN_UP, NEW | {"email": email})
        wrong = client.post(CODE, {"code": "BBBB-BBBB"})
        pages.append(
            (answer.status_code, answer.headers["Location"], without_tokens(wrong).replace(email.encode(), b""))
        )
        client.post("/account/logout/")
        client.cookies.clear()
    assert pages[0] == pages[1]


def test_a_known_e_mail_gets_a_mail_without_a_code_and_no_second_person(client, mailoutbox):
    make_user(email="known@example.com")
    client.post(SIGN_UP, NEW | {"email": "Known@Example.com"})
    assert User.objects.count() == 1
    assert "/account/password/reset/" in mailoutbox[0].body
    assert "It is signed up already" in mailoutbox[0].body


def test_a_known_e_mail_takes_as_much_work_as_a_new_one(client, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(password) or f"md5${salt}$x"
    )
    client.post(SIGN_UP, NEW)
    once = len(hashed)
    client.cookies.clear()
    client.post(SIGN_UP, NEW | {"email": "other@example.com"})
    assert len(hashed) == 2 * once
    client.cookies.clear()
    client.post(SIGN_UP, NEW | {"email": "other@example.com"})
    assert len(hashed) == 3 * once


def test_two_taps_at_once_make_one_person(client, mailoutbox):
    form = SignupForm(NEW)
    assert form.is_valid()
    client.post(SIGN_UP, NEW)
    request = client.get("/account/login/").wsgi_request
    with context.request_context(request):
        user, answer = form.try_save(request)
    assert user is None
    assert answer.status_code in {302, 429}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("email", "", "Write your e-mail."),
        ("email", "ana", "This does not look like an e-mail."),
        ("email", "a\x00na@example.com", "This has a character we can&#x27;t keep."),
        ("email", f"{'a' * 250}@example.com", "This is too long for an e-mail."),
        ("password1", "", "Pick a password."),
        ("password1", "short", "Make it longer"),
        ("password1", "new@example.com", "Your e-mail or the name of this site is in it."),
        ("password1", "seven-quiet\x00otters-hum", "This has a character we can&#x27;t keep."),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason_and_nothing_is_made(client, mailoutbox, field, typed, reason):
    page = client.post(SIGN_UP, NEW | {field: typed})
    assert reason in page.content.decode()
    assert not User.objects.exists()
    assert not mailoutbox


def test_a_refused_form_still_holds_the_e_mail(client):
    assert b'value="new@example.com"' in client.post(SIGN_UP, NEW | {"password1": "short"}).content


def test_someone_who_is_signed_in_is_not_asked_to_sign_up(client, parent):
    client.force_login(parent)
    assert client.get(SIGN_UP).headers["Location"] == "/"


def test_a_journal_started_on_a_shared_phone_closes_with_the_browser(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert client.session.get_expire_at_browser_close()


def test_a_mail_says_little_and_comes_from_notes(client, mailoutbox):
    client.post(SIGN_UP, NEW)
    mail = mailoutbox[0]
    assert mail.subject == "Your code for Notes"
    assert mail.from_email.startswith("Notes <")
    assert mail.to == ["new@example.com"]
    assert not mail.alternatives
    for word in ("Hello", "testserver", "journal", "child", "&#", str(User.objects.get().pk)):
        assert word not in mail.body
