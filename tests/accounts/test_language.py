import pytest
from django.conf import settings as project
from django.test import Client

pytestmark = pytest.mark.django_db

LANGUAGE = "/language/"


def test_someone_signed_out_reads_on_in_the_language_they_chose(client):
    answer = client.post(LANGUAGE, {"language": "es", "next": "/guide/"})
    assert answer.headers["Location"] == "/guide/"
    assert '<html lang="es">' in client.get("/account/login/").content.decode()


def test_the_choice_is_kept_for_a_year_out_of_reach_of_scripts(client):
    client.post(LANGUAGE, {"language": "es"})
    cookie = client.cookies[project.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        "es",
        365 * 24 * 60 * 60,
        True,
        "Lax",
        "/",
    )
    assert bool(cookie["secure"]) is project.LANGUAGE_COOKIE_SECURE
    assert not cookie["domain"]


def test_signed_in_the_choice_is_the_persons_own(signed_in, parent, stranger):
    signed_in.post(LANGUAGE, {"language": "es"})
    parent.refresh_from_db()
    stranger.refresh_from_db()
    assert (parent.language, stranger.language) == ("es", "en")


@pytest.mark.parametrize("unknown", ["", "xx", "ES", "es-MX", "e\x00s", "../es", "x" * 5000])
def test_a_language_we_do_not_speak_is_a_plain_400_and_changes_nothing(signed_in, parent, unknown):
    answer = signed_in.post(LANGUAGE, {"language": unknown})
    assert answer.status_code == 400
    assert project.LANGUAGE_COOKIE_NAME not in answer.cookies
    parent.refresh_from_db()
    assert parent.language == "en"


def test_no_language_at_all_is_a_400_too(client):
    assert client.post(LANGUAGE).status_code == 400


@pytest.mark.parametrize(
    "page", ["/", "/guide/", "/account/login/?next=/settings/", "/help/#talk", "http://testserver/help/"]
)
def test_it_leads_back_to_the_page_it_was_chosen_on(client, page):
    assert client.post(LANGUAGE, {"language": "es", "next": page}).headers["Location"] == page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "http:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://testserver@evil.example/",
        "http://testserver.evil.example/",
        "/guide/\r\nSet-Cookie: x=y",
        "/guide/\x00",
        "/guide/\t/evil.example",
        "\x01//evil.example",
        "http://[::1",
        f"/{'x' * 5000}",
    ],
)
def test_it_never_leads_anywhere_else(client, elsewhere):
    assert client.post(LANGUAGE, {"language": "es", "next": elsewhere}).headers["Location"] == "/"


def test_a_word_that_is_no_address_is_no_error(client):
    assert client.post(LANGUAGE, {"language": "es", "next": "settings"}).status_code == 302


def test_asking_for_the_page_changes_nothing(client):
    answer = client.get(LANGUAGE, {"language": "es"})
    assert answer.status_code == 405
    assert project.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_another_site_cannot_change_the_language(parent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(parent)
    assert client.post(LANGUAGE, {"language": "es"}).status_code == 403
    parent.refresh_from_db()
    assert parent.language == "en"
