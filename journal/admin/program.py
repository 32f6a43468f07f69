"""The page of the program's own sentence, whose every change is a new version."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.admin.forms import WordsForm, words_field
from journal.admin.history import carry_over
from journal.admin.site import back_to, editors
from journal.admin.texts import FixedRows
from journal.admin.words import row_named
from journal.models import ProgramText


class ProgramTextForm(WordsForm):
    text = words_field(capfirst(_("the program's own sentence, after the law")), 300, rows=4)

    def texts_now(self) -> dict[str, Any]:
        return {}


@admin.register(ProgramText, site=editors)
class ProgramTextAdmin(FixedRows):
    """The sentence in force. A change is a new version: who said yes before, said it to the old one."""

    form = ProgramTextForm
    list_display = ("language", "text", "version")
    fieldsets = [(None, {"fields": ["language", "version", "text"]})]
    readonly_fields = ("language", "version")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).newest()  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """What is sent from the page of an older version is for the one in force: its editor is told, and keeps it."""
        if request.method != "POST":
            return super().get_object(request, object_id, from_field)
        opened = row_named(ProgramText.objects.all(), object_id)
        # Versions that are held make a second editor wait; only then is it known which one is the newest.
        return opened and ProgramText.objects.in_language(opened.language).held().newest().get()

    def save_model(self, request: HttpRequest, obj: ProgramText, form: Any, change: bool) -> None:
        if form.differing:
            newer = obj.reword(form.cleaned_data["text"])
            carry_over(obj, newer.pk)
            obj.pk, obj.version = newer.pk, newer.version

    def response_change(self, request: HttpRequest, obj: ProgramText) -> HttpResponse:
        """On to the version in force: Django's own answer leads to the one before."""
        self.message_user(request, gettext("Kept as version %(version)s.") % {"version": obj.version})
        stays = "_continue" in request.POST
        return back_to(request, ProgramText, obj.pk) if stays else self.response_post_save_change(request, obj)
