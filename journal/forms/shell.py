"""The form that opens without a signal. It knows no person and no child."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal import choices
from journal.forms.moments import SKIP, MomentForm, chip_field
from journal.outbox import LATER

# In the order of their ages. Which child each is, the phone knows by an id that says nothing.
BY_AGE = [_("First child"), _("Second child"), _("Third child"), _("Fourth child"), _("Fifth child"), _("Sixth child")]


class ShellForm(MomentForm):
    """As the form of a new moment; `did_missed` stands in for `did` when a cue got by."""

    did_missed = chip_field(_("What I did"), choices.DID_MISSED)

    def __init__(self) -> None:
        super().__init__(author=User(time_zone="UTC"), children=(), initial={"child": LATER})
        by_age = [(str(place), label) for place, label in enumerate(BY_AGE)]
        later: list[tuple[Any, Any]] = [(LATER, _("Say it later"))]
        self.fields["child"].choices = [*by_age, *later]  # type: ignore[attr-defined]
        self.fields["did"].choices = [*choices.DID, SKIP]  # type: ignore[attr-defined]
