"""Throws away what was packed for somebody and not fetched in its ten minutes, and what is over in the cache.

For a timer, beside clearsessions.
"""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.cache_rows import forget_what_is_over
from journal.models import Parcel


class Command(BaseCommand):
    help = "Throws away packed journals, and files sent in, whose ten minutes are over, and what is over in the cache."

    def handle(self, *args: Any, **options: Any) -> None:
        _rows, by_model = Parcel.objects.past().delete()
        forget_what_is_over()
        self.stdout.write(f"{by_model.get('journal.Parcel', 0)} thrown away.")
