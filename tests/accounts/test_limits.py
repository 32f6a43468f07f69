"""How often one may try, for an account and from an address, and what no server starts without."""

import time

import pytest
import time_machine
from django.conf import settings as project
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from accounts.known_devices import known_device
from accounts.startup import refuse_unsafe
from tests.accounts.factors import (
    SECOND_STEP,
    SIGN_IN,
    SoftPasskey,
    code_of,
    give_app,
    give_codes,
    give_passkey,
    options_on,
    show_it_is_you,
    type_password,
)
from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD, just_signed_in, make_user

pytestmark = pytest.mark.django_db

ASK = "/account/login/code/"
LOCKED = "That was a lot of tries."
WRONG = "not-the-password-at-all"


def is_in(client):
    return "_auth_user_id" in client.session


def type_wrong(client, email="parent@example.com", times=1):
    for _ in range(times):
        answer = client.post(SIGN_IN, {"login": email, "password": WRONG})
    return answer


def type_wrong_codes(client, times=1):
    for number in range(times):
        answer = client.post(SECOND_STEP, {"code": f"{number:06}"})
    return answer


@pytest.fixture
def known(parent):
    """The parent's phone, that they signed in from before, and are signed out on now."""
    client = Client()
    type_password(client, remember="on")
    client.post("/account/logout/")
    return client


def test_a_strangers_wrong_tries_do_not_lock_out_a_known_device(known, parent):
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    assert LOCKED in type_wrong(stranger, times=6).content.decode()
    type_password(known)
    assert is_in(known)


def test_nor_do_those_of_someone_on_the_same_line(known, parent):
    type_wrong(Client(), times=6)
    for number in range(12):
        type_wrong(Client(), f"other{number}@example.com")
    type_password(known)
    assert is_in(known)


def test_a_device_that_is_not_known_waits(parent):
    type_wrong(Client(), times=6)
    elsewhere = Client(REMOTE_ADDR="198.51.100.8")
    type_password(elsewhere)
    assert not is_in(elsewhere)


def test_a_known_device_has_five_tries_and_no_more(known, parent):
    assert LOCKED in type_wrong(known, times=6).content.decode()
    type_password(known)
    assert not is_in(known)


@pytest.fixture
def others(parent):
    """Three more devices that the parent signed in from."""
    others = [Client() for _ in range(3)]
    for other in others:
        type_password(other)
        other.post("/account/logout/")
    return others


def test_many_known_devices_have_ten_passwords_between_them(known, others):
    for other in others:
        type_wrong(other, times=4)
    assert LOCKED in type_password(known).content.decode()
    assert not is_in(known)


def test_one_known_device_alone_does_not_use_up_the_passwords_of_another(known, others):
    type_wrong(others[0], times=12)
    type_password(known)
    assert is_in(known)


def test_right_passwords_do_not_use_up_the_tries(known):
    for _ in range(12):
        type_password(known)
        assert is_in(known)
        known.post("/account/logout/")


def test_a_device_is_known_for_one_e_mail_only(known, parent, stranger):
    type_wrong(Client(), stranger.email, times=6)
    type_password(known, stranger.email)
    assert not is_in(known)


@pytest.fixture
def crowded():
    """Wrong tries of others, from the line that the known device is on too."""
    for number in range(12):
        type_wrong(Client(), f"other{number}@example.com")


def test_nor_does_anyone_stop_a_known_device_at_its_second_step(known, parent, crowded):
    give_app(parent)
    type_password(known)
    known.post(SECOND_STEP, {"code": code_of()})
    assert is_in(known)


def test_nor_at_its_second_step_with_a_passkey(known, parent, crowded):
    passkey = SoftPasskey()
    give_passkey(parent, passkey=passkey)
    type_password(known)
    known.post(SECOND_STEP, {"credential": passkey.get(options_on(known.get(SECOND_STEP)))})
    assert is_in(known)


def test_nor_at_its_fresh_sign_in_by_code(known, parent, crowded):
    type_password(known)
    give_app(parent)
    assert show_it_is_you(known, code=code_of()).headers["Location"] == "/settings/"


def test_nor_does_whoever_has_the_password_but_not_the_code(known, parent):
    give_app(parent)
    thief = Client(REMOTE_ADDR="198.51.100.7")
    type_password(thief)
    assert LOCKED in type_wrong_codes(thief, times=6).content.decode()
    type_password(known)
    known.post(SECOND_STEP, {"code": code_of()})
    assert is_in(known)


