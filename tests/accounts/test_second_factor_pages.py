"""The pages about the second step, as a person sees them. tests/pages.py walks them in a browser too."""

import re
import subprocess
import sys
import time

import pytest
import time_machine
from django.conf import settings as project
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from accounts.urls import second_step
from tests.accounts.factors import (
    SECOND_STEP,
    code_of,
    give_app,
    give_codes,
    give_passkey,
    show_it_is_you,
    type_password,
)
from tests.accounts.test_account_pages import Words
from tests.factories import make_user
from tests.reading import english_grade

pytestmark = pytest.mark.django_db

OF_A_KEY = {"mfa_edit_webauthn", "mfa_remove_webauthn"}


@pytest.fixture
def still():
    """No half minute passes between two codes, or both were the same one."""
    with time_machine.travel(time.time(), tick=False):
        yield


@pytest.fixture
def pages(client, parent, still):
    """Every page about the second step that a person can come to: of someone who has none yet, then all factors."""
    newcomer = Client()
    newcomer.force_login(make_user(email="newcomer@example.com"))
    show_it_is_you(newcomer)
    found = {f"first {name}": newcomer.get(reverse(name)) for name in ("mfa_index", "mfa_activate_totp")}
    found["wanted"] = newcomer.get("/account/2fa/?next=/weeks/")
    give_app(parent)
    give_codes(parent)
    passkey = give_passkey(parent)
    type_password(client)
    found["mfa_authenticate"] = client.get(SECOND_STEP)
    client.post(SECOND_STEP, {"code": code_of()})
    found["mfa_reauthenticate"] = client.get(reverse("mfa_reauthenticate"))
    found["mfa_reauthenticate_webauthn"] = client.get(reverse("mfa_reauthenticate_webauthn"))
    show_it_is_you(client, code=code_of(seconds_ago=30))
    for pattern in second_step:
        if pattern.name not in {*found, "mfa_activate_totp"}:
            arguments = [passkey.pk] if pattern.name in OF_A_KEY else []
            found[pattern.name] = client.get(reverse(pattern.name, args=arguments))
    return found


def test_every_page_that_can_be_reached_is_ours(pages):
    assert {pattern.name for pattern in second_step} == pages.keys() - {
        "first mfa_index",
        "first mfa_activate_totp",
        "wanted",
    } | {"mfa_activate_totp"}
    for name, page in pages.items():
        assert page.status_code == 200, name
        assert "site-packages" not in get_template(page.templates[0].name).origin.name, name


def html(pages):
    return {name: page.content.decode() for name, page in pages.items() if name != "mfa_download_recovery_codes"}


def test_each_page_has_one_heading_at_most_one_main_button_and_a_neutral_title(pages):
    for name, text in html(pages).items():
        assert len(re.findall(r"<h1", text)) == 1, name
        assert text.count("button--main") <= 1, name
        assert "<title>Notes: second step</title>" in text, name
        assert "Leave fast" in text, name


def test_each_page_is_in_plain_words(pages):
    for name, text in html(pages).items():
        words = "\n".join(line for line in Words(text).lines if not re.search(r"\d{4}|[A-Z0-9]{4} ", line))
        assert english_grade(words) <= 6, (name, words)


def test_no_page_has_a_script_or_style_of_its_own(pages):
    for name, text in html(pages).items():
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|placeholder=|data:", text), name


def test_signed_out_the_pages_lead_to_sign_in(db):
    for pattern in second_step:
        address = reverse(pattern.name, args=[1] if pattern.name in OF_A_KEY else [])
        expected = "/account/login/" if pattern.name == "mfa_authenticate" else f"/account/login/?next={address}"
        assert Client().get(address).headers["Location"] == expected


@pytest.mark.parametrize(
    "name",
    [
        *(f"mfa/messages/{name}.txt" for name in ("totp_activated", "totp_deactivated", "recovery_codes_generated")),
        *(f"mfa/messages/{name}.txt" for name in ("webauthn_added", "webauthn_removed")),
        *(
            f"mfa/email/{name}_{part}.txt"
            for name in ("totp_activated", "totp_deactivated", "recovery_codes_generated")
            for part in ("subject", "message")
        ),
        *(
            f"mfa/email/{name}_{part}.txt"
            for name in ("webauthn_added", "webauthn_removed")
            for part in ("subject", "message")
        ),
    ],
)
def test_what_is_said_about_it_is_ours_too(name):
    assert "site-packages" not in get_template(name).origin.name


SIGN_IN_WITHOUT = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from accounts.adapter import AccountAdapter
from allauth.account.stages import LoginStageController
from allauth.utils import import_callable
[import_callable(stage) for stage in AccountAdapter().get_login_stages()]
print([name for name in ("fido2", "qrcode", "segno") if name in sys.modules])
"""


def test_what_few_pages_need_is_not_loaded_at_start_nor_for_a_sign_in_without_it():
    command = [sys.executable, "-c", SIGN_IN_WITHOUT]
    done = subprocess.run(command, cwd=project.BASE_DIR, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
