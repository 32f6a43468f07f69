"""Whoever signs in, signs up or asks for a code learns nothing about an e-mail, not even from how long it takes."""

import secrets
from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from accounts.models import User


def people_called(email: str) -> list[User]:
    """Who signs in with this e-mail: whoever proved that it is theirs, else whoever says so. Always two queries."""
    said = list(User.objects.signing_in_with(email))
    own = list(User.objects.filter(email=email.lower()))
    return [user for user in said if user.proven] or list({*said, *own})


def make_as_if(email_of: dict[str, str], make: Callable[[], AbstractBaseUser]) -> None:
    """All that making a person takes, for one whom nobody keeps: their e-mail is made up, and nothing stays."""
    known = email_of["email"]
    with transaction.atomic():
        email_of["email"] = f"{secrets.token_hex(16)}@nowhere.invalid"
        user = make()
        # What the library looks up to send someone new their code.
        has_verified_email(user)
        EmailAddress.objects.filter(user_id=user.pk).order_by("-primary", "-verified").first()
        EmailAddress.objects.get_for_user(User.objects.get(pk=user.pk), email_of["email"])
        transaction.set_rollback(True)
    email_of["email"] = known
