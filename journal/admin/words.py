"""What all pages of the words have in common: rights by group, two editors at once, a readable history."""

from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from journal.admin.filters import OnlyWhatIsOffered
from journal.admin.forms import CODES, WordsForm
from journal.admin.history import differences, told_last_change
from journal.forms.fields import NativeInput


class WordsAdmin(OnlyWhatIsOffered):
    """A page for a row of words and its texts. Rights are Django's, given to the group of editors."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    change_form_template: ClassVar[Any] = "admin/words_form.html"
    form: type[WordsForm]
    # The browser's own calendar, in place of Django's, which needs scripts.
    formfield_overrides: ClassVar[Any] = {models.DateField: {"widget": NativeInput("date", r"\d{4}-\d{2}-\d{2}")}}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who sees these pages may change what is on them."""
        return self.has_change_permission(request, obj)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """When something is to be saved the row is held: a second editor waits, and then sees what the first saved."""
        if request.method == "POST":
            return row_named(self.get_queryset(request).order_by().select_for_update(of=("self",)), object_id)
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, *args: Any, **kwargs: Any) -> Any:
        """What cannot be saved is 422, with everything still there."""
        answer: HttpResponseBase = super().changeform_view(*args, **kwargs)
        if (getattr(answer, "context_data", None) or {}).get("errors"):
            answer.status_code = 422
        return answer

    def notes(self, row: Any) -> list[str]:
        """What to know of a row before changing it."""
        return told_last_change(row)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if row := kwargs.get("obj"):
            context["notes"] = self.notes(row)
        return super().render_change_form(request, context, *args, **kwargs)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> Any:
        texts = context["object"].texts.order_by("language", "pk")
        return super().render_delete_form(request, context | {"texts": list(texts)})

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return differences(form)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for code, typed in form.texts_typed().items():
            if code in CODES and typed != {name: form.text_now(name, code) for name in typed}:
                self.save_text(form, code, typed)

    def save_text(self, form: WordsForm, code: str, typed: dict[str, str]) -> None:
        """Keep what was typed in one language."""
        row = form.told.get(code) or form.instance.texts.model(language=code)
        for name, text in typed.items():
            setattr(row, name, text)
        form.instance.texts.add(row, bulk=False)


def row_named(rows: Any, object_id: str) -> Any:
    """The row that an address names, or none."""
    pk = unquote(object_id)
    return rows.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None
