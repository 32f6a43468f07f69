"""The two forms that keep a moment: a new one, and a changed one."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from journal.forms.choosing import SharesField, refuse_uncovered
from journal.forms.moments import MomentForm
from journal.models import Kind, Moment, Share


class NewMomentForm(MomentForm):
    """`id` is made with the page, so that sending the same page twice keeps one moment."""

    id = forms.UUIDField(
        required=False, widget=forms.HiddenInput, error_messages={"invalid": _("Please send this page once more.")}
    )

    shares = SharesField()

    def __init__(self, data: Any = None, *, shares: Sequence[Share] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["shares"].offer(shares)  # type: ignore[attr-defined]
        if not shares:
            del self.fields["shares"]

    def clean(self) -> dict[str, Any]:
        """What felt scary or unsafe stays "Just me", whoever was ticked."""
        values = super().clean()
        if chosen := values.get("shares"):
            prefetch_related_objects(chosen, "children")
        if values.get("felt_unsafe"):
            values["shares"] = []
        elif chosen and "child" in values:
            try:
                refuse_uncovered(chosen, values["child"], self.author)
            except ValidationError as error:
                self.add_error("shares", error)
        return values

    @property
    def one_reader(self) -> str:
        """The name of who can be ticked, when there is one."""
        field = self.fields.get("shares")
        names = [share.reader_name for share in field.shares.values()] if field else []  # type: ignore[attr-defined]
        return names[0] if len(names) == 1 else ""

    @property
    def dated(self) -> bool:
        """Whether the day was typed. A quick choice names another minute each time it is sent."""
        return bool(self.data.get("happened_at", "").strip())

    def keep(self) -> Moment:
        """Write it, once. Raises ConflictError when this id holds something else, Moment.DoesNotExist when another's."""
        pk: UUID | None = self.cleaned_data["id"]
        shares = self.cleaned_data.get("shares")
        return Moment.objects.keep(self.author, pk, self.values(), compare_time=self.dated, shares=shares)


class ChildChips(forms.RadioSelect):
    """The child that is kept has a mark, by which the line beside Save tells another one (form.css)."""

    def __init__(self, *, kept: str, choices: Any) -> None:
        super().__init__(choices=choices)
        self.kept = kept

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) == self.kept:
            option["attrs"]["data-kept"] = True
        return option


class EditMomentForm(MomentForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    kind = forms.ChoiceField(label=_("What it was"), choices=Kind.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, moment: Moment, **kwargs: Any) -> None:
        super().__init__(data, moment=moment, **kwargs)
        child = cast(forms.ChoiceField, self.fields["child"])
        child.widget = ChildChips(kept=str(moment.child_id or ""), choices=child.choices)

    def clean(self) -> dict[str, Any]:
        """Checked against the moment as it is now, locked: what mends it is not tied to it meanwhile."""
        if self.moment is None:
            raise ValueError("A change needs the moment that it changes.")
        moments = Moment.objects.editable_by(self.author).with_repairs(self.author)
        self.moment = moments.select_for_update(of=("self",)).get(pk=self.moment.pk)
        return super().clean()

    def keep(self) -> Moment:
        """Write the change. Raises ConflictError when the moment was changed since this page was made."""
        if self.moment is None:
            raise ValueError("A change needs the moment that it changes.")
        return self.moment.rewrite(self.values(), version=self.cleaned_data["version"])
