"""What the list of questions can be narrowed by, beside its own columns."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journal.admin.titles import Titled
from journal.ages import BANDS
from journal.models.prompt_states import PromptState


class OnlyWhatIsOffered(Titled):
    """A list whose address narrows it by its own filters alone: Django lets it follow any relation, one's guess by one."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        names = {one if isinstance(one, str) else getattr(one, "parameter_name", "") for one in self.list_filter}
        name, _cut, rest = lookup.partition("__")
        if name not in {field.name for field in self.model._meta.get_fields()}:
            return super().lookup_allowed(lookup, value, request)
        return name in names and rest in ("", "exact", "id__exact", "isnull")


class Choice(admin.SimpleListFilter):
    """A filter that ignores a value it does not know."""

    def chosen(self) -> Any:
        return next((key for key, _name in self.lookup_choices if str(key) == self.value()), None)


class StateFilter(Choice):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return PromptState.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.chosen()
        return queryset.in_state(chosen) if chosen else queryset


class BandFilter(Choice):
    title = _("age")
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(band.key, band.name) for band in BANDS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        band = next((band for band in BANDS if band.key == self.value()), None)
        return queryset.within(band) if band else queryset


class LanguageFilter(Choice):
    title = _("missing language")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return settings.LANGUAGES

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.chosen()
        return queryset.without_language(chosen) if chosen else queryset
