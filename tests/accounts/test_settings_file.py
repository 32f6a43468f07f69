import base64
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
KEY = "k1:" + base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def environment(tmp_path):
    """These names in the environment, and no others."""

    def only(**names):
        names = {"DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]} | names
        return {name: value for name, value in names.items() if value is not None}

    return only


@pytest.fixture
def values(environment, monkeypatch):
    """What the settings file makes of an environment."""

    def read(*wanted, **names):
        monkeypatch.setattr(os, "environ", environment(**names))
        read = runpy.run_path(str(ROOT / "config" / "settings.py"))
        return {name: read[name] for name in wanted}

    return read


@pytest.fixture
def refusal(values):
    """What the settings file says when it refuses an environment."""

    def read(**names):
        with pytest.raises(ImproperlyConfigured) as refused:
            values(**names)
        return str(refused.value)

    return read


SECRET = "a-secret-of-more-than-fifty-signs-for-a-test-of-the-start"
PRODUCTION = {"SECRET_KEY": SECRET, "MASTER_KEYS": KEY, "ALLOWED_HOSTS": "notes.example.org"}
DEVELOPMENT = {"SECRET_KEY": "s", "MASTER_KEYS": KEY, "DEVELOPMENT": "on"}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": " "}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": SECRET[:49]}, "SECRET_KEY takes 50 signs or more"),
        ({"SECRET_KEY": "abcd" * 20}, "SECRET_KEY takes 50 signs or more"),
        ({"MASTER_KEYS": None}, "MASTER_KEYS or MASTER_KEY_FILE is missing"),
        ({"MASTER_KEYS": None, "MASTER_KEY_FILE": "/not/there"}, "MASTER_KEYS or MASTER_KEY_FILE is missing"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": "notes.example.org,*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": ".example.org"}, "ALLOWED_HOSTS must name the hosts"),
        ({"DEBUG": "on"}, "DEBUG needs DEVELOPMENT=on"),
        ({"DEBUG": "true"}, "DEBUG takes on or off"),
        ({"DEVELOPMENT": "1"}, "DEVELOPMENT takes on or off"),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES takes a whole number"),
        ({"EMAIL_PORT": "-25"}, "EMAIL_PORT takes a whole number"),
        ({"SESSION_WORK_IDLE": "60"}, "SESSION_WORK_IDLE takes a time such as 30m"),
        ({"SESSION_WORK_LONGEST": "0h"}, "SESSION_WORK_LONGEST takes a time"),
        ({"SESSION_OWN_IDLE": "-1d"}, "SESSION_OWN_IDLE takes a time"),
        ({"SESSION_SHARED_IDLE": "٣٠m"}, "SESSION_SHARED_IDLE takes a time"),
    ],
)
def test_what_is_missing_or_makes_no_sense_stops_the_start_and_is_named(refusal, changed, named):
    assert named in refusal(**PRODUCTION | changed)


@pytest.fixture
def start(environment):
    """A server that starts with these names: how it ended, and what it said."""

    def run(**names):
        command = [sys.executable, "-B", "-c", "import config.wsgi"]
        return subprocess.run(command, cwd=ROOT, env=environment(**names), capture_output=True, text=True, check=False)

    return run


def test_the_server_does_not_start_and_says_why_without_repeating_a_secret(start, tmp_path):
    (tmp_path / "master.keys").write_text(KEY)
    names = PRODUCTION | {
        "SECRET_KEY": f"very-secret-{SECRET}",
        "MASTER_KEYS": None,
        "MASTER_KEY_FILE": tmp_path / "master.keys",
    }
    done = start(**names)
    assert done.returncode
    assert "MASTER_KEY_FILE lies beside the database" in done.stderr
    assert "very-secret" not in done.stderr
    assert KEY not in done.stderr


SHORT_KEY = "k1:" + base64.b64encode(b"k" * 16).decode()
WRITTEN = "A master key is written id:base64 of 32 bytes, each id once."


