"""The cast: who is who in the tests."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings as project
from django.db import connection, transaction
from django.test import Client, override_settings

from accounts.models import DataKey, User
from journal.editors import make_editor
from tests.factories import give_second_factor, make_child, make_moment, make_share, make_user

DATABASES = {"sqlite", "postgresql"}


def pytest_configure(config):
    for name in sorted(DATABASES):
        config.addinivalue_line("markers", f"{name}: only on this database, left out on the other")


def pytest_collection_modifyitems(config, items):
    """A test of one database is not there on the other; it is never skipped."""
    elsewhere = DATABASES - {connection.vendor}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in elsewhere)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, as it runs: with its log beside it, its locks, and threads that wait for each other."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(project.DATA_DIR / "test.sqlite3")


FAST_HASHES = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fast_hashes(settings):
    """Argon2 is slow on purpose; tests of sign-in as such set it back."""
    settings.PASSWORD_HASHERS = FAST_HASHES


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """What a module's own fixtures write stands there for each of its tests, and goes with the last of them.

    What a test does is undone as ever. So rows that many tests only look at are made once.
    """
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(PASSWORD_HASHERS=FAST_HASHES):
        yield
        transaction.set_rollback(True)


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
def wednesday():
    """It is Wednesday, March 4, 2026, three in the afternoon in Greenwich, and stays so."""
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


def someone(email, **fields):
    """As kept for the whole module, or new."""
    return User.objects.filter(email=email).first() or make_user(email=email, **fields)


@pytest.fixture
def parent(db):
    """Keeps a journal."""
    return someone("parent@example.com")


@pytest.fixture
def stranger(db):
    """Keeps another journal."""
    return someone("stranger@example.com")


@pytest.fixture
def visitor(db):
    """Visits families at home; reads what their parents chose."""
    return someone("visitor@example.com")


@pytest.fixture
def editor(db):
    """Looks after the words, reads nobody's journal."""
    user = someone("editor@example.com")
    make_editor(user)
    return user


@pytest.fixture
def editing(editor):
    """The editor's browser, after the second step."""
    give_second_factor(editor)
    browser = Client()
    browser.force_login(editor)
    return browser


@pytest.fixture
def superuser(db):
    """May do all that the admin can; reads nobody's journal."""
    return someone("superuser@example.com", is_staff=True, is_superuser=True)


@pytest.fixture
def child(parent):
    """The parent's child, five months old on the day of most tests."""
    return make_child(parent=parent)


@pytest.fixture
def moment(parent, child):
    """A responsive moment of the parent's child."""
    return make_moment(author=parent, child=child)


@pytest.fixture
def share(wednesday, parent, visitor, child):
    """Lets the visitor read what the parent shares, of the child and of moments with no child named, until June."""
    return make_share(parent=parent, reader=visitor, children=[child])


@pytest.fixture
def signed_in(client, parent):
    """The parent's browser."""
    client.force_login(parent)
    return client
