"""A person's own moments as each page asks for them: with SQL that is built once.

`of_child` is either `child=…`, None for the moments with no child named, or nothing at all for the whole journal.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import User
from accounts.prepared import prepared
from journal.models.mending import tell_repairs
from journal.models.moment_queries import MomentQuerySet
from journal.models.moments import Moment


def own(author: Any, **of_child: Any) -> MomentQuerySet:
    moments = Moment.objects.editable_by(author)
    return moments.of_child(of_child["child"]) if of_child else moments


@prepared(author=models.UUIDField())
def newest_of(author: Any, most: int) -> models.QuerySet[Moment]:
    return own(author).newest_first()[:most]


@prepared(author=models.UUIDField(), child=models.UUIDField(), first=models.DateField(), last=models.DateField())
def days_of(author: Any, first: Any, last: Any, **of_child: Any) -> models.QuerySet[Moment]:
    return own(author, **of_child).of_days(first, last)


@prepared(author=models.UUIDField(), child=models.UUIDField(), missed=models.UUIDField())
def repairs_of(author: Any, missed: Any, **of_child: Any) -> models.QuerySet[Moment]:
    return own(author, **of_child).that_mend(missed)


def stories_of(author: User, first: date, last: date, **of_child: Any) -> list[Moment]:
    """As `MomentQuerySet.stories` of the same moments."""
    told = days_of(author=author, first=first, last=last, **of_child)
    tell_own_repairs(author, told, **of_child)
    return told


def tell_own_repairs(author: User, moments: list[Moment], **of_child: Any) -> None:
    """As `MomentQuerySet.tell_repairs` of the same moments."""

    def that_mend(missed: list[UUID]) -> list[Moment]:
        return repairs_of(author=author, missed=missed, **of_child)

    tell_repairs(moments, that_mend)
