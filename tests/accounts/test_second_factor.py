import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.second_factor import has_second_factor
from tests.accounts.factors import (
    ADD_APP,
    CODES,
    OVERVIEW,
    code_of,
    give_app,
    give_codes,
    give_passkey,
    key_on,
    show_it_is_you,
)
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.guarded_urls")]

GUARDED = "/guarded/known/?week=2026-03-02"
SET_UP = f"{OVERVIEW}?next=/guarded/known/%3Fweek%3D2026-03-02"


def test_who_has_no_second_factor_is_sent_to_set_one_up(signed_in):
    assert signed_in.get(GUARDED).headers["Location"] == SET_UP


@pytest.mark.parametrize("give", [give_app, give_passkey])
def test_who_has_an_app_or_a_passkey_comes_in(signed_in, parent, give):
    give(parent)
    assert signed_in.get(GUARDED).content == b"Open: known"


def test_recovery_codes_alone_are_no_second_factor(signed_in, parent):
    give_codes(parent)
    assert signed_in.get(GUARDED).headers["Location"] == SET_UP


def test_the_factor_of_another_opens_nothing(signed_in, stranger):
    give_app(stranger)
    assert signed_in.get(GUARDED).status_code == 302


def test_the_answer_is_the_same_whatever_the_path_names(signed_in):
    answers = [signed_in.get(f"/guarded/{whose}/") for whose in ("known", "nobody", "known/more")]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert len({answer.headers["Location"].partition("?")[0] for answer in answers}) == 1
    assert len({answer.content for answer in answers}) == 1


def test_what_is_sent_without_a_second_factor_does_nothing_and_is_not_asked_for_again(signed_in):
    assert signed_in.post(GUARDED).headers["Location"] == OVERVIEW


def test_signed_out_it_leads_to_sign_in(client, db):
    assert client.get(GUARDED).headers["Location"].startswith("/account/login/?next=")


def test_after_setting_one_up_they_come_where_they_wanted_to_go(client, signed_in):
    page = signed_in.get(GUARDED, follow=True).content.decode()
    assert "Families trust you with their words. So we ask for a second step when you sign in." in page
    set_up = f"{ADD_APP}{SET_UP.removeprefix(OVERVIEW)}"
    assert f'href="{set_up}"' in page
    asked = signed_in.get(set_up).headers["Location"]
    assert signed_in.post(asked, {"password": "seven-quiet-otters-hum"}).headers["Location"] == set_up
    page = signed_in.get(set_up)
    codes = signed_in.post(set_up, {"code": code_of(key_on(page))}).headers["Location"]
    page = signed_in.get(codes).content.decode()
    assert f'<a class="button button--main button--wide" href="{GUARDED}">' in page
    assert signed_in.get(GUARDED).content == b"Open: known"


def test_with_a_second_factor_the_overview_leads_on(signed_in, parent):
    give_app(parent)
    assert f'href="{GUARDED}">Go on</a>' in signed_in.get(SET_UP).content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\tb"]
)
def test_it_never_leads_to_another_site(signed_in, parent, elsewhere):
    give_app(parent)
    give_codes(parent)
    show_it_is_you(signed_in, code=code_of())
    for address in (OVERVIEW, CODES, "/account/2fa/webauthn/add/"):
        page = signed_in.get(address, {"next": elsewhere})
        assert page.status_code == 200
        assert f'href="{elsewhere}' not in page.content.decode(), address
        assert f"next={elsewhere}" not in page.content.decode(), address


def test_a_demo_visitor_is_excepted_in_development_mode_and_nowhere_else(settings):
    demo = make_user(email="demo@example.com", is_demo=True)
    settings.DEVELOPMENT = True
    client = Client()
    client.force_login(demo)
    assert client.get(GUARDED).content == b"Open: known"
    settings.DEVELOPMENT = False
    assert not has_second_factor(demo)


def test_in_development_mode_all_others_are_asked(signed_in, settings):
    settings.DEVELOPMENT = True
    assert signed_in.get(GUARDED).headers["Location"] == SET_UP


def test_it_takes_one_query(parent, django_assert_num_queries):
    give_codes(parent)
    give_app(parent)
    for number in range(20):
        give_passkey(parent, f"Key {number}")
    with django_assert_num_queries(1):
        assert has_second_factor(parent)


def test_the_overview_takes_as_many_queries_for_twenty_passkeys_as_for_none(
    signed_in, parent, django_assert_max_num_queries
):
    for number in range(20):
        give_passkey(parent, f"Key {number}")
    with django_assert_max_num_queries(4):
        signed_in.get(OVERVIEW)


def test_it_goes_with_the_person(parent):
    give_app(parent)
    give_codes(parent)
    parent.delete()
    assert not Authenticator.objects.exists()


def test_the_settings_lead_to_it(signed_in):
    page = signed_in.get("/settings/").content.decode()
    assert f'<a href="{OVERVIEW}">A second step when I sign in</a>' in page


def test_a_parent_who_comes_from_the_settings_reads_why(signed_in):
    page = signed_in.get(OVERVIEW).content.decode()
    assert "Someone may see or guess your password. A second step keeps them out." in page
    assert "Families trust you" not in page
