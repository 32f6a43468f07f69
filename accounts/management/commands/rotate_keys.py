"""Puts every data key under the current master key, so that an older one can be taken away.

Safe to stop at any moment, to run again, and to run while people write: each batch is one short transaction.
"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import DataKey, DataKeyQuerySet
from accounts.sealing import SealError

BATCH = 200


class Command(BaseCommand):
    help = "Wraps every data key that is under an older master key with the current one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="try every key, change none")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        waiting = DataKey.objects.to_rewrap().order_by("pk")
        total, opened, failed = waiting.count(), 0, 0
        batch = waiting
        while results := self.rewrap(batch, dry_run=dry_run):
            opened += sum(results.values())
            failed = failed + len(results) - sum(results.values())
            batch = waiting.filter(pk__gt=max(results))
            self.stdout.write(f"{opened + failed} of {total}")
        left = waiting.count()
        done = "would be rewrapped" if dry_run else "rewrapped"
        self.stdout.write(f"{opened} {done}, {failed} did not open, {left} left under an older master key.")
        if failed:
            raise CommandError("Keep every master key until all data keys open.")
        if left and not dry_run:
            raise CommandError("A server still puts an older master key first. Change that, then run this again.")

    def rewrap(self, keys: DataKeyQuerySet, *, dry_run: bool) -> dict[UUID, bool]:
        """One batch of keys: by id, whether it opened."""
        with transaction.atomic():
            return {key.pk: self.rewrap_one(key, dry_run=dry_run) for key in keys.select_for_update()[:BATCH]}

    def rewrap_one(self, key: DataKey, *, dry_run: bool) -> bool:
        try:
            if dry_run:
                return bool(key.secret)
            key.rewrap()
        except SealError as error:
            self.stderr.write(str(error))
            return False
        return True
