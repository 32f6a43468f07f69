"""Shares: a parent lets one reader read chosen moments, until a day they choose."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.retention import HOW, rules
from accounts.sealing import SealedField
from journal.invitations import OPEN_FOR, Secrets, digest_code, digest_token
from journal.models.children import Child
from journal.models.share_queries import ShareQuerySet

if TYPE_CHECKING:
    from journal.models.moment_queries import MomentQuerySet


class Share(models.Model):
    """One parent's permission for one reader. Where it stands is read from its timestamps, never kept.

    Invited, asked for, agreed to, ended: by either side, or by itself with its last day. `consents` holds every yes,
    oldest first: when, until when, for which children, the words that were shown, their version and language, and the
    name that was typed. The last one is the yes in force; `ends_on`, `children` and `with_nameless` are its rules.
    Sealed under the parent's key: the two names, the program, and the consents.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    parent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shares_given")
    reader = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="shares_read", null=True, blank=True)
    invited_name = SealedField(author="parent")  # what the parent calls the reader
    invited_at = models.DateTimeField(default=timezone.now)
    token_digest = models.CharField(max_length=64, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    open_until = models.DateTimeField()
    asked = SealedField(author="parent", default=dict)  # who the reader says they are: name, program
    requested_at = models.DateTimeField(null=True, blank=True)
    consents = SealedField(author="parent", default=list)
    agreed_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)  # midnight after `ends_on`, where the parent agreed
    children = models.ManyToManyField(Child, related_name="shares", blank=True)
    with_nameless = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    came_as = models.UUIDField(null=True, blank=True, editable=False)  # as Moment's: then it is history, and over

    objects = ShareQuerySet.as_manager()

    retention = {
        **rules("id", "came_as", "invited_name", "asked", "consents", export="mine", erase="with the person"),
        **rules("invited_at", "requested_at", "agreed_at", "ended_at", export="mine", erase="with the person"),
        **rules("children", "ends_on", "with_nameless", export="mine", erase="with the person"),
        **rules("token_digest", "code_digest", export="no: a secret", erase="with the person"),
        **rules(*("parent", "reader", "ended_by", "open_until", "ends_at"), export=HOW, erase="with the person"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"], condition=~models.Q(token_digest=""), name="a_link_is_of_one_share"
            ),
            models.UniqueConstraint(
                fields=["code_digest"], condition=~models.Q(code_digest=""), name="a_code_is_of_one_share"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None)
                | models.Q(requested_at__isnull=False, ends_on__isnull=False, ends_at__isnull=False),
                name="agreed_after_asking_and_until_a_day",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("reader")), name="nobody_reads_their_own"),
            models.UniqueConstraint(
                fields=["parent", "came_as"], condition=models.Q(came_as__isnull=False), name="a_share_comes_in_once"
            ),
            models.CheckConstraint(
                condition=models.Q(came_as=None) | models.Q(reader=None, ended_at__isnull=False),
                name="what_came_from_a_file_opens_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("journal:share-detail", args=[self.pk])

    @property
    def reader_name(self) -> str:
        """The reader, in the words of the reader once they asked, before that in the parent's."""
        return str(self.asked.get("name") or self.invited_name)

    @property
    def consent(self) -> dict[str, Any]:
        """The yes in force; empty before there is one."""
        return self.consents[-1] if self.consents else {}

    @property
    def parent_name(self) -> str:
        """As the parent signed: the name that their reader knows them by."""
        return str(self.consent.get("signed_name", ""))

    @property
    def is_open(self) -> bool:
        """Its link and code still work."""
        return self.requested_at is None and self.ended_at is None and self.open_until > timezone.now()

    @property
    def is_asked(self) -> bool:  # a reader waits for the first answer
        return bool(self.reader_id and self.requested_at and not self.agreed_at and not self.ended_at)

    @property
    def is_live(self) -> bool:
        """As `ShareQuerySet.live`, of one row."""
        return bool(self.reader_id and self.agreed_at and not self.ended_at and not self.is_run_out)

    @property
    def is_run_out(self) -> bool:
        """Its last day is over: it can be renewed, by asking again."""
        return self.ends_at is not None and self.ended_at is None and self.ends_at <= timezone.now()

    @property
    def may_be_agreed(self) -> bool:
        return self.reader_id is not None and self.ended_at is None

    def covers(self, child_id: object) -> bool:
        """Whether moments of this child, or of none, can be read through it."""
        if child_id is None:
            return self.with_nameless
        return any(child.pk == child_id for child in self.children.all())

    @property
    def moments(self) -> "MomentQuerySet":
        """What can be read through it now; a view asks further whom it is `visible_to`."""
        from journal.models.moments import Moment

        return Moment.objects.shared_through(self)

    # What is done with it. Each may be done twice and counts once.

    def invite(self) -> Secrets:
        """A new link and code; those before it no longer work. Raises ValueError when somebody asked already."""
        with transaction.atomic():
            kept = Share.objects.editable_by(self.parent).select_for_update(of=("self",)).get(pk=self.pk)
            if kept.requested_at or kept.ended_at:
                raise ValueError("This invitation was used, or taken back.")
            made = Secrets()
            self.token_digest, self.code_digest = digest_token(made.token), digest_code(made.code)
            self.open_until = timezone.now() + OPEN_FOR
            self.save(update_fields=["token_digest", "code_digest", "open_until"])
        return made

    def request(self, *, by: User, name: str, program: str) -> bool:
        """Someone asks to read: nothing can be read yet. Used up by the first who asks; False for anybody else."""
        with transaction.atomic():
            waiting = Share.objects.open_invitations().select_for_update(of=("self",)).filter(pk=self.pk)
            if not waiting.exclude(parent=by).exists():
                return Share.objects.asked_by(by).filter(pk=self.pk).exists()
            self.reader, self.requested_at = by, timezone.now()
            self.asked = {"name": name, "program": program}
            self.token_digest = self.code_digest = ""
            self.save(update_fields=["reader", "requested_at", "asked", "token_digest", "code_digest"])
        return True

    def agree(
        self, *, children: Collection[Child], nameless: bool, ends_on: date, signed_name: str, shown: dict[str, Any]
    ) -> None:
        """The parent says yes, for these children and until the end of that day where they are now.

        `shown` is the consent's text, version and language. Each yes is kept. Raises ValueError when none can be given.
        """
        with transaction.atomic():
            kept = Share.objects.editable_by(self.parent).select_for_update(of=("self",)).get(pk=self.pk)
            if not kept.may_be_agreed:
                raise ValueError("There is nothing to agree to.")
            self.agreed_at, self.ends_on, self.with_nameless = timezone.now(), ends_on, nameless
            self.ends_at = datetime.combine(ends_on + timedelta(days=1), time(), self.parent.zone)
            consent = {
                **shown,
                "agreed_at": self.agreed_at.isoformat(),
                "ends_on": ends_on.isoformat(),
                "signed_name": signed_name,
                "children": sorted(str(child.pk) for child in children),
                "nameless": nameless,
                "reader": kept.asked,
            }
            self.consents = [*kept.consents, consent]
            self.save(update_fields=["agreed_at", "ends_on", "ends_at", "with_nameless", "consents"])
            self.children.set(children)
            # What was chosen under a yes that ran out, or of what this one is not about, is "Just me" again.
            stays = self.shared.none() if kept.is_run_out else self.shared.in_force()
            self.shared.exclude(pk__in=stays.values("pk")).delete()

    def end(self, *, by: User) -> None:
        """From the next request on it opens nothing, and can't be renewed. Both sides keep what they wrote."""
        Share.objects.endable_by(by).filter(pk=self.pk).end(by=by)
        self.refresh_from_db(fields=["ended_at", "ended_by"])