def test_a_device_that_is_not_known_waits_at_its_second_step(parent, crowded):
    give_app(parent)
    client = Client(REMOTE_ADDR="198.51.100.7")
    type_password(client)
    client.defaults["REMOTE_ADDR"] = "127.0.0.1"
    assert LOCKED in client.post(SECOND_STEP, {"code": code_of()}).content.decode()
    assert not is_in(client)


def test_a_known_device_has_five_codes_and_no_more(known, parent):
    give_app(parent)
    type_password(known)
    assert LOCKED not in type_wrong_codes(known, times=5).content.decode()
    assert LOCKED in known.post(SECOND_STEP, {"code": code_of()}).content.decode()
    assert not is_in(known)


def test_right_codes_do_not_use_up_the_tries(known, parent):
    type_password(known)
    give_app(parent)
    codes = give_codes(parent)
    for code in codes[:7]:
        assert show_it_is_you(known, code=code).headers["Location"] == "/settings/"


def test_a_right_code_of_ones_own_gives_nobody_on_the_line_their_tries_back(parent, stranger):
    give_app(stranger)
    client = Client(REMOTE_ADDR="198.51.100.7")
    for number in range(9):
        type_wrong(client, f"nobody{number}@example.com")
    type_password(client, stranger.email)
    client.post(SECOND_STEP, {"code": code_of()})
    assert is_in(client)
    beside = Client(REMOTE_ADDR="198.51.100.7")
    assert LOCKED not in type_wrong(beside, "one-more@example.com").content.decode()
    assert LOCKED in type_wrong(beside, "too-many@example.com").content.decode()


