"""Which repairs mend which missed cue."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from journal.models.kinds import Kind

if TYPE_CHECKING:
    from journal.models.moments import Moment


def tell_repairs(moments: Sequence["Moment"], that_mend: Callable[[list[UUID]], Iterable["Moment"]]) -> None:
    """Give each of these moments its `coming_back`: asked for once, where a cue was missed."""
    repairs: dict[UUID, list[Moment]] = {moment.pk: [] for moment in moments}
    missed = [moment.pk for moment in moments if moment.kind == Kind.MISSED]
    for repair in that_mend(missed) if missed else ():
        repairs.setdefault(repair.repairs_id or repair.pk, []).append(repair)
    for moment in moments:
        moment.coming_back = repairs[moment.pk]
