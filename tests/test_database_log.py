"""What PostgreSQL writes into its own log with the settings that docs/deploying.md asks for: no e-mail address."""

import re
from pathlib import Path

import dj_database_url
import pytest
from django.db import ConnectionHandler, DataError, IntegrityError

from tests.postgres import throwaway_postgres

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "deploying.md").read_text(encoding="utf-8")
ADVISED = dict(re.findall(r"`(log_\w+) = ([\w-]+)`", PAGE))
USUAL = {"log_min_error_statement": "error", "log_error_verbosity": "default", "log_min_duration_statement": "0"}
# Outside Django's own checks, as a race of two sign-ups would come through, and as what is too long for a column.
TABLE = "CREATE TABLE people (email varchar(60) UNIQUE)"
ADD = "INSERT INTO people VALUES (%s)"


@pytest.fixture(scope="module")
def server():
    with throwaway_postgres() as server:
        yield server


@pytest.fixture
def told(server):
    """What the server's log gained while two statements failed, with these settings."""

    def told(settings, email):
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        database = dj_database_url.parse(server.url) | {"OPTIONS": {"options": options}}
        connection = ConnectionHandler({"default": database})["default"]
        log = server.data_dir / "server.log"
        before = len(log.read_text())
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS people")
            cursor.execute(TABLE)
            cursor.execute(ADD, [email])
            with pytest.raises(IntegrityError):
                cursor.execute(ADD, [email])
            with pytest.raises(DataError):
                cursor.execute(ADD, [email * 9])
        connection.close()
        return log.read_text()[before:]

    return told


@pytest.mark.django_db
def test_with_the_settings_asked_for_the_log_of_postgresql_holds_no_e_mail(told):
    assert ADVISED.keys() == USUAL.keys()
    log = told(ADVISED, "canary@example.com")
    assert "duplicate key value" in log
    assert "value too long" in log
    assert "canary" not in log


@pytest.mark.django_db
@pytest.mark.parametrize("left_as_usual", USUAL)
def test_each_of_them_is_needed(told, left_as_usual):
    """The control: the values stand in the statements, since Django's driver writes them in before it sends them."""
    settings = ADVISED | {left_as_usual: USUAL[left_as_usual]}
    assert "canary" in told(settings, "canary@example.com")