def test_nor_does_it_give_back_the_wrong_ones_before_it(parent):
    codes = give_codes(parent)
    give_app(parent)
    client = Client()
    type_password(client)
    type_wrong_codes(client, times=4)
    client.post(SECOND_STEP, {"code": codes[0]})
    assert is_in(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    type_password(elsewhere)
    assert LOCKED not in type_wrong_codes(elsewhere).content.decode()
    assert LOCKED in type_wrong_codes(elsewhere).content.decode()


def test_one_known_device_alone_does_not_use_up_the_tries_of_another(known, parent):
    other = Client()
    type_password(other)
    other.post("/account/logout/")
    give_app(parent)
    type_password(other)
    type_wrong_codes(other, times=12)
    type_password(known)
    known.post(SECOND_STEP, {"code": code_of()})
    assert is_in(known)


def test_many_known_devices_have_ten_codes_between_them(known, others, parent):
    give_app(parent)
    for other in others:
        type_password(other)
        type_wrong_codes(other, times=4)
    type_password(known)
    assert LOCKED in known.post(SECOND_STEP, {"code": code_of()}).content.decode()


@pytest.mark.parametrize("value", ["", "x", "0" * 97, f"{'0' * 32}.{'0' * 64}", "a" * 5000, '"\\000"'])
def test_a_made_up_mark_is_not_known(rf, value):
    request = rf.get("/")
    request.COOKIES[project.DEVICE_COOKIE_NAME] = value
    assert known_device(request, "parent@example.com") == ""


def test_the_mark_names_nobody_and_opens_nothing(known, parent):
    cookie = known.cookies[project.DEVICE_COOKIE_NAME]
    for words in ("parent", "example", str(parent.pk), parent.pk.hex):
        assert words not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert known.get("/settings/").status_code == 302


@pytest.mark.parametrize(("ticked", "stays"), [({}, ""), ({"remember": "on"}, 365 * 24 * 60 * 60)])
def test_on_a_shared_phone_the_mark_goes_with_the_browser(client, parent, ticked, stays):
    type_password(client, **ticked)
    assert client.cookies[project.DEVICE_COOKIE_NAME]["max-age"] == stays


def test_who_has_not_done_the_second_step_leaves_no_mark(client, parent):
    give_app(parent)
    type_password(client)
    assert project.DEVICE_COOKIE_NAME not in client.cookies


def test_wrong_passwords_from_one_address_have_an_end_whatever_the_e_mails(db, parent):
    client = Client(REMOTE_ADDR="198.51.100.9")
    for number in range(10):
        type_wrong(client, f"nobody{number}@example.com")
    type_password(client)
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.10")
    type_password(elsewhere)
    assert is_in(elsewhere)


def test_a_forwarded_address_is_not_believed_without_a_proxy_of_ours(parent):
    for number in range(10):
        forged = Client(REMOTE_ADDR="198.51.100.9", headers={"x-forwarded-for": f"203.0.113.{number}"})
        type_wrong(forged, f"nobody{number}@example.com")
    late = Client(REMOTE_ADDR="198.51.100.9", headers={"x-forwarded-for": "203.0.113.99"})
    type_password(late)
    assert not is_in(late)


@pytest.mark.parametrize("path", ["/account/login/code/", "/account/password/reset/"])
def test_one_address_gets_twenty_mails_a_day_at_most(parent, mailoutbox, path):
    with time_machine.travel(time.time(), tick=False) as clock:
        for number in range(30):
            clock.shift(61)
            answer = Client(REMOTE_ADDR=f"198.51.100.{number}").post(path, {"email": "parent@example.com"})
    assert len(mailoutbox) == 20
    assert "try again tomorrow" in answer.content.decode()


def test_a_stranger_who_asks_for_codes_without_end_does_not_stop_a_known_device_from_asking(known, parent, mailoutbox):
    for number in range(4):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(ASK, {"email": "parent@example.com"})
    assert len(mailoutbox) == 3
    known.post(ASK, {"email": "parent@example.com"})
    known.post(f"{ASK}confirm/", {"code": code_in(mailoutbox[-1])})
    assert is_in(known)


def test_known_devices_get_twenty_codes_a_day_between_them(known, parent, mailoutbox):
    other = Client()
    type_password(other)
    other.post("/account/logout/")
    mailoutbox.clear()
    with time_machine.travel(time.time(), tick=False) as clock:
        for _ in range(15):
            clock.shift(61)
            for client in (known, other):
                client.post(ASK, {"email": "parent@example.com"})
                client.cookies.pop(project.SESSION_COOKIE_NAME, None)  # a code that waits is asked for, not sent again
    assert len(mailoutbox) == 20


def test_a_device_known_for_one_e_mail_asks_for_another_as_a_stranger_does(known, stranger, mailoutbox):
    for _ in range(3):
        Client().post(ASK, {"email": stranger.email})
    known.post(ASK, {"email": stranger.email})
    assert len(mailoutbox) == 3


@pytest.mark.parametrize("email", ["parent@example.com", "nobody@example.com"])
def test_signing_up_sends_one_address_twenty_mails_a_day_at_most(parent, mailoutbox, email):
    with time_machine.travel(time.time(), tick=False) as clock:
        for number in range(25):
            clock.shift(61)
            sent = {"email": email, "password1": PASSWORD}
            Client(REMOTE_ADDR=f"198.51.100.{number}").post("/account/signup/", sent)
    assert len(mailoutbox) == 20


def test_whoever_signed_up_with_an_e_mail_cannot_fill_its_mailbox_by_signing_in(db, mailoutbox):
    make_user(email="owner@example.com", verified=False)
    with time_machine.travel(time.time(), tick=False) as clock:
        for number in range(25):
            clock.shift(61)
            answer = type_password(Client(REMOTE_ADDR=f"198.51.100.{number}"), "owner@example.com")
    assert len(mailoutbox) == 20
    assert LOCKED in answer.content.decode()


def test_nor_can_who_is_signed_in_by_changing_their_e_mail_to_it(signed_in, mailoutbox):
    with time_machine.travel(time.time(), tick=False) as clock:
        for _ in range(25):
            clock.shift(61)
            just_signed_in(signed_in)
            signed_in.post("/account/email/", {"email": "owner@example.com", "action_add": ""})
    assert len(mailoutbox) == 20


def test_tries_are_counted_where_all_processes_see_them(parent):
    assert project.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    type_wrong(Client())
    counted = [row for row in cache_rows() if "login_failed" in row]
    assert counted
    assert not any("parent@example.com" in row for row in counted)


def cache_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        return [row[0] for row in cursor.fetchall()]


def test_the_cache_forgets_no_tries_for_want_of_room(db):
    for number in range(1_000):
        cache.set(f"filler-{number}", 1, 600)
    cache.set("kept", 1, 600)
    assert cache.get("filler-0") == 1


@pytest.mark.parametrize("name", ["locmem.LocMemCache", "dummy.DummyCache", "filebased.FileBasedCache"])
def test_a_server_does_not_start_with_a_cache_of_its_own(settings, name):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{name}"}}
    with pytest.raises(ImproperlyConfigured, match="not one for all processes"):
        refuse_unsafe()
    settings.DEVELOPMENT = True
    refuse_unsafe()


def test_a_server_does_not_start_with_an_sqlite_that_may_forget(monkeypatch):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x", "OPTIONS": {}}
    monkeypatch.setitem(project.DATABASES, "default", database)
    with pytest.raises(ImproperlyConfigured, match="synchronous=FULL"):
        refuse_unsafe()
    database["OPTIONS"]["init_command"] = "PRAGMA synchronous=FULL;"
    refuse_unsafe()


def test_a_server_as_it_is_starts():
    refuse_unsafe()
    assert make_user(email="one@example.com")
