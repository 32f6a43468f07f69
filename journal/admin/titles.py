"""What a page of the admin is headed with. Its title stands in the browser's tab, so it names no row."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class Titled(admin.ModelAdmin):  # type: ignore[type-arg]
    # No script of Django's: what they do, no page here has.
    media = forms.Media()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return super().history_view(request, object_id, {"title": _("History"), **(extra_context or {})})
