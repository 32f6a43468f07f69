"""Throws away what was packed for somebody and not fetched in its ten minutes. For a timer, beside clearsessions."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.models import Parcel


class Command(BaseCommand):
    help = "Throws away packed journals, and files sent in, whose ten minutes are over."

    def handle(self, *args: Any, **options: Any) -> None:
        _rows, by_model = Parcel.objects.past().delete()
        self.stdout.write(f"{by_model.get('journal.Parcel', 0)} thrown away.")
