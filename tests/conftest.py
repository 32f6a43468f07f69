"""The cast: who is who in the tests."""

import pytest

from accounts.models import DataKey
from tests.factories import make_child, make_moment, make_user


@pytest.fixture(autouse=True)
def fast_hashes(settings):
    """Argon2 is slow on purpose; tests of sign-in as such set it back."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def without_a_front_server(settings):
    """Pages are asked for over plain http, with static files by their own names."""
    settings.SECURE_SSL_REDIRECT = False
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static}
    settings.STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected; WhiteNoise warns of a folder that is not there


@pytest.fixture(autouse=True)
def forget_opened_keys():
    """Each test starts as a fresh worker would."""
    DataKey.opened.clear()


@pytest.fixture
def parent(db):
    """Keeps a journal."""
    return make_user(email="parent@example.com")


@pytest.fixture
def stranger(db):
    """Keeps another journal."""
    return make_user(email="stranger@example.com")


@pytest.fixture
def editor(db):
    """Looks after the words, reads nobody's journal."""
    return make_user(email="editor@example.com", is_staff=True)


@pytest.fixture
def superuser(db):
    """May do all that the admin can; reads nobody's journal."""
    return make_user(email="superuser@example.com", is_staff=True, is_superuser=True)


@pytest.fixture
def child(parent):
    """The parent's child, five months old on the day of most tests."""
    return make_child(parent=parent)


@pytest.fixture
def moment(parent, child):
    """A responsive moment of the parent's child."""
    return make_moment(author=parent, child=child)


@pytest.fixture
def signed_in(client, parent):
    """The parent's browser."""
    client.force_login(parent)
    return client