@pytest.mark.parametrize(
    ("held", "named"),
    [
        (b"\n", "MASTER_KEY_FILE holds no key."),
        (b"what-is-this", WRITTEN),
        (b"\x80" * 32, WRITTEN),
        (SHORT_KEY.encode(), WRITTEN),
        (f"{KEY}\n{KEY}\n".encode(), WRITTEN),
    ],
    ids=["empty", "garbage", "bytes", "short", "twice"],
)
def test_no_server_starts_with_a_key_file_that_opens_nothing(start, tmp_path, held, named):
    data, file = tmp_path / "data", tmp_path / "keys" / "master.keys"
    data.mkdir()
    file.parent.mkdir()
    file.write_bytes(held)
    done = start(**PRODUCTION | {"MASTER_KEYS": None, "MASTER_KEY_FILE": str(file), "DATA_DIR": str(data)})
    assert done.returncode
    assert named in done.stderr
    assert SHORT_KEY not in done.stderr


def test_no_server_starts_with_a_master_key_in_the_environment_that_opens_nothing(start):
    assert WRITTEN in start(**PRODUCTION | {"MASTER_KEYS": SHORT_KEY}).stderr


def test_with_keys_that_are_it_starts(start):
    assert start(**PRODUCTION).returncode == 0


def test_with_the_four_names_it_starts(values):
    assert values("DEBUG", "DEVELOPMENT", "ALLOWED_HOSTS", **PRODUCTION) == {
        "DEBUG": False,
        "DEVELOPMENT": False,
        "ALLOWED_HOSTS": ["notes.example.org"],
    }


@pytest.mark.parametrize("place", ["master.keys", "keys/master.keys"])
def test_a_key_file_near_the_database_is_refused(refusal, tmp_path, place):
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_text(KEY)
    assert "lies beside the database" in refusal(**PRODUCTION | {"MASTER_KEYS": None, "MASTER_KEY_FILE": str(file)})


def test_a_link_does_not_hide_that_a_key_file_lies_near_the_database(refusal, tmp_path):
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    elsewhere.mkdir()
    (data / "master.keys").write_text(KEY)
    (elsewhere / "link.keys").symlink_to(data / "master.keys")
    names = {"MASTER_KEYS": None, "MASTER_KEY_FILE": str(elsewhere / "link.keys"), "DATA_DIR": str(data)}
    assert "lies beside the database" in refusal(**PRODUCTION | names)


def test_a_key_file_in_another_folder_is_read(values, tmp_path):
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir()
    keys.mkdir()
    (keys / "master.keys").write_text(f"{KEY}\nk0:older\n")
    names = {"MASTER_KEYS": None, "MASTER_KEY_FILE": str(keys / "master.keys"), "DATA_DIR": str(data)}
    assert values("MASTER_KEYS", **PRODUCTION | names) == {"MASTER_KEYS": [KEY, "k0:older"]}


def test_with_a_database_on_another_server_a_key_file_may_lie_in_the_data_folder(values, tmp_path):
    (tmp_path / "master.keys").write_text(KEY)
    names = {
        "MASTER_KEYS": None,
        "MASTER_KEY_FILE": str(tmp_path / "master.keys"),
        "DATABASE_URL": "postgres://notes@db.example.org/notes",
    }
    assert values("MASTER_KEYS", **PRODUCTION | names) == {"MASTER_KEYS": [KEY]}


def test_in_development_a_key_file_may_lie_beside_the_database(values, tmp_path):
    (tmp_path / "master.keys").write_text(KEY)
    names = {"MASTER_KEYS": None, "MASTER_KEY_FILE": str(tmp_path / "master.keys")}
    assert values("MASTER_KEYS", **DEVELOPMENT | names) == {"MASTER_KEYS": [KEY]}


@pytest.mark.parametrize(
    "host", ["notes.example.org", "*", ".example.org", "localhost,10.0.0.7", "localhost.example.org"]
)
def test_no_development_copy_starts_where_others_could_reach_it(refusal, host):
    """Demo accounts sign in there, and codes are printed."""
    said = refusal(**DEVELOPMENT | {"ALLOWED_HOSTS": host})
    assert said.startswith("DEVELOPMENT=on is for this machine alone: take DEVELOPMENT away, or name localhost")


