import pytest
from django.conf import settings as project

from accounts.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

SETTINGS = "/settings/"
CHOICES = {"language": "es", "time_zone": "America/Bogota", "shows_counts": ""}


def kept(user):
    user.refresh_from_db()
    return {"language": user.language, "time_zone": user.time_zone, "shows_counts": user.shows_counts}


def test_a_parent_saves_how_they_like_the_journal(signed_in, parent):
    answer = signed_in.post(SETTINGS, CHOICES)
    assert answer.headers["Location"] == SETTINGS
    assert kept(parent) == {"language": "es", "time_zone": "America/Bogota", "shows_counts": False}


def test_saving_says_so_once(signed_in):
    signed_in.post(SETTINGS, CHOICES | {"language": "en"})
    assert "Saved." in signed_in.get(SETTINGS).content.decode()
    assert "Saved." not in signed_in.get(SETTINGS).content.decode()


def test_the_next_page_speaks_the_language_that_was_chosen(signed_in):
    assert '<html lang="es">' in signed_in.post(SETTINGS, CHOICES, follow=True).content.decode()


def test_saved_is_said_in_the_language_that_was_chosen(signed_in, monkeypatch):
    from django.utils import translation

    monkeypatch.setattr("accounts.views.settings.gettext", lambda text: f"{text} {translation.get_language()}")
    assert "Saved. es" in signed_in.post(SETTINGS, CHOICES, follow=True).content.decode()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"language": "xx"}, "Pick a language from the list."),
        ({"language": "e\x00s"}, "Pick a language from the list."),
        ({"time_zone": "Mars/Olympus"}, "Pick a time zone from the list."),
        ({"time_zone": "America/Bogota\x00"}, "Pick a time zone from the list."),
        ({"time_zone": "../../etc/passwd"}, "Pick a time zone from the list."),
    ],
)
def test_what_is_not_in_the_list_is_refused_and_nothing_changes(signed_in, parent, broken, reason):
    before = kept(parent)
    page = signed_in.post(SETTINGS, CHOICES | broken)
    assert page.status_code == 422
    assert reason in page.content.decode()
    assert kept(parent) == before


def test_an_empty_form_changes_nothing(signed_in, parent):
    before = kept(parent)
    assert signed_in.post(SETTINGS, {}).status_code == 422
    assert kept(parent) == before


def test_nothing_else_about_a_person_can_be_set_here(signed_in, parent):
    more = {"email": "evil@example.com", "is_staff": "on", "is_superuser": "on", "is_demo": "on", "password": "x"}
    signed_in.post(SETTINGS, CHOICES | more)
    parent.refresh_from_db()
    assert (parent.email, parent.is_staff, parent.is_superuser, parent.is_demo) == (
        "parent@example.com",
        False,
        False,
        False,
    )
    assert parent.check_password(PASSWORD)


def test_saving_keeps_what_changed_meanwhile_elsewhere(signed_in, parent, monkeypatch):
    from accounts.settings_form import SettingsForm

    valid = SettingsForm.is_valid
    monkeypatch.setattr(
        SettingsForm, "is_valid", lambda form: valid(form) and bool(User.objects.update(email="moved@example.com"))
    )
    signed_in.post(SETTINGS, CHOICES)
    parent.refresh_from_db()
    assert parent.email == "moved@example.com"


def test_settings_of_another_person_stay_as_they_are(signed_in, stranger):
    before = kept(stranger)
    signed_in.post(SETTINGS, CHOICES)
    assert kept(stranger) == before


def test_signed_out_there_are_no_settings(client, db):
    assert client.get(SETTINGS).headers["Location"].startswith("/account/login/")
    assert client.post(SETTINGS, CHOICES).headers["Location"].startswith("/account/login/")


def test_opening_the_page_changes_nothing(signed_in, parent):
    before = kept(parent)
    page = signed_in.get(SETTINGS, CHOICES)
    assert page.status_code == 200
    assert kept(parent) == before


def test_other_methods_are_not_taken(signed_in):
    assert signed_in.delete(SETTINGS).status_code == 405


def test_the_page_leads_to_children_sign_in_and_sign_out(signed_in, parent):
    page = signed_in.get(SETTINGS).content.decode()
    assert "<title>Notes: settings</title>" in page
    for address in ("/children/", "/account/password/change/", "/account/email/", "/account/logout/"):
        assert f'"{address}"' in page
    assert '<option value="es" lang="es">Español</option>' in page
    assert '<optgroup label="America">' in page
    assert '<option value="UTC" selected>' in page
    assert parent.email not in page


def test_a_language_is_offered_for_each_that_the_app_speaks(signed_in):
    page = signed_in.get(SETTINGS).content.decode()
    for code, _name in project.LANGUAGES:
        assert f'<option value="{code}"' in page
