"""The list of missed cues that a repair can be tied to."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.models import Child, Moment


class MissedField(forms.UUIDField):
    """One missed cue, by its id. Whose it is, the form asks."""

    widget = forms.Select

    def chosen(self, value: Any) -> UUID | None:
        """What the page holds, typed or not, whether there is such a cue or not."""
        try:
            pk: UUID | None = self.to_python(value)
        except ValidationError:
            return None
        return pk

    def offer(self, listed: Iterable[Moment], children: Mapping[str, Child], of_child: str | None) -> None:
        """Fill the list, child by child when there are several, the one whose moment this is first."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for missed in sorted(listed, key=lambda one: str(one.child_id or "") != (of_child or "")):
            child = children.get(str(missed.child_id))
            name = child.name if child else str(_("No child named"))
            groups.setdefault(name, []).append((str(missed.pk), missed.in_short()))
        options: list[Any] = list(groups.items()) if len(groups) > 1 else next(iter(groups.values()), [])
        self.widget.choices = [("", _("None of these")), *options]
