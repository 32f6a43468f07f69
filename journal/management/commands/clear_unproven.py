"""Deletes who signed up some days ago and never typed the code from the mail, so that the e-mail is free again.

For a timer, beside clearsessions.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.events import tell
from accounts.models import User
from journal.erasing import erase_person

# In one run: for each, every session is looked through.
MOST = 500


class Command(BaseCommand):
    help = "Deletes who signed up, never proved their e-mail and never came in, after the days that UNPROVEN_KEPT says."

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - timedelta(seconds=settings.UNPROVEN_KEPT)
        found = list(User.objects.never_proven(before).order_by("date_joined").values_list("pk", flat=True)[:MOST])
        self.stdout.write(f"{sum(delete(pk, before) for pk in found)} deleted.")


def delete(pk: UUID, before: datetime) -> bool:
    """Whether they went: meanwhile someone may have typed the code."""
    with transaction.atomic():
        user = User.objects.never_proven(before).select_for_update().filter(pk=pk).first()
        if user is None:
            return False
        erase_person(user)
    tell("delete unproven sign-up", "done", user)
    return True
