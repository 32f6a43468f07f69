import pytest
from django.apps import apps
from django.core.checks import run_checks

from accounts.models import DataKey, User
from accounts.retention import LIBRARIES, OUR_APPS, Rule, check_retention
from journal.models import Child, Moment

OURS = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]


def test_every_column_has_a_rule_as_things_stand():
    assert check_retention() == []


def test_the_check_runs_with_manage_py_check(monkeypatch):
    monkeypatch.setattr(Moment, "retention", {})
    assert {found.id for found in run_checks()} == {"accounts.E001"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_column_without_a_rule_fails(monkeypatch, model):
    for name in model.retention:
        monkeypatch.setattr(model, "retention", {key: rule for key, rule in model.retention.items() if key != name})
        assert [found.msg for found in check_retention()] == [
            f"{model._meta.label}.{name}: retention rule and column do not match."
        ]
        monkeypatch.undo()


def test_a_rule_without_a_column_fails(monkeypatch):
    monkeypatch.setattr(User, "retention", User.retention | {"nickname": Rule("mine", "with the person")})
    assert [found.id for found in check_retention()] == ["accounts.E001"]


def test_a_model_without_any_rule_fails(monkeypatch):
    monkeypatch.delattr(DataKey, "retention")
    assert len(check_retention()) == len(DataKey._meta.local_fields)


@pytest.mark.parametrize("label", sorted(LIBRARIES))
def test_a_table_of_a_library_without_a_rule_fails(monkeypatch, label):
    monkeypatch.delitem(LIBRARIES, label)
    assert [found.msg for found in check_retention()] == [f"{label} has no retention rule."]


def test_what_a_parent_wrote_is_theirs_to_take_and_goes_with_them():
    for model, name in ((Child, "name"), (Moment, "content"), (User, "email")):
        assert model.retention[name] == Rule("mine", "with the person")


def test_no_secret_is_in_an_export():
    for model, name in ((User, "password"), (DataKey, "wrapped")):
        assert model.retention[name].export == "no: a secret"
    assert LIBRARIES["sessions.Session"].export == "no: a secret"
