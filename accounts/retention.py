"""What becomes of every column: whether a person's export carries it, and how erasing the person erases it.

Each of our models declares `retention`; the tables that libraries bring are listed here. A column without a rule
fails `manage.py check`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error

Export = Literal["mine", "no: a secret", "no: how it works", "no: not about a person"]
HOW: Export = "no: how it works"
Erase = Literal["with the person", "with its session", "kept: not about a person", "with the row, after its time"]


@dataclass(frozen=True)
class Rule:
    export: Export
    erase: Erase


def rules(*fields: str, export: Export, erase: Erase) -> dict[str, Rule]:
    """One rule for several fields of a model."""
    return dict.fromkeys(fields, Rule(export=export, erase=erase))


def about_nobody(*fields: str) -> dict[str, Rule]:
    """The rule of words that editors look after."""
    return rules(*fields, export="no: not about a person", erase="kept: not about a person")


# Libraries' tables, whole: nothing in them is more than this.
LIBRARIES = {
    "account.EmailAddress": Rule(export="mine", erase="with the person"),
    "account.EmailConfirmation": Rule(export="no: a secret", erase="with the person"),
    "admin.LogEntry": Rule(export="no: how it works", erase="with the person"),
    "auth.Group": Rule(export="no: not about a person", erase="kept: not about a person"),
    "auth.Permission": Rule(export="no: not about a person", erase="kept: not about a person"),
    "contenttypes.ContentType": Rule(export="no: not about a person", erase="kept: not about a person"),
    "mfa.Authenticator": Rule(export="no: a secret", erase="with the person"),
    "usersessions.UserSession": Rule(export="no: how it works", erase="with the person"),
    "sessions.Session": Rule(export="no: a secret", erase="with its session"),
}
OUR_APPS = {"accounts", "journal"}


def check_retention(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every column of ours has a rule, every rule a column, and every library's table is listed."""
    found: list[CheckMessage] = []
    for model in apps.get_models():
        if model._meta.app_label not in OUR_APPS:
            if model._meta.label not in LIBRARIES:
                found.append(Error(f"{model._meta.label} has no retention rule.", obj=model, id="accounts.E002"))
            continue
        columns = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
        declared = set(getattr(model, "retention", {}))
        found += [
            Error(f"{model._meta.label}.{name}: retention rule and column do not match.", obj=model, id="accounts.E001")
            for name in sorted(columns ^ declared)
        ]
    return found
