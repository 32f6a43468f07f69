"""Who looks after the words: members of one group, which a migration makes with these rights and no others."""

from django.contrib.auth.models import Group

from accounts.models import User

EDITORS = "Editors"


def make_editor(user: User) -> None:
    """Give the rights. Staff without a second factor are asked to set one up before the first page."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(Group.objects.get(name=EDITORS))


def unmake_editor(user: User) -> None:
    user.groups.remove(Group.objects.get(name=EDITORS))
    user.is_staff = user.is_superuser
    user.save(update_fields=["is_staff"])
