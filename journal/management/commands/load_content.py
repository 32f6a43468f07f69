"""Load the starting prompts, guide and help lines; safe to run again and again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from journal.loading import load_all


class Command(BaseCommand):
    help = "Load the starting content. What an editor changed, added or took away stays so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", action="store_true", help="Say what would change, and change nothing.")

    @transaction.atomic
    def handle(self, *args: Any, show: bool = False, **options: Any) -> None:
        counts = load_all()
        if show:
            transaction.set_rollback(True)
            self.stdout.write("\n".join(counts.told) or "Nothing would change.")
            return
        self.stdout.write(
            f"Starting content: {counts.added} added, {counts.renewed} renewed, {counts.left} left as they are."
        )
