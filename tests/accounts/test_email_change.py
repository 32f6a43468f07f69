import pytest

from tests.accounts.mailbox import code_in
from tests.factories import just_signed_in

pytestmark = pytest.mark.django_db

EMAIL = "/account/email/"
CODE = "/account/confirm-email/"


@pytest.fixture
def signed_in(signed_in):
    """Who they are was shown just now; see test_fresh.py for who has not."""
    just_signed_in(signed_in)
    return signed_in


def ask(client, email="moved@example.com"):
    return client.post(EMAIL, {"email": email, "action_add": ""})


def emails(user):
    user.refresh_from_db()
    return {user.email, *user.emailaddress_set.values_list("email", flat=True)}


def test_a_parent_changes_their_e_mail_with_a_code_sent_to_the_new_one(signed_in, parent, mailoutbox):
    assert ask(signed_in).headers["Location"] == CODE
    assert mailoutbox[0].to == ["moved@example.com"]
    assert signed_in.post(CODE, {"code": code_in(mailoutbox[0])}).headers["Location"] == "/settings/"
    assert emails(parent) == {"moved@example.com"}
    assert "From now on you sign in with moved@example.com." in signed_in.get("/settings/").content.decode()


def test_the_old_e_mail_is_told(signed_in, mailoutbox):
    ask(signed_in)
    signed_in.post(CODE, {"code": code_in(mailoutbox[0])})
    assert mailoutbox[1].to == ["parent@example.com"]
    assert mailoutbox[1].subject == "Your sign-in has changed"
    assert "From now on you sign in with moved@example.com." in mailoutbox[1].body
    assert "127.0.0.1" not in mailoutbox[1].body


def test_until_the_code_is_typed_nothing_changes(signed_in, parent, mailoutbox):
    ask(signed_in)
    signed_in.post(CODE, {"code": "BBBB-BBBB"})
    assert emails(parent) == {"parent@example.com"}


def test_the_page_says_which_e_mail_is_used_now(signed_in):
    page = signed_in.get(EMAIL).content.decode()
    assert "You sign in with parent@example.com." in page
    assert "<title>Notes: e-mail</title>" in page


def test_the_e_mail_of_someone_else_looks_like_any_other_until_the_code(signed_in, parent, stranger, mailoutbox):
    assert ask(signed_in, "stranger@example.com").headers["Location"] == CODE
    page = signed_in.post(CODE, {"code": code_in(mailoutbox[0])})
    assert "Someone else signs in with this e-mail." in page.content.decode()
    assert emails(parent) == {"parent@example.com"}
    assert emails(stranger) == {"stranger@example.com"}


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("parent@example.com", "You sign in with this e-mail already."),
        ("", "Write your e-mail."),
        ("mo\x00ved@example.com", "This has a character we can&#x27;t keep."),
        (f"{'a' * 250}@example.com", "This is too long for an e-mail."),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(signed_in, parent, mailoutbox, email, reason):
    assert reason in ask(signed_in, email).content.decode()
    assert emails(parent) == {"parent@example.com"}
    assert not mailoutbox


@pytest.mark.parametrize("action", ["action_remove", "action_primary", "action_send"])
def test_the_e_mail_in_use_cannot_be_taken_off(signed_in, parent, action):
    signed_in.post(EMAIL, {"email": "parent@example.com", action: ""})
    assert emails(parent) == {"parent@example.com"}


def test_the_e_mail_of_someone_else_cannot_be_taken_off(signed_in, stranger):
    signed_in.post(EMAIL, {"email": "stranger@example.com", "action_remove": ""})
    assert emails(stranger) == {"stranger@example.com"}


def test_signed_out_nobody_changes_an_e_mail(client, parent, mailoutbox):
    assert ask(client).headers["Location"].startswith("/account/login/")
    assert not mailoutbox
