"""What docs/security.md says is what the code does."""

import re
from pathlib import Path

import pytest
from allauth.account import app_settings
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, get_hashers_by_algorithm
from django.test import override_settings

from accounts import passwords
from accounts.events import TOLD
from journal.limits import LONG_WORK
from journal.tries import WRONG_TRIES
from tests import architecture
from tests.architecture import python_files

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())
# There are no phone numbers here.
NOT_HERE = {"change_phone", "verify_phone"}
CIPHERS = re.compile(
    r"^ *(?:from|import) .*\b(cryptography|hashlib|hmac|signing|secrets|salted_hmac|stream_zip)\b", re.MULTILINE
)
# Where an event is told without a signal.
TOLD_BY_NAME = re.compile(r'\btell(?:\(|, )"([^"]+)"')


def test_every_limit_on_the_page_is_the_codes_and_none_is_left_out():
    said = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]+)` \|$", PAGE, re.MULTILINE))
    held = {name: rate for name, rate in app_settings.RATE_LIMITS.items() if name not in NOT_HERE}
    assert said == held | LONG_WORK | WRONG_TRIES


def test_every_module_that_seals_signs_or_draws_by_chance_is_on_the_page():
    ours = {source.path for source in python_files(*architecture.CODE) if CIPHERS.search(source.text)}
    table = "\n".join(re.findall(r"^\| `(?:accounts|journal|config)/.*$", PAGE, re.MULTILINE))
    assert set(re.findall(r"`((?:accounts|journal|config)/[\w/]+\.py)`", table)) == ours


def test_every_event_of_people_is_on_the_page():
    by_name = {what for source in python_files(*architecture.CODE) for what in TOLD_BY_NAME.findall(source.text)}
    told = [what for what, _outcome in TOLD.values()] + sorted(by_name)
    assert len(TOLD) > 10
    assert by_name
    assert [what for what in told if what not in WORDS] == []


def test_passwords_are_as_the_page_says():
    assert f"{passwords.SHORTEST} to {passwords.LONGEST} signs of any kind" in WORDS
    assert ", ".join(passwords.OUR_WORDS) in WORDS


def test_codes_in_a_mail_work_ten_minutes_and_three_tries():
    assert "10 minutes, 3 tries" in WORDS
    for way in ("EMAIL_VERIFICATION", "PASSWORD_RESET", "LOGIN"):
        assert getattr(app_settings, f"{way}_BY_CODE_TIMEOUT") == 10 * 60
        assert getattr(app_settings, f"{way}_BY_CODE_MAX_ATTEMPTS") == 3


@pytest.fixture
def real_hashers():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        get_hashers_by_algorithm.cache_clear()
        yield
    get_hashers_by_algorithm.cache_clear()


def test_passwords_are_kept_as_argon2id_and_no_weaker_than_is_advised(real_hashers):
    """OWASP: 19 MiB, 2 rounds, 1 lane at the least."""
    kept = get_hasher().encode("seven-quiet-otters-hum", "salt-of-a-test-ok")
    said = re.fullmatch(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$.+", kept)
    memory, rounds, lanes = map(int, said.groups())
    assert (memory, rounds, lanes) == (102_400, 2, 8)
    assert "Argon2id (100 MB, 2 rounds, 8 lanes)" in WORDS


def test_the_settings_name_that_hasher_and_no_other():
    text = (ROOT / "config" / "settings.py").read_text()
    assert 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]' in text


def test_every_library_is_pinned_with_its_hashes_and_has_a_reason():
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = re.split(r"\n(?=[a-z])", (ROOT / name).read_text())
        packages = [one for one in pinned if re.match(r"[a-z0-9]", one)]
        assert len(packages) > 10
        assert [one.splitlines()[0] for one in packages if "==" not in one or "--hash=sha256:" not in one] == []
    lines = [line for line in (ROOT / "requirements.in").read_text().splitlines() if line and line[0] not in "#-"]
    assert [line for line in lines if "# " not in line] == []


def test_what_one_request_holds_is_as_the_page_says():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 2_621_440
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 1_000
    assert "2.5 MB and 1,000 fields" in WORDS
