"""Puts every data key and every second factor's secret under the current master key: an older one can then go.

Safe to stop at any moment, to run again, and to run while people write: each batch is one short transaction.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet

from accounts.factor_seal import factors_to_reseal, reseal
from accounts.master_keys import master_keys
from accounts.models import DataKey, FormerKey
from accounts.renewing import put_away, renew_all
from accounts.sealing import SealError

BATCH = 200


class Command(BaseCommand):
    help = (
        "Wraps every data key, and seals every second factor, that is under an older master key with the current one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="try every key, change none")
        parser.add_argument(
            "--retire", action="store_true", help="then end the epoch: no copy from before opens with a key of today"
        )
        parser.add_argument("--stopped", action="store_true", help="with --retire: no server runs, so do it in one go")

    def handle(self, *args: Any, dry_run: bool, retire: bool, stopped: bool, **options: Any) -> None:
        if dry_run and retire:
            raise CommandError("--retire cannot be tried: it changes keys.")
        self.rotate(dry_run=dry_run)
        if retire:
            self.retire(stopped=stopped)

    def retire(self, *, stopped: bool) -> None:
        """New data keys, every value sealed anew, the former keys put away; then the master keys that can go."""
        self.stdout.write(f"{renew_all()} people have a new key.")
        gone, stay = put_away(at_once=stopped)
        self.stdout.write(f"{gone} former keys are put away, {stay} still stay.")
        if stay:
            raise CommandError("A server may still hold a former key. Run this again in an hour.")
        current, *older = master_keys()
        if older:
            raise CommandError(
                f"Now destroy every copy of the master keys {', '.join(older)}: see “An epoch ends” in docs/deploying.md. "
                "What phones wrote without a signal, and still hold under these keys, then never opens."
            )
        self.stdout.write(
            f"The epoch of {current} has begun. A copy of the database from before is unreadable once every copy of "
            "the master keys from before is destroyed."
        )

    def rotate(self, *, dry_run: bool) -> None:
        sorts: tuple[QuerySet[Any], ...] = (
            DataKey.objects.to_rewrap(),
            FormerKey.objects.to_rewrap(),
            factors_to_reseal(),
        )
        opened = failed = 0
        for waiting in sorts:
            results = self.rewrap_all(waiting.order_by("pk"), dry_run=dry_run)
            opened, failed = opened + results.count(True), failed + results.count(False)
        left = sum(waiting.count() for waiting in sorts)
        done = "would be rewrapped" if dry_run else "rewrapped"
        self.stdout.write(f"{opened} {done}, {failed} did not open, {left} left under an older master key.")
        if failed:
            raise CommandError("Keep every master key until all of them open.")
        if left and not dry_run:
            raise CommandError("A server still puts an older master key first. Change that, then run this again.")

    def rewrap_all(self, waiting: QuerySet[Any], *, dry_run: bool) -> list[bool]:
        """Batch after batch of one sort: for each whether it opened."""
        total, batch = waiting.count(), waiting
        opened: list[bool] = []
        while results := self.rewrap(batch, dry_run=dry_run):
            opened += results.values()
            batch = waiting.filter(pk__gt=max(results))
            self.stdout.write(f"{len(opened)} of {total}")
        return opened

    def rewrap(self, keys: QuerySet[Any], *, dry_run: bool) -> dict[Any, bool]:
        """One batch of keys: by id, whether it opened."""
        with transaction.atomic():
            return {key.pk: self.rewrap_one(key, dry_run=dry_run) for key in keys.select_for_update()[:BATCH]}

    def rewrap_one(self, key: DataKey | Authenticator, *, dry_run: bool) -> bool:
        try:
            if isinstance(key, Authenticator):
                reseal(key, dry_run=dry_run)
            elif dry_run:
                return bool(key.secret)
            else:
                key.rewrap()
        except SealError as error:
            self.stderr.write(f"{error} ({key.pk})")
            return False
        return True
