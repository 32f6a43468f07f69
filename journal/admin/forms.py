"""A form of the words: one page for a row and its texts in every language of the site."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.text import capfirst, format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import Uncut
from accounts.text import with_plain_lines
from journal.admin.history import last_change
from journal.plain_text import validate_plain

Form = TypeVar("Form", bound=type["WordsForm"])
CODES = [code for code, _name in settings.LANGUAGES]


def in_each_language(**makers: Callable[[], forms.Field]) -> Callable[[Form], Form]:
    """Gives a form these fields once for every language: `text` becomes `text_en`, `text_es` and so on."""

    def add(form: Form) -> Form:
        for code, language in settings.LANGUAGES:
            for name, make in makers.items():
                field = make()
                field.label = format_lazy("{} ({})", capfirst(field.label or name), language)
                field.widget.attrs["lang"] = code
                form.declared_fields[f"{name}_{code}"] = form.base_fields[f"{name}_{code}"] = field
        form.told_fields = tuple(makers)
        return form

    return add


class UncutField(Uncut, forms.CharField):
    """Plain text of an editor."""

    def to_python(self, value: Any) -> str:
        return with_plain_lines(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Words kept with other line ends, before these were made one kind, are the same words."""
        return super().has_changed(with_plain_lines(initial or ""), data)


def words_field(label: Any, most: int, *, rows: int = 0, required: bool = False, **options: Any) -> forms.CharField:
    """Plain text of `most` characters; `rows` makes it a tall field."""
    widget = forms.Textarea(attrs={"rows": rows, "cols": 60}) if rows else forms.TextInput(attrs={"size": 60})
    too_long = {"max_length": gettext_lazy("This is too long: at most %(limit_value)d characters.")}
    return UncutField(
        label=label,
        max_length=most,
        widget=widget,
        required=required,
        validators=[validate_plain],
        error_messages=too_long,
        **options,
    )


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """`seen` names the state that the page showed: when another editor saved meanwhile, this one is told first."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, label="")
    told_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = self.texts_now()
        for code in CODES:
            for name in self.told_fields:
                self.initial[f"{name}_{code}"] = self.text_now(name, code)
        shown = [name for name in self.fields if name != "seen"]
        state = json.dumps([[name, str(self.initial.get(name))] for name in shown])
        self.initial["seen"] = hashlib.sha256(state.encode()).hexdigest()

    def texts_now(self) -> dict[str, Any]:
        """The newest row of texts by its language."""
        if not self.instance.pk:
            return {}
        return {text.language: text for text in self.instance.texts.order_by("pk")}

    def text_now(self, name: str, code: str) -> str:
        return with_plain_lines(getattr(self.told.get(code), name, ""))

    @property
    def differing(self) -> list[str]:
        """The fields that hold something else than what is kept now."""
        return [name for name in self.changed_data if name != "seen"]

    def texts_typed(self) -> dict[str, dict[str, str]]:
        """By language, what was typed for each text."""
        return {
            code: {name: self.cleaned_data.get(f"{name}_{code}", "") for name in self.told_fields} for code in CODES
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and self.data.get(self.add_prefix("seen")) != self.initial["seen"] and self.differing:
            self.tell_what_is_kept()
        return cleaned

    def tell_what_is_kept(self) -> None:
        """Beside each field that differs, what another editor saved; saving again then puts these words there."""
        self.data = {**self.data.dict(), self.add_prefix("seen"): self.initial["seen"]}  # type: ignore[attr-defined]
        change = last_change(self.instance)
        what = _("This was changed meanwhile.")
        if change:
            told = {"who": change.user.email, "when": localize(localtime(change.action_time))}
            what = _("%(who)s changed this meanwhile (%(when)s).") % told
        how = _(
            "What you typed is still here; what is kept now stands beside each field that differs. Save again to put "
            "yours in its place."
        )
        self.add_error(None, ValidationError(f"{what} {how}", code="meanwhile"))
        for name in self.differing:
            kept = ValidationError(_("Kept now: “%(words)s”"), code="kept", params={"words": self.in_words(name)})
            self.add_error(name, kept)

    def in_words(self, name: str, value: Any = None) -> str:
        """A value of a field as a person reads it; without one, the value that is kept now."""
        field, value = self.fields[name], self.initial.get(name) if value is None else value
        if isinstance(field, forms.ModelChoiceField):
            value = getattr(value, "pk", value)
        choices = {str(key): label for key, label in getattr(field, "choices", ())}
        return str(choices.get(str(value), localize(value) if value is not None else ""))
