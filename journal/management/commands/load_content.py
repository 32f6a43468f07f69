"""Load the starting prompts, guide and help lines; safe to run again and again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from journal.loading import load_all


class Command(BaseCommand):
    help = "Load the starting content. What an editor changed, added or took away stays so."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_all()
        self.stdout.write(
            f"Starting content: {counts.added} added, {counts.renewed} renewed, {counts.left} left as they are."
        )
