"""Who comes in to look after the words, with what rights."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from journal.editors import EDITORS, make_editor, unmake_editor
from journal.models import HelpLine, Theme
from tests.factories import give_second_factor, make_prompt, make_user

pytestmark = pytest.mark.django_db

RIGHTS = {
    *(f"journal.{verb}_theme" for verb in ("view", "add", "change")),
    *(f"journal.{verb}_prompt" for verb in ("view", "add", "change", "delete")),
    *(f"journal.{verb}_helpline" for verb in ("view", "add", "change", "delete")),
    *(f"journal.{verb}_{model}" for verb in ("view", "change") for model in ("programtext", "savedline")),
}


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def test_an_editor_has_the_rights_of_the_words_and_no_others(editor):
    assert editor.get_all_permissions() == RIGHTS


def test_the_group_is_made_by_the_migration_and_made_again_without_harm():
    migration = importlib.import_module("journal.migrations.0009_editors")
    migration.make_group(apps, None)
    assert Group.objects.filter(name=EDITORS).count() == 1


def test_an_editor_without_a_second_factor_is_sent_to_set_one_up(editor):
    answer = browser_of(editor).get("/admin/journal/prompt/?q=x")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/account/2fa/?next=/admin/journal/prompt/%3Fq%3Dx",
    )


def test_an_editor_without_a_second_factor_changes_nothing(editor):
    prompt = make_prompt()
    browser_of(editor).post(f"/admin/journal/prompt/{prompt.pk}/change/", {"_retire": "1"})
    prompt.refresh_from_db()
    assert prompt.retired_at is None


def test_an_editor_with_a_second_factor_comes_in(editing):
    assert editing.get("/admin/").status_code == 200


@pytest.mark.parametrize(("development", "status"), [(True, 200), (False, 302)])
def test_the_demo_editor_needs_none_in_development_mode_alone(settings, development, status):
    settings.DEVELOPMENT = True
    demo = make_user(email="demo@example.com", is_demo=True)
    make_editor(demo)
    browser = browser_of(demo)
    settings.DEVELOPMENT = development
    assert browser.get("/admin/").status_code == status


def test_a_superuser_needs_a_second_factor_too(superuser):
    browser = browser_of(superuser)
    assert browser.get("/admin/").status_code == 302
    give_second_factor(superuser)
    assert browser.get("/admin/").status_code == 200


def test_staff_outside_the_group_see_no_words(editing, editor):
    theme, line = make_prompt().theme, HelpLine.objects.create(slug="line", languages="en", position=1)
    editor.groups.clear()
    for row in (theme, line):
        assert editing.get(f"/admin/journal/{row._meta.model_name}/{row.pk}/change/").status_code == 403
    for address in ("coverage/", "coverage/download/", "1/preview/"):
        assert editing.get(f"/admin/journal/prompt/{address}").status_code == 404


def test_who_is_an_editor_no_more_finds_no_admin(editing, editor):
    unmake_editor(editor)
    assert editing.get("/admin/").status_code == 404
    assert not editor.groups.exists()


def test_a_superuser_who_edits_no_more_stays_staff(superuser):
    make_editor(superuser)
    unmake_editor(superuser)
    superuser.refresh_from_db()
    assert superuser.is_staff


@pytest.mark.parametrize(
    "address", ["password_change/", "password_change/done/", "logout/", "autocomplete/", "jsi18n/", "r/1/1/"]
)
def test_the_admin_has_no_pages_of_its_own_for_passwords_and_leaving(editing, address):
    assert editing.get(f"/admin/{address}").status_code == 404


def test_an_editor_may_not_take_a_theme_away(editing):
    theme = make_prompt().theme
    assert editing.post(f"/admin/journal/theme/{theme.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize("address", ["prompt/", "prompt/{}/change/", "theme/", "helpline/", "savedline/"])
def test_who_may_only_view_words_is_not_let_in(editing, editor, address):
    group = Group.objects.get(name=EDITORS)
    group.permissions.set(group.permissions.filter(codename__startswith="view_"))
    prompt = make_prompt()
    assert editing.get(f"/admin/journal/{address.format(prompt.pk)}").status_code == 403
