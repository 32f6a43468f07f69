"""Which moments of a journal to show."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.forms.fields import MonthField, WordsField
from journal.models import Child, Kind, Moment
from journal.models.moment_queries import MomentQuerySet
from journal.searching import fold

NO_CHILD = "none"
KIND_CHIPS = [
    (Kind.RESPONSIVE, pgettext_lazy("journal filter", "Responded")),
    (Kind.MISSED, pgettext_lazy("journal filter", "Got by me")),
    (Kind.REPAIR, pgettext_lazy("journal filter", "Came back")),
    (Kind.REFLECTION, pgettext_lazy("journal filter", "Thoughts")),
]
# As many as a thumb scrolls through without getting lost; more would make the page of a full journal slower to draw.
PAGE = 15
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PageField(forms.CharField):
    """Where a page begins: the time and id of the moment before it, as `page_after` writes it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> tuple[datetime, UUID] | None:
        if not value:
            return None
        try:
            at, _dot, pk = str(value).partition("_")
            if not re.fullmatch(r"\d{1,18}", at, re.ASCII):
                raise ValueError(at)
            return EPOCH + timedelta(microseconds=int(at)), UUID(pk)
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("That page is not here. Start again from the top."), code="page") from error


def page_after(moment: Moment) -> str:
    """The token of the page that begins after this moment. Microseconds since 1970, so nothing is rounded."""
    return f"{(moment.happened_at - EPOCH) // timedelta(microseconds=1)}_{moment.pk}"


class MomentFilter(forms.Form):
    """Filters stand in the address: they name ids and months. Words to look for travel by POST alone."""

    kind = forms.ChoiceField(choices=[("", _("All")), *Kind.choices], required=False)
    child = forms.ChoiceField(label=_("Child"), required=False)
    month = MonthField(label=_("Month"), required=False)
    q = WordsField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    before = PageField(required=False)

    def __init__(self, data: Any, *, children: Sequence[Child]) -> None:
        self.children = {str(child.pk): child for child in children}
        super().__init__(data)
        names = [(pk, child.name) for pk, child in self.children.items()]
        self.fields["child"].choices = [("", _("All")), *names, (NO_CHILD, _("No child named"))]  # type: ignore[attr-defined]

    def page(self, moments: MomentQuerySet) -> tuple[list[Moment], str]:
        """One page of these moments, newest first, and the token of the next page ('' when there is none)."""
        chosen = self.narrow(moments).newest_first()
        if self.cleaned_data["q"]:
            chosen = moments.filter(pk__in=self.matches(chosen)).newest_first()
        shown = list(chosen[: PAGE + 1])
        return shown[:PAGE], page_after(shown[PAGE - 1]) if len(shown) > PAGE else ""

    def narrow(self, moments: MomentQuerySet) -> MomentQuerySet:
        values = self.cleaned_data
        if values["kind"]:
            moments = moments.filter(kind=values["kind"])
        if values["child"]:
            moments = moments.of_child(self.children.get(values["child"]))
        if values["month"]:
            moments = moments.in_month(values["month"])
        if values["before"]:
            moments = moments.before(*values["before"])
        return moments

    def matches(self, moments: MomentQuerySet) -> list[UUID]:
        """Ids of the first page and one more whose text holds the words, opened one by one."""
        words = fold(self.cleaned_data["q"])
        found = (pk for pk, text in moments.texts() if words in fold(text))
        return list(islice(found, PAGE + 1))

    # What the page shows of the form

    @property
    def kind_chips(self) -> list[tuple[str, Any]]:
        return [("", _("All")), *KIND_CHIPS]

    @property
    def is_looking(self) -> bool:
        """Whether more than the kind narrows the list, or something in it is to be mended."""
        return bool(self.errors or any(self[name].value() for name in ("q", "child", "month")))

    @property
    def is_narrowed(self) -> bool:
        return self.is_looking or any(self[name].value() for name in ("kind", "before"))

    def kept_values(self) -> list[tuple[str, str]]:
        """All but the page, to send again."""
        names = ("kind", "child", "month", "q")
        return [(name, value) for name in names if (value := self[name].value())]

    @property
    def address(self) -> str:
        """Kind, child and month as a query. The words looked for never stand in one."""
        return urlencode([(name, value) for name, value in self.kept_values() if name != "q"])

    @property
    def address_without_kind(self) -> str:
        return urlencode([(name, value) for name, value in self.kept_values() if name in ("child", "month")])
