import pytest
from django.test import Client

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

CHANGE = "/account/password/change/"
NEW_PASSWORD = "five-lazy-herons-nap-here"
TYPED = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}


def has_password(user, password):
    user.refresh_from_db()
    return user.check_password(password)


def test_a_parent_changes_their_password_and_stays_signed_in(signed_in, parent):
    assert signed_in.post(CHANGE, TYPED).headers["Location"] == "/settings/"
    assert has_password(parent, NEW_PASSWORD)
    assert "You have a new password." in signed_in.get("/settings/").content.decode()


def test_every_other_session_ends(signed_in, parent):
    elsewhere = Client()
    elsewhere.force_login(parent)
    signed_in.post(CHANGE, TYPED)
    assert elsewhere.get("/settings/").status_code == 302
    assert signed_in.get("/settings/").status_code == 200


def test_the_change_is_told_by_mail_without_address_or_browser(signed_in, mailoutbox):
    signed_in.post(CHANGE, TYPED, headers={"user-agent": "a telling browser"})
    assert mailoutbox[0].subject == "Your sign-in has changed"
    assert "You have a new password." in mailoutbox[0].body
    for word in ("127.0.0.1", "telling browser", "example.com"):
        assert word not in mailoutbox[0].body


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"oldpassword": "not-the-password-at-all"}, "That is not the password you use now."),
        ({"oldpassword": ""}, "Write your password."),
        ({"password1": "short"}, "Make it longer"),
        ({"password1": "parent@example.com"}, "Your e-mail or the name of this site is in it."),
        ({"password1": "seven-quiet\x00otters"}, "This has a character we can&#x27;t keep."),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_password_stays(signed_in, parent, mailoutbox, broken, reason):
    page = signed_in.post(CHANGE, TYPED | broken)
    assert reason in page.content.decode()
    assert has_password(parent, PASSWORD)
    assert not mailoutbox


def test_signed_out_nobody_changes_a_password(client, parent):
    assert client.post(CHANGE, TYPED).headers["Location"].startswith("/account/login/")
    assert has_password(parent, PASSWORD)


def test_someone_without_a_password_picks_a_first_one(client, parent):
    parent.set_unusable_password()
    parent.save()
    client.force_login(parent)
    assert client.get(CHANGE).headers["Location"] == "/account/password/set/"
    client.post("/account/password/set/", {"password1": NEW_PASSWORD})
    assert has_password(parent, NEW_PASSWORD)


def test_someone_with_a_password_cannot_set_another_without_it(signed_in, parent):
    assert signed_in.post("/account/password/set/", {"password1": NEW_PASSWORD}).headers["Location"] == CHANGE
    assert has_password(parent, PASSWORD)
