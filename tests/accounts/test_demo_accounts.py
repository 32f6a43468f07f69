import pytest
from django.test import Client

from tests.accounts.mailbox import code_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/login/"
RESET = "/account/password/reset/"


@pytest.fixture
def demo(db):
    return make_user(email="demo@example.com", is_demo=True)


@pytest.fixture
def development(settings):
    settings.DEVELOPMENT = True


def sign_in(client):
    return client.post(SIGN_IN, {"login": "demo@example.com", "password": PASSWORD, "remember": "on"})


def test_in_development_a_demo_account_signs_in(client, demo, development):
    assert sign_in(client).headers["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_elsewhere_it_cannot_and_looks_like_any_wrong_password(client, demo):
    page = sign_in(client)
    assert "That e-mail and password don&#x27;t go together." in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_elsewhere_a_session_that_was_open_is_none(demo, settings):
    settings.DEVELOPMENT = True
    client = Client()
    client.force_login(demo)
    assert client.get("/settings/").status_code == 200
    settings.DEVELOPMENT = False
    assert client.get("/settings/").headers["Location"].startswith(SIGN_IN)


def test_in_development_a_demo_account_can_get_a_new_password(client, demo, development, mailoutbox):
    client.post(RESET, {"email": "demo@example.com"})
    assert code_in(mailoutbox[0])


def test_elsewhere_it_gets_no_code(client, demo, mailoutbox):
    client.post(RESET, {"email": "demo@example.com"})
    assert "Nobody signs in with it" in mailoutbox[0].body


def test_elsewhere_a_code_from_development_leads_nowhere(client, demo, mailoutbox, settings):
    settings.DEVELOPMENT = True
    client.post(RESET, {"email": "demo@example.com"})
    settings.DEVELOPMENT = False
    client.post(f"{RESET}confirm/", {"code": code_in(mailoutbox[0])})
    client.post(f"{RESET}complete/", {"password1": "five-lazy-herons-nap-here"})
    client.post(SIGN_IN, {"login": "demo@example.com", "password": "five-lazy-herons-nap-here"})
    assert client.get("/settings/").status_code == 302


def test_elsewhere_a_half_done_sign_in_leads_nowhere(client, mailoutbox, settings):
    make_user(email="demo@example.com", is_demo=True, verified=False)
    settings.DEVELOPMENT = True
    sign_in(client)
    settings.DEVELOPMENT = False
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert client.get("/settings/").status_code == 302


def test_someone_who_is_no_demo_account_signs_in_everywhere(client, parent):
    client.post(SIGN_IN, {"login": "parent@example.com", "password": PASSWORD})
    assert client.get("/settings/").status_code == 200


def test_nobody_signs_up_as_a_demo_account(client, mailoutbox):
    from accounts.models import User

    client.post("/account/signup/", {"email": "new@example.com", "password1": PASSWORD, "is_demo": "on"})
    assert not User.objects.get().is_demo
