"""Pages of the guide, the help lines and the lines after saving."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.admin.forms import UncutField, WordsForm, in_each_language, words_field
from journal.admin.site import editors
from journal.admin.words import WordsAdmin
from journal.models import HelpLine, SavedLine, Theme
from journal.models.saved_lines import OWN_WORDS

REGION = RegexValidator(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", _("Write a country in two letters, like US or US-MT."))
DIGITS = RegexValidator(r"^[0-9]*$", _("Write digits alone, with no spaces or lines between."))
KEYWORD = RegexValidator(r"^[A-Za-z0-9]*$", _("Write one word of plain letters and digits."))


def number_field(label: Any, check: RegexValidator) -> forms.CharField:
    return UncutField(label=label, max_length=20, required=False, validators=[check])


def language_parts(*names: str) -> list[tuple[Any, Any]]:
    """A part of the page for every language."""
    return [
        (language, {"fields": [f"{name}_{code}" for name in names]}) for code, language in settings.LANGUAGES if names
    ]


class FixedRows(WordsAdmin):
    """What there is stays: the product names the rows, editors their words."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@in_each_language(
    title=lambda: words_field(_("title"), 80, required=True),
    lead=lambda: words_field(_("first line"), 240, rows=3, required=True),
    body=lambda: words_field(
        _("text"),
        6000,
        rows=24,
        required=True,
        help_text=_("A blank line starts a paragraph. “## ” starts a heading, “- ” an item of a list."),
    ),
)
class ThemeForm(WordsForm):
    pass


@admin.register(Theme, site=editors)
class ThemeAdmin(WordsAdmin):
    form = ThemeForm
    list_display = ("slug", "title", "position")
    search_fields = ("slug", "texts__title", "texts__body")
    fieldsets = [(None, {"fields": ["slug", "position"]}), *language_parts("title", "lead", "body")]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).told()  # type: ignore[attr-defined]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its questions and its address in the guide stay."""
        return False

    @admin.display(description=_("title"))
    def title(self, theme: Theme) -> str:
        return theme.told.title if theme.told else ""

    def view_on_site(self, obj: Theme) -> str:
        return obj.get_absolute_url()


@in_each_language(
    question=lambda: words_field(_("question"), 200, rows=2),
    answer=lambda: words_field(_("answer"), 1000, rows=6, required=True),
    name=lambda: words_field(_("short name, for the gentle card"), 120),
    call=lambda: number_field(_("number to call"), DIGITS),
    text_to=lambda: number_field(_("number to text"), DIGITS),
    text_body=lambda: number_field(_("word to text"), KEYWORD),
)
class HelpLineForm(WordsForm):
    region = forms.CharField(label=capfirst(_("region")), max_length=8, validators=[REGION], initial="US")


@admin.register(HelpLine, site=editors)
class HelpLineAdmin(WordsAdmin):
    form = HelpLineForm
    list_display = ("slug", "region", "languages", "checked_on", "warning", "on_page", "on_card")
    list_filter = ("region", "on_page", "on_card")
    search_fields = ("slug", "texts__question", "texts__answer", "texts__name")
    fieldsets = [
        (None, {"fields": ["slug", "region", "languages", "position", "on_page", "on_card", "checked_on"]}),
        *language_parts("question", "answer", "name", "call", "text_to", "text_body"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).told()  # type: ignore[attr-defined]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @admin.display(description=_("check"))
    def warning(self, line: HelpLine) -> str:
        return gettext("Check this number: it was not checked for six months.") if self.wants_check(line) else ""

    def wants_check(self, line: HelpLine) -> bool:
        return line.wants_a_check(timezone.localdate())

    def notes(self, row: HelpLine) -> list[str]:
        return [*([self.warning(row)] if self.wants_check(row) else []), *super().notes(row)]


@in_each_language(
    text=lambda: words_field(_("line"), 120, help_text=_("Empty: the product's own words stand there again."))
)
class SavedLineForm(WordsForm):
    def text_now(self, name: str, code: str) -> str:
        """The words that stand there, the product's own among them."""
        return super().text_now(name, code) or own_words(self.instance.occasion, code)


def own_words(occasion: str, code: str) -> str:
    if occasion not in OWN_WORDS:
        return ""
    with translation.override(code):
        return str(OWN_WORDS[occasion])


@admin.register(SavedLine, site=editors)
class SavedLineAdmin(FixedRows):
    form = SavedLineForm
    list_display = ("occasion", "words")
    fieldsets = language_parts("text")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).told()  # type: ignore[attr-defined]

    @admin.display(description=_("line"))
    def words(self, line: SavedLine) -> str:
        return line.told or own_words(line.occasion, translation.get_language() or settings.LANGUAGE_CODE)

    def save_text(self, form: WordsForm, code: str, typed: dict[str, str]) -> None:
        if typed["text"] in ("", own_words(form.instance.occasion, code)):
            form.instance.take_back(code)
        else:
            super().save_text(form, code, typed)