@pytest.mark.parametrize("hosts", [None, "localhost", "LOCALHOST,127.0.0.1,[::1]", "notes.localhost,.localhost"])
def test_on_its_own_machine_a_development_copy_starts(values, hosts):
    assert values("DEVELOPMENT", **DEVELOPMENT | {"ALLOWED_HOSTS": hosts}) == {"DEVELOPMENT": True}


def test_development_values_count_only_where_no_secret_key_is_given(values, tmp_path):
    (tmp_path / "development.env").write_text(f"SECRET_KEY=from-the-file\nDEVELOPMENT=on\nMASTER_KEYS={KEY}\n")
    assert values("SECRET_KEY", "DEVELOPMENT") == {"SECRET_KEY": "from-the-file", "DEVELOPMENT": True}
    assert values("SECRET_KEY", "DEVELOPMENT", **PRODUCTION) == {"SECRET_KEY": SECRET, "DEVELOPMENT": False}


COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")
SECURE = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "EMAIL_USE_TLS",
)


def test_outside_development_cookies_are_bound_to_this_host_and_all_is_https(values):
    found = values(*COOKIES, *SECURE, "SECURE_HSTS_SECONDS", **PRODUCTION)
    assert all(found[name].startswith("__Host-") for name in COOKIES)
    assert all(found[name] is True for name in SECURE)
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60


def test_in_development_all_works_over_plain_http(values):
    found = values(*COOKIES, *SECURE, "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", **DEVELOPMENT)
    assert not any(found[name].startswith("__") for name in COOKIES)
    assert not any(found[name] for name in (*SECURE, "SECURE_HSTS_SECONDS"))
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("kind", [PRODUCTION, DEVELOPMENT], ids=["production", "development"])
def test_no_script_reads_a_cookie_and_no_other_site_sends_one_along(values, kind):
    names = ("SESSION", "CSRF", "LANGUAGE")
    found = values(*(f"{name}_COOKIE_{rule}" for name in names for rule in ("HTTPONLY", "SAMESITE")), **kind)
    for name in names:
        assert (found[f"{name}_COOKIE_HTTPONLY"], found[f"{name}_COOKIE_SAMESITE"]) == (True, "Lax")


def test_a_forwarded_scheme_and_address_count_only_behind_a_known_proxy(values):
    read = "ALLAUTH_TRUSTED_PROXY_COUNT"
    assert values(read, **PRODUCTION) == {read: 0}
    assert values(read, "SECURE_PROXY_SSL_HEADER", **PRODUCTION | {"TRUSTED_PROXIES": "1"}) == {
        read: 1,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    }


@pytest.mark.parametrize("own", [{"ALLOWED_HOSTS": "notes.example.org"}, {"MASTER_KEYS": KEY}])
def test_a_deployment_that_lacks_its_secret_does_not_become_a_development_copy(refusal, tmp_path, own):
    (tmp_path / "development.env").write_text("SECRET_KEY=s\nDEVELOPMENT=on\n")
    assert "SECRET_KEY is missing" in refusal(**own)


def test_session_times_are_those_that_were_promised_unless_they_are_set(values):
    hour, day = 60 * 60, 24 * 60 * 60
    assert values("SESSION_TIMES", **PRODUCTION)["SESSION_TIMES"] == {
        "at work": (hour, 12 * hour),
        "shared phone": (hour // 2, 12 * hour),
        "own phone": (14 * day, 30 * day),
        "signed out": (hour // 2, hour // 2),
    }
    set_ = values("SESSION_TIMES", **PRODUCTION | {"SESSION_WORK_IDLE": "90s", "SESSION_OWN_LONGEST": "7d"})
    assert set_["SESSION_TIMES"]["at work"] == (90, 12 * hour)
    assert set_["SESSION_TIMES"]["own phone"] == (14 * day, 7 * day)


def test_all_app_servers_share_redis_where_it_is_named(values, refusal):
    found = values("CACHES", **PRODUCTION | {"REDIS_URL": "redis://cache.example.org:6379/0"})["CACHES"]["default"]
    assert found["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert found["LOCATION"] == "redis://cache.example.org:6379/0"
    assert "REDIS_URL takes an address" in refusal(**PRODUCTION | {"REDIS_URL": "locmem://"})
