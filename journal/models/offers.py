"""Which question was shown to whom, and when."""

from contextlib import suppress
from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, models

from accounts.models import User
from accounts.retention import rules
from journal.models.children import Child
from journal.models.prompts import Prompt, PromptKind


class PromptOfferQuerySet(models.QuerySet["PromptOffer"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        return self.filter(author=getattr(user, "pk", None))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        return self.editable_by(user)


class PromptOffer(models.Model):
    """A question shown on one local date: turn 0 is the day's first, "show me another" takes the next turn.

    `kind` is empty for the question on Today, else the kind whose form it stood on.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="offers", db_index=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="offers", null=True)
    offered_on = models.DateField()
    kind = models.CharField(max_length=10, choices=PromptKind.choices, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)
    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="offers")

    objects = PromptOfferQuerySet.as_manager()

    retention = rules(
        "id",
        "author",
        "child",
        "offered_on",
        "kind",
        "turn",
        "prompt",
        export="no: how it works",
        erase="with the person",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "child", "offered_on", "kind", "turn"],
                condition=models.Q(child__isnull=False),
                name="one_question_a_turn",
            ),
            models.UniqueConstraint(
                fields=["author", "offered_on", "kind", "turn"],
                condition=models.Q(child=None),
                name="one_question_a_turn_with_no_child",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def record(*, author: User, child: Child | None, day: date, kind: str, turn: int, prompt_id: int) -> None:
        """Write it down. Two pages opened at once ask for the same turn: the first one stands.

        The page shows all the same when the row cannot be written.
        """
        offer = PromptOffer(author=author, child=child, offered_on=day, kind=kind, turn=turn, prompt_id=prompt_id)
        with suppress(DatabaseError):
            PromptOffer.objects.bulk_create([offer], ignore_conflicts=True)
