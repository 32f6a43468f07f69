import base64
import secrets
from unittest import mock

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session

from accounts.sessions import SessionStore
from tests.accounts.factors import show_it_is_you, type_password

MALFORMED = [
    "",
    "short",
    "A" * 32,
    "a" * 31,
    "a" * 33,
    "a" * 31 + "\x00",
    "a" * 31 + "é",
    "a" * 31 + "٣",
    "a" * 32 + "\n",
    "'; DROP TABLE --" + "a" * 16,
]


@pytest.mark.parametrize("key", MALFORMED)
def test_a_malformed_key_is_no_key_and_never_reaches_the_database(key):
    # No `db` fixture: a query would fail the test.
    store = SessionStore(key)
    assert store.session_key is None
    assert dict(store.items()) == {}


@pytest.mark.parametrize(
    "cookie", ['"\\000"', '"' + "\\000" * 32 + '"', '"' + "a" * 31 + '\\000"', "é" * 32, "x" * 4000]
)
def test_a_malformed_cookie_opens_a_public_page_without_a_query(client, cookie):
    answer = client.get("/leave/", headers={"cookie": f"{project.SESSION_COOKIE_NAME}={cookie}"})
    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_well_formed_key_that_nobody_has_opens_nothing_and_is_not_taken_over(client):
    client.cookies[project.SESSION_COOKIE_NAME] = "a" * 32
    client.post("/account/login/", {"login": "x", "password": "y"})
    assert not Session.objects.filter(pk="a" * 32).exists()


@pytest.mark.django_db
def test_a_key_made_here_opens_again():
    store = SessionStore()
    store["kept"] = 1
    store.save()
    assert SessionStore(store.session_key)["kept"] == 1


@pytest.mark.django_db
def test_what_is_in_a_session_lies_sealed_and_opens_under_a_master_key_that_is_there(settings):
    store = SessionStore()
    store["said"] = "Canaryquilt"
    store.save()
    row = Session.objects.get()
    assert row.get_decoded() == {"said": "Canaryquilt"}
    assert row.session_data.startswith("tests1:")
    assert "Canaryquilt" not in row.session_data
    assert b"Canary" not in base64.b64decode(row.session_data.partition(":")[2])
    for changed in ("other" + row.session_data, row.session_data[:-8] + "AAAAAAA=", "", ":", "tests1:", "e30:1abc:xyz"):
        Session.objects.update(session_data=changed)
        assert dict(SessionStore(row.pk).items()) == {}


@pytest.mark.django_db
def test_signing_in_changes_the_key(client, parent):
    store = SessionStore()
    store["before"] = 1
    store.save()
    client.cookies[project.SESSION_COOKIE_NAME] = store.session_key
    client.post("/account/login/", {"login": "parent@example.com", "password": "seven-quiet-otters-hum"})
    assert client.cookies[project.SESSION_COOKIE_NAME].value != store.session_key
    assert not Session.objects.filter(pk=store.session_key).exists()


@pytest.mark.django_db
def test_a_fresh_sign_in_changes_the_key_too_and_the_list_of_devices_follows(client, parent):
    type_password(client)
    client.get("/account/sessions/")
    before = client.session.session_key
    show_it_is_you(client)
    after = client.session.session_key
    assert after != before
    assert not Session.objects.filter(pk=before).exists()
    assert [one.session_key for one in parent.usersession_set.all()] == [after]
    assert client.get("/moments/").status_code == 200


@pytest.mark.django_db
def test_a_key_cannot_be_guessed(client, parent):
    """32 of 36 signs, from the system's own source of chance: 165 bits."""
    with mock.patch("secrets.choice", side_effect=secrets.choice) as chosen:
        store = SessionStore()
        store["kept"] = 1
        store.save()
    assert len(store.session_key) == len(chosen.mock_calls) == 32
    assert {len(call.args[0]) for call in chosen.mock_calls} == {36}
