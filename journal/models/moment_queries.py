"""Moments as sets: who may see which, and how they are looked up, counted and kept."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, models, transaction
from django.db.models.functions import RowNumber

from accounts.models import User
from journal.models.children import Child
from journal.models.kinds import BRIGHT, Kind
from journal.models.mending import tell_repairs
from journal.models.shared_moments import SharedMoment
from journal.models.shares import Share

if TYPE_CHECKING:
    from journal.models.moments import Moment


MISSED_TO_PICK_FROM = 40
"""Of each child, and of the moments with no child named."""


class Glimpse(NamedTuple):
    """What is clear of a moment."""

    id: UUID
    kind: str
    happened_on: date
    happened_at: datetime
    starred: bool
    repairs_id: UUID | None
    child_id: UUID | None


class ConflictError(Exception):
    """What was sent is not what is kept. Holds the moment as it is kept."""

    def __init__(self, moment: "Moment") -> None:
        super().__init__(str(moment.pk))
        self.moment = moment


class MomentQuerySet(models.QuerySet["Moment"]):
    def editable_by(self, user: User | AnonymousUser | None) -> Self:
        return self.filter(author=getattr(user, "pk", None))

    def read_by(self, user: User | AnonymousUser | None) -> Self:
        """What live shares open to this reader."""
        return self.filter(models.Exists(SharedMoment.objects.read_by(user).filter(moment=models.OuterRef("pk"))))

    def visible_to(self, user: User | AnonymousUser | None) -> Self:
        """The person's own moments, and those that live shares open to them."""
        return self.editable_by(user) | self.read_by(user)

    def shared_through(self, share: Share) -> Self:
        """What can be read through this share now."""
        shared = SharedMoment.objects.in_force().filter(share=share, moment=models.OuterRef("pk"))
        return self.filter(models.Exists(shared), author=share.parent_id)

    def of_child(self, child: Child | None) -> Self:
        """One child's moments; of None, the moments with no child named."""
        return self.filter(child=child) if child else self.filter(child=None)

    def missed(self) -> Self:
        return self.filter(kind=Kind.MISSED)

    def missed_to_pick_from(self, chosen: UUID | None) -> list["Moment"]:
        """The newest missed cues of each child, and the one already chosen however old it is."""
        order = [models.F("happened_at").desc(), models.F("id").desc()]
        place = models.Window(RowNumber(), partition_by="child", order_by=order)
        newest = self.missed().annotate(place=place).filter(place__lte=MISSED_TO_PICK_FROM)
        listed = models.Q(pk__in=newest.values("pk"))
        if chosen:
            listed |= models.Q(pk=chosen)
        return list(self.missed().filter(listed).newest_first())

    def newest_first(self) -> Self:
        return self.order_by("-happened_at", "-id")

    def before(self, moment_at: datetime, moment_id: UUID) -> Self:
        """The page after the one that ended with this moment, newest first."""
        at_once = models.Q(happened_at=moment_at, id__lt=moment_id)
        return self.filter(happened_at__lte=moment_at).filter(models.Q(happened_at__lt=moment_at) | at_once)

    def with_repairs(self, user: User | AnonymousUser) -> Self:
        """Each with `coming_back`: the repairs of it, for its author."""
        repairs = self.model.objects.editable_by(user).in_order_of_repair()
        return self.prefetch_related(models.Prefetch("mended_by", repairs, to_attr="coming_back"))

    def in_order_of_repair(self) -> Self:
        """By what they mend, then oldest first. SQLite finds the few of one author by this order's index alone."""
        return self.order_by("repairs", "happened_at", "id")

    def stories(self, first: date, last: date) -> list["Moment"]:
        """The moments of these days, oldest first, ready to be counted: two queries at most.

        Repairs, and what a repair mends, are looked up among this same set only: a reader's set stays a reader's.
        """
        told = list(self.of_days(first, last))
        self.tell_repairs(told)
        return told

    def of_days(self, first: date, last: date) -> Self:
        """Oldest first, each with `mends_on`: the day of what it mends, where that is one of these too."""
        tied_to = self.filter(pk=models.OuterRef("repairs")).values("happened_on")[:1]
        of_days = self.filter(happened_on__range=(first, last)).order_by("happened_at", "id")
        return of_days.annotate(mends_on=models.Subquery(tied_to))

    def glimpses(self, first: date) -> list["Glimpse"]:
        """Everything since this day, newest first, without a word of it: enough to choose what is told."""
        rows = self.filter(happened_on__gte=first).newest_first()
        return [Glimpse(*row) for row in rows.values_list(*Glimpse._fields)]

    def told(self, chosen: Collection[UUID], *, with_bright: int = 0) -> list["Moment"]:
        """These moments as `stories` hands them over, repairs looked up among these alone: one query.

        `with_bright` adds so many of the newest moments of responding or coming back, whenever they were.
        """
        tied_to = self.filter(pk=models.OuterRef("repairs")).values("happened_on")[:1]
        wanted = models.Q(pk__in=chosen)
        if with_bright:
            wanted |= models.Q(pk__in=self.filter(kind__in=BRIGHT).newest_first().values("pk")[:with_bright])
        rows = self.with_words().filter(wanted).order_by("happened_at", "id")
        told = list(rows.annotate(mends_on=models.Subquery(tied_to)))  # type: ignore[no-redef]  # as in `stories`
        for moment in told:
            moment.coming_back = [repair for repair in told if repair.repairs_id == moment.pk]
        return told

    def with_words(self) -> Self:
        """Each with its child and the question it answers."""
        return self.select_related("child", "prompt_text")

    def mondays(self) -> list[date]:
        """The weeks that hold any of these, newest first."""
        days = self.order_by("-happened_on").values_list("happened_on", flat=True).distinct()
        return list(dict.fromkeys(day - timedelta(days=day.weekday()) for day in days))

    def tell_repairs(self, moments: Sequence["Moment"]) -> None:
        """Give each of these moments its `coming_back`, the repairs of it among this set: one query, or none."""
        tell_repairs(moments, self.that_mend)

    def that_mend(self, missed: Collection[UUID]) -> Self:
        return self.filter(repairs__in=missed).in_order_of_repair()

    def among(self, ids: Collection[UUID]) -> Self:
        return self.filter(pk__in=ids)

    @transaction.atomic
    def read_too_by(self, shares: Collection[Share]) -> None:
        """Let these readers read each of these as well. What felt scary or unsafe is left out, as is a share that
        is not live, not its parent's or not about its child."""
        rows = [
            SharedMoment(share=share, moment=moment)
            for moment in (self.select_for_update(of=("self",)) if shares else ())
            for share in shares
            if not moment.felt_unsafe and moment.may_be_read_through(share)
        ]
        SharedMoment.objects.bulk_create(rows, ignore_conflicts=True)

    def keep(
        self,
        author: User,
        pk: UUID | None,
        values: dict[str, Any],
        *,
        compare_time: bool,
        shares: Collection[Share] | None = None,
    ) -> "Moment":
        """Write a new moment once, for these readers. Sent again with the same content the first one answers, and a
        reader who is not among these any more reads it no more; None leaves them be. Raises ConflictError when this
        id holds other content, Moment.DoesNotExist when it is another's.
        """
        pk = pk or uuid4()
        try:
            with transaction.atomic():
                moment = self.create(id=pk, author=author, **values)
                if shares:
                    moment.share_with(shares)
                return moment
        except IntegrityError:
            kept = self.editable_by(author).get(pk=pk)
        if not kept.says(values, compare_time=compare_time):
            raise ConflictError(kept)
        if shares is not None:
            kept.shared.exclude(share__in=shares).delete()
        return kept

    def in_month(self, first: date) -> Self:
        return self.filter(happened_on__range=(first, first.replace(day=monthrange(first.year, first.month)[1])))

    def texts(self) -> Iterator[tuple[UUID, str]]:
        """Id and opened text of each, without making models of them."""
        open_value = self.model._meta.get_field("content").open_value
        for pk, author, value in self.values_list("id", "author", "content").iterator(chunk_size=500):
            yield pk, open_value(value, pk, author).get("text", "")
