"""Questions: their list, their page, and the buttons that publish and retire them."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.admin.filters import BandFilter, LanguageFilter, StateFilter
from journal.admin.forms import WordsForm
from journal.admin.history import differences
from journal.admin.prompt_form import DRAFT, PUBLISH, RETIRE, PromptForm
from journal.admin.prompt_pages import urls
from journal.admin.site import editors
from journal.admin.texts import language_parts
from journal.admin.words import WordsAdmin
from journal.ages import span_name
from journal.languages import language
from journal.last_questions import has_gaps
from journal.models import Prompt
from journal.models.prompt_counts import times_answered, times_offered


class PromptList(ChangeList):
    """A page of the list, with how often each question was offered and answered: two more queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        ids = [prompt.pk for prompt in self.result_list]
        offered, answered = times_offered(ids), times_answered(ids)
        for prompt in self.result_list:
            prompt.offered_words, prompt.answered_words = offered[prompt.pk], answered[prompt.pk]


@admin.register(Prompt, site=editors)
class PromptAdmin(WordsAdmin):
    form = PromptForm
    change_form_template = None
    list_display = ("words", "state", "kind", "ages", "theme", "languages", "source_section", "offered", "answered")
    list_filter = (StateFilter, "kind", BandFilter, LanguageFilter, "theme", "source_section")
    list_select_related = ("theme",)
    search_fields = ("slug", "texts__text")
    search_help_text = gettext_lazy("Words of a question, in any language")
    ordering = ("theme__position", "slug")
    fieldsets = [
        *language_parts("text"),
        (
            gettext_lazy("Where it belongs"),
            {"fields": ["slug", "theme", "kind", "age_min_months", "age_max_months", "source_section"]},
        ),
        (gettext_lazy("Its days"), {"fields": ["ask_from", "ask_until"]}),
    ]

    def get_urls(self) -> list[Any]:
        return [*urls(self.admin_site), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PromptList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"has_gaps": has_gaps()})

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("texts")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft that no parent saw may go; any other question is retired."""
        is_fresh = obj is None or (obj.published_at is None and not obj.was_asked())
        return is_fresh and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("question"))
    def words(self, prompt: Prompt) -> str:
        return newest_words(prompt).get(language()) or prompt.slug

    @admin.display(description=gettext_lazy("state"))
    def state(self, prompt: Prompt) -> str:
        return str(prompt.state.label)

    @admin.display(description=gettext_lazy("ages"), ordering="age_min_months")
    def ages(self, prompt: Prompt) -> str:
        return span_name(prompt.age_min_months, prompt.age_max_months)

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, prompt: Prompt) -> str:
        return ", ".join(code for code in newest_words(prompt))

    @admin.display(description=gettext_lazy("offered"))
    def offered(self, prompt: Any) -> str:
        return str(prompt.offered_words)

    @admin.display(description=gettext_lazy("answered"))
    def answered(self, prompt: Any) -> str:
        return str(prompt.answered_words)

    def save_text(self, form: WordsForm, code: str, typed: dict[str, str]) -> None:
        if isinstance(form, PromptForm):
            form.save_words(code, typed["text"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.moved = self.move(request, form)
        if form.moved:
            self.message_user(request, form.moved)

    def move(self, request: HttpRequest, form: PromptForm) -> str:
        """Do what the button said, and say what was done."""
        prompt = form.instance
        if form.differing and prompt.wished_at:
            prompt.back_to_draft()
        if form.button == PUBLISH and not prompt.is_out:
            return self.publish(request, prompt)
        if form.button == RETIRE and prompt.is_out:
            prompt.retire()
            return _("Retired: it is not asked any more. Old answers keep its words.")
        if form.button == DRAFT and (prompt.published_at or prompt.wished_at):
            prompt.back_to_draft()
            return _("A draft again: it is not asked.")
        return ""

    def publish(self, request: HttpRequest, prompt: Prompt) -> str:
        by = request.user.pk
        if settings.SECOND_EDITOR and by and prompt.wished_by in (None, by):
            prompt.wish_published(by)
            return _("It waits for a second editor to publish it.")
        prompt.publish()
        return _("Published.")

    def notes(self, row: Prompt) -> list[str]:
        return [*state_notes(row), *super().notes(row)]

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return "\n".join(filter(None, [form.moved, differences(form) if form.differing or not form.moved else ""]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """The buttons that fit its state, and what the checks say of its words."""
        form, prompt = context["adminform"].form, kwargs.get("obj")
        if isinstance(form, PromptForm):
            context |= {"findings": form.findings() if prompt or form.is_bound else [], "doubted": form.doubted}
        context |= {"is_out": bool(prompt and prompt.is_out), "second_editor": settings.SECOND_EDITOR}
        if prompt:
            context["may_approve"] = bool(prompt.wished_by and prompt.wished_by != request.user.pk)
        return super().render_change_form(request, context, *args, **kwargs)


def newest_words(prompt: Prompt) -> dict[str, str]:
    """The newest wording by its language, of texts that were fetched with the question."""
    ordered = sorted(prompt.texts.all(), key=lambda text: (text.language, text.version))
    return {text.language: text.text for text in ordered}


def state_notes(prompt: Prompt) -> list[str]:
    notes = [_("State: %(state)s.") % {"state": prompt.state.label}]
    if prompt.wished_at:
        notes.append(_("One editor would publish it. A second editor may do so."))
    return notes
