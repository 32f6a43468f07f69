"""What docs/security.md says is what the code does."""

import importlib
import inspect
import math
import re
from pathlib import Path

import pytest
import stream_zip
from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings as factor_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, get_hashers_by_algorithm
from django.test import override_settings

from accounts import factor_seal, passwords, sessions, uploads
from accounts.events import TOLD
from accounts.models import DataKey
from journal.admin.sheet_pages import FileForm
from journal.forms import BringForm
from journal.invitations import Secrets
from journal.limits import LONG_WORK
from journal.models import Child
from journal.sheets import reading as sheets
from journal.takeout import reading as journals
from journal.tries import WRONG_TRIES
from tests import architecture
from tests.architecture import python_files

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())
MB = 1024 * 1024
# There are no phone numbers here.
NOT_HERE = {"change_phone", "verify_phone"}
LIMITS = {
    name: rate
    for name, rate in (app_settings.RATE_LIMITS | factor_settings.RATE_LIMITS).items()
    if name not in NOT_HERE
}
CIPHERS = re.compile(
    r"^ *(?:from|import) .*\b(cryptography|hashlib|hmac|signing|secrets|salted_hmac|stream_zip)\b", re.MULTILINE
)
# Where an event is told without a signal.
TOLD_BY_NAME = re.compile(r'\btell(?:\(|, )"([^"]+)"')


def test_every_limit_on_the_page_is_the_codes_and_none_is_left_out():
    said = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]+)` \|$", PAGE, re.MULTILINE))
    assert said == LIMITS | LONG_WORK | WRONG_TRIES


def test_the_page_names_every_limit_that_holds_up_others_on_the_same_line():
    said = re.search(r"holds up everybody behind it.*?:((?: `\w+`,?| and)+)\.", WORDS)[1]
    shared = {name for name, rate in LIMITS.items() if "/ip" in rate}
    assert set(re.findall(r"`(\w+)`", said)) == shared
    # No other limit, and none that lasts longer than the page says, counts an address.
    assert {part for name in shared for part in LIMITS[name].split(",") if part.endswith("/ip")} <= {
        f"{count}/m/ip" for count in (10, 20, 30)
    }


def test_no_other_part_of_allauth_has_limits_of_its_own():
    apps = [name for name in settings.INSTALLED_APPS if name.startswith("allauth.")]
    parts = {name: importlib.import_module(f"{name}.app_settings") for name in apps}
    assert {name for name, part in parts.items() if hasattr(part, "RATE_LIMITS")} == {"allauth.account", "allauth.mfa"}


def test_every_module_that_seals_signs_or_draws_by_chance_is_on_the_page():
    ours = {source.path for source in python_files(*architecture.CODE) if CIPHERS.search(source.text)}
    table = "\n".join(re.findall(r"^\| `(?:accounts|journal|config)/.*$", PAGE, re.MULTILINE))
    assert set(re.findall(r"`((?:accounts|journal|config)/[\w/]+\.py)`", table)) == ours


@pytest.mark.django_db
def test_what_a_seal_is_bound_to_is_as_the_page_says(parent, child):
    assert "texts and data keys bound to their row, sessions and second steps to their table's column" in WORDS
    name, key = Child._meta.get_field("name"), DataKey.of(parent.pk)
    assert str(child.pk).encode() in name.bound_to(child.pk, parent.pk)
    assert str(key.pk).encode() in key.bound_to
    assert (sessions.BOUND_TO, factor_seal.BOUND_TO) == (b"django_session.session_data", b"mfa_authenticator.data")


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


def bits(codes):
    """Of codes that are drawn, letter by letter, from all that occur in any of them."""
    plain = [code.replace("-", "") for code in codes]
    assert len({len(code) for code in plain}) == 1
    return len(plain[0]) * math.log2(len(set("".join(plain))))


def test_codes_are_as_hard_to_guess_as_the_page_says():
    """Each drawn so often that no letter of its alphabet stays out."""
    adapter = get_adapter()
    for draw in (adapter.generate_login_code, adapter.generate_password_reset_code):
        assert int(bits(draw() for _number in range(300))) == 34
    assert int(bits(adapter.generate_email_verification_code() for _number in range(300))) == 34
    assert "| code by mail | 34 bits" in WORDS
    owner = Authenticator(type="recovery_codes")
    recovery = []
    for _number in range(30):
        owner.data = {"seed": factor_seal.seal_secret(RecoveryCodes.generate_seed()), "used_mask": 0}
        recovery += RecoveryCodes(owner).generate_codes()
    assert round(bits(recovery)) == 27
    assert "Recovery codes have 27 bits" in WORDS
    assert len(set(recovery)) == len(recovery)
    assert bits(Secrets().code for _number in range(300)) == 50
    assert "codes (50 bits) of invitations" in WORDS


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


def test_a_files_passphrase_is_stretched_as_the_page_says():
    """AE-2, as all who open such a ZIP know it, has no other rounds."""
    rounds = "PBKDF2(password, salt, 2 * key_length + password_verification_length, 1000)"
    assert rounds in inspect.getsource(stream_zip)
    assert "PBKDF2-SHA1 in 1,000 rounds (AE-2: what others open)" in WORDS


def test_what_a_file_may_be_is_as_the_pages_say():
    assert (uploads.LARGEST, journals.LARGEST_JSON, journals.LARGEST_UNPACKED) == (16 * MB, 32 * MB, 96 * MB)
    assert (journals.MEMBERS_AT_MOST, journals.PARTS_AT_MOST) == (100, 1_500_000)
    written = " ".join((ROOT / "docs" / "export.md").read_text(encoding="utf-8").split())
    assert "16 MB sent (held in memory, never written to a disk), 32 MB of JSON, 96 MB unpacked" in written
    assert "100 files in the ZIP, 1,500,000 brackets, braces and commas" in written
    assert (sheets.MOST_BYTES, sheets.MOST_UNPACKED, sheets.MOST_ROWS, sheets.MOST_PARTS) == (
        5 * MB,
        60 * MB,
        10_000,
        1_000,
    )
    assert "5 MB and 10,000 rows at most, a workbook 60 MB unpacked in 1,000 parts" in WORDS
    for form, kinds in ((BringForm, "`.zip` or `.json`"), (FileForm, "`.csv` or `.xlsx`")):
        assert kinds.replace("`", "").replace(" or ", ",") == form.base_fields["file"].widget.attrs["accept"]
        assert kinds in WORDS


def test_what_one_request_holds_is_as_the_page_says():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 2_621_440
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 1_000
    assert "2.5 MB and 1,000 fields" in WORDS
