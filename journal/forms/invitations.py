"""Inviting someone to read, and asking to read."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.forms.fields import NameField, WordsField
from journal.invitations import Secrets
from journal.models import Share


class InviteForm(forms.Form):
    """`id` is made with the page, so that sending the same page twice invites one person."""

    id = forms.UUIDField(
        required=False, widget=forms.HiddenInput, error_messages={"invalid": _("Please send this page once more.")}
    )
    reader_name = NameField(
        label=_("Who do you invite?"),
        help_text=_("A first name is enough. They will see it."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write a name.")},
    )

    def __init__(self, data: Any = None, *, parent: User) -> None:
        self.parent = parent
        super().__init__(data, initial={"id": uuid4()})

    def keep(self) -> Share:
        """The share of this page. Raises Share.DoesNotExist when its id is another's."""
        pk: UUID = self.cleaned_data["id"] or uuid4()
        name = self.cleaned_data["reader_name"]
        share = Share(pk=pk, parent=self.parent, invited_name=name, open_until=timezone.now())
        try:
            with transaction.atomic():
                share.save(force_insert=True)
        except IntegrityError:
            share = Share.objects.editable_by(self.parent).get(pk=pk)
            share.invited_name = name
        return share

    def invite(self, share: Share) -> Secrets:
        """A new link and code. Raises ValueError when somebody asked already, or it was ended."""
        with transaction.atomic():
            made = share.invite()
            share.save(update_fields=["invited_name"])
        return made


class CodeForm(forms.Form):
    code = WordsField(
        label=_("The code"),
        help_text=_("Ten letters and numbers. Spaces and small letters are fine."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code.")},
    )


class AskForm(forms.Form):
    name = NameField(
        label=_("Your name"),
        help_text=_("The parent sees it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    program = NameField(
        label=_("Your program"),
        help_text=_("The group that you visit families for."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of your program.")},
    )

    def __init__(self, data: Any = None, *, before: Share | None = None) -> None:
        """`before` is a share that this reader asked for earlier."""
        super().__init__(data, initial=before.asked if before else None)
