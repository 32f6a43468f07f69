"""New data keys for everybody, and all that was sealed sealed anew: a copy from before then opens with no key of today.

Safe while people write: a former key stays, and opens what a slow request still seals under it, until it is put away.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.models import DataKey, FormerKey
from accounts.sealing import HEAD_BYTES, VERSION, SealedField

BATCH = 100
# Longer than any request takes: nobody holds a former key in hand after that.
STAYS_FOR = timedelta(hours=1)


def sealed_columns() -> Iterator[tuple[Any, SealedField]]:
    for model in apps.get_models():
        for column in model._meta.local_fields:
            if isinstance(column, SealedField):
                yield model, column


def renew_all() -> int:
    """A new key for each person whose key is from before this epoch began; how many. Stopped, it goes on where it was."""
    first = FormerKey.objects.order_by("replaced_at").first()
    began = first.replaced_at if first else timezone.now()
    keys = list(DataKey.objects.filter(made_at__lt=began).order_by("pk"))
    for key in keys:
        key.renew()
    return len(keys)


def reseal_all(former: FormerKey) -> int:
    """Seal anew whatever still stands under this key; how many values."""
    return sum(reseal_column(former, model, column) for model, column in sealed_columns())


def reseal_column(former: FormerKey, model: Any, column: SealedField) -> int:
    theirs = model.objects.filter(**{column.author: former.user_id})
    ids, done = list(theirs.order_by("pk").values_list("pk", flat=True)), 0
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            rows = theirs.filter(pk__in=ids[start : start + BATCH]).select_for_update(of=("self",))
            done += sum(reseal(row, column, former.pk) for row in rows)
    return done


def reseal(row: models.Model, column: SealedField, key_id: UUID) -> bool:
    """True when it stood under this key. Nothing but the seal changes."""
    stored = row.__dict__[column.attname]
    if stored is None or bytes(stored[len(VERSION) : HEAD_BYTES]) != key_id.bytes:
        return False
    setattr(row, column.attname, getattr(row, column.attname))
    row.save(update_fields=[column.name])
    return True


def put_away(*, at_once: bool) -> tuple[int, int]:
    """Seal anew what is under each former key; delete them all once nobody can hold one: how many went, and stay.

    `at_once` is for when no server runs.
    """
    known = list(FormerKey.objects.order_by("replaced_at"))
    for former in known:
        reseal_all(former)
    if known and not at_once and known[-1].replaced_at > timezone.now() - STAYS_FOR:
        return 0, len(known)
    for former in known:
        former.delete()
        DataKey.opened.pop(former.pk, None)
    return len(known), 0
