"""A world in which every text is hostile: each text field of each row holds pieces that would run if they could."""

import json
from itertools import cycle
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models

from accounts.sealing import SealedField

CORPUS = [tuple(row) for row in json.loads(Path(__file__).with_name("xss.json").read_text(encoding="utf-8"))]
PAYLOADS = [payload for _where, payload in CORPUS]
ALL = "\n".join(PAYLOADS)
LONGEST = max(map(len, PAYLOADS))
# In what is sealed: texts that somebody typed. All others are choices, ids and times.
TYPED = {"text", "name", "program", "signed_name", "reader"}
# Names of addresses and of choices, and what is compared and never shown.
NOT_TYPED = {"slug", "key", "digest", "region", "language", "languages", "kind", "section", "time_zone", "occasion"}
NOT_TYPED |= {"state", "why", "opened", "way", "member", "password", "email", "name_en"}
one_by_one = cycle(PAYLOADS)


def fill_with_payloads() -> int:
    """In every row of ours, whoever's it is; how many texts that were."""
    filled = 0
    for model in [*apps.get_app_config("journal").get_models(), *apps.get_app_config("accounts").get_models()]:
        if model.__name__ in ("Parcel", "ParcelPart", "LoadedContent"):
            continue
        for row in model._base_manager.all():
            filled += fill(row)
    for passkey in Authenticator.objects.filter(type="webauthn"):
        passkey.data["name"] = ALL
        passkey.save()
    return filled + 1


def fill(row: models.Model) -> int:
    """All of them in one sealed text, which has room; one after the other in what has a length."""
    filled = 0
    for field in row._meta.local_fields:
        before = getattr(row, field.attname)
        if isinstance(field, SealedField):
            setattr(row, field.name, hostile(before, typed=True))
        elif has_words(field) and before:
            setattr(row, field.name, next(one_by_one))
        filled += getattr(row, field.attname) != before
    if filled:
        row.save()
    return filled


def has_words(field: models.Field) -> bool:
    """Of an editor, say: long enough for a payload, and neither a choice nor part of an address."""
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return is_text and field.name not in NOT_TYPED and (field.max_length or LONGEST) >= LONGEST


def hostile(value, *, typed):
    """The same value with payloads in place of what somebody typed."""
    if isinstance(value, dict):
        return {name: hostile(part, typed=name in TYPED) for name, part in value.items()}
    if isinstance(value, list):
        return [hostile(part, typed=typed) for part in value]
    return ALL if typed and isinstance(value, str) and value else value
