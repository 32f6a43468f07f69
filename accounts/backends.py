"""Who may sign in."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from accounts.models import User
from accounts.prepared import prepared
from accounts.same_work import people_called
from accounts.sealing import SealError


@prepared(pk=models.UUIDField())
def people_with_key(pk: Any) -> models.QuerySet[User]:
    return User.objects.filter(pk=pk).select_related("data_key")


class PersonBackend(AuthenticationBackend):
    """Signs people in by e-mail. Demo accounts exist in development mode and nowhere else."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEVELOPMENT or not user.is_demo)

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        """One hash and two queries, whoever it is: `authenticate` hashes for nobody where nobody is found."""
        found = people_called(email)
        return self._check_password(found[0], password) if found else None

    def get_user(self, user_id: UUID) -> User | None:
        """The signed-in person, with their data key: one query for both."""
        user = next(iter(people_with_key(pk=user_id)), None)
        if user is None or not self.user_can_authenticate(user):
            return None
        key = getattr(user, "data_key", None)
        if key is not None:
            # A key that does not open stops what it seals, where that is read; help and leaving stay open.
            with suppress(SealError):
                key.remember()
        return user
