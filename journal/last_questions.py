"""Sections, and kinds at an age, that lose their last question: by a change, or when its last day is past."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.ages import BANDS, bands_in
from journal.models import Prompt
from journal.models.prompts import SECTIONS, PromptKind

# A section, or a kind and the key of a band.
Place = tuple[str, str]
Days = tuple[date, date]
FOREVER = date.max


def lost(before: Iterable[Prompt], after: Iterable[Prompt]) -> Iterator[tuple[Place, date]]:
    """Places with a question no more, or for fewer days, when of all published questions these come after those.

    Each with the last day it has one: a day that is past where it has none from now on.
    """
    now, then = ends(before), ends(after)
    for place in all_places():
        until = then.get(place, date.min)
        if place in now and until < now[place]:
            yield place, until


def lost_by(prompt: Prompt, changed: Prompt | None) -> list[str]:
    """In words what this question alone keeps up, and would not as it is changed; None takes it away. One query."""
    others = list(Prompt.objects.out().exclude(pk=prompt.pk))
    after = [*others, changed] if changed else others
    return [tell(place, until) for place, until in lost([*others, prompt], after)]


def lost_by_all(changed: Iterable[Prompt]) -> list[str]:
    """The same of many questions at once, as they would be published. One query."""
    before = {prompt.pk: prompt for prompt in Prompt.objects.out()}
    touched = {prompt.pk for prompt in changed}
    after = [prompt for pk, prompt in before.items() if pk not in touched]
    after += [prompt for prompt in changed if prompt.is_out]
    today = timezone.localdate()
    return [tell(place, max(until, today)) for place, until in lost(before.values(), after)]


def coming_to_an_end() -> list[str]:
    """What has a question today, and a day after which it has none. One query."""
    found = ends(Prompt.objects.out())
    return [tell(place, found[place]) for place in all_places() if found.get(place, FOREVER) < FOREVER]


def has_gaps() -> bool:
    """Whether a place has no question today, or will have none. One query."""
    found = ends(Prompt.objects.out())
    return any(found.get(place) != FOREVER for place in all_places())


def ends(prompts: Iterable[Prompt]) -> dict[Place, date]:
    """For each place with a question today the last day on which it has one without a break; FOREVER for no such day."""
    asked: dict[Place, list[Days]] = defaultdict(list)
    for prompt in prompts:
        for place in places_of(prompt):
            asked[place].append((prompt.ask_from or date.min, prompt.ask_until or FOREVER))
    today = timezone.localdate()
    found = {place: last_day(days, today) for place, days in asked.items()}
    return {place: end for place, end in found.items() if end >= today}


def last_day(asked: list[Days], today: date) -> date:
    """The end of the row of days that begins today; yesterday where there is none."""
    end = today - timedelta(days=1)
    for first, last in sorted(asked):
        if (first - end).days <= 1:
            end = max(end, last)
    return end


def places_of(prompt: Prompt) -> Iterator[Place]:
    yield prompt.source_section, ""
    yield from ((prompt.kind, band.key) for band in bands_in(prompt.age_min_months, prompt.age_max_months))


def all_places() -> Iterator[Place]:
    yield from ((section, "") for section, _name in SECTIONS)
    yield from ((kind.value, band.key) for kind in PromptKind for band in BANDS)


def tell(place: Place, until: date) -> str:
    """Why to think twice: it is the last question of a place, or leaves none there after a day."""
    name, key = place
    is_past = until < timezone.localdate()
    day = "" if is_past else date_format(until)
    if not key:
        told = {"section": name, "day": day}
        last, later = (
            _("It is the last published question of section %(section)s."),
            _("After %(day)s, section %(section)s has no question."),
        )
    else:
        band = next(band for band in BANDS if band.key == key)
        told = {"kind": str(PromptKind(name).label), "band": str(band.name), "day": day}
        last, later = (
            _("It is the last published question about “%(kind)s” for %(band)s."),
            _("After %(day)s, there is no question about “%(kind)s” for %(band)s."),
        )
    return (last if is_past else later) % told
