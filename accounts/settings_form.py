"""The form of how a person likes the journal."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_choices


class LanguageSelect(forms.Select):
    """Each language in its own words, and marked as such for a voice that reads aloud."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["lang"] = str(option["value"])
        return option


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES],
        widget=LanguageSelect,
        error_messages={"invalid_choice": _("Pick a language from the list.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("A city where the clock shows the same time as yours."),
        choices=zone_choices,
        error_messages={"invalid_choice": _("Pick a time zone from the list.")},
    )

    class Meta:
        model = User
        fields = ("language", "time_zone", "shows_counts")
        labels = {"shows_counts": _("Show the counts line")}
        help_texts = {"shows_counts": _("The line that starts “You wrote about…”")}

    def save(self, commit: bool = True) -> User:
        """Only what the form shows: a password changed meanwhile stays changed."""
        user: User = self.instance
        user.save(update_fields=self.Meta.fields)
        return user
