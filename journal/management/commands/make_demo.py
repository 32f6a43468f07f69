"""Make the demo families when the database is new."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from journal.demo import make_demo


class Command(BaseCommand):
    help = "Make the demo families, in development mode and in a new database only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Demo accounts are made in development mode alone.")
        if User.objects.exists():
            self.stdout.write("There are people here already; no demo families made.")
            return
        make_demo()
        self.stdout.write("Demo families made.")
