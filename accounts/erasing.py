"""A person goes for good: their rows, the key to their words, and every session of theirs."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts.cache_rows import forget_person
from accounts.models import DataKey, User
from accounts.sessions import end_all_of

PARTS = ("subject", "message")

log = logging.getLogger(__name__)


def erase(user: User) -> None:
    """All that leads to them goes with them, in one transaction. Nobody writes for them meanwhile."""
    with transaction.atomic():
        kept = User.objects.select_for_update().get(pk=user.pk)
        end_all_of(kept)
        forget_person(kept.pk)
        kept.delete()
        transaction.on_commit(empty_log_of_changes)
    for key, (owner, _secret) in DataKey.opened.copy().items():
        if owner == user.pk:
            DataKey.opened.pop(key, None)


def empty_log_of_changes() -> None:
    """SQLite keeps what was overwritten in the log beside its file until the log is begun anew: do that now.

    A reader of that moment may hold it up; it is waited for briefly, then the next checkpoint does it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 1000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def send_receipt(email: str, language: str) -> None:
    """A mail that says it is done, and nothing of what there was. It is done whether or not the mail can go out."""
    with translation.override(language):
        try:
            subject, body = (render_to_string(f"account/email/journal_deleted_{part}.txt") for part in PARTS)
            EmailMessage(subject.strip(), body, get_adapter().get_from_email(), [email]).send()
        except (OSError, SMTPException):
            log.warning("A receipt could not be sent.")
