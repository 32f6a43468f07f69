"""The guide: the material in our words, theme by theme. Public, and the same for everyone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journal.guide import blocks
from journal.models import HelpLine, PromptText, Theme


# Public: what it says is for anybody.
@require_safe
@login_not_required
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "journal/guide.html", {"themes": Theme.objects.told()})


@require_safe
@login_not_required
def guide_theme(request: HttpRequest, slug: str) -> HttpResponse:
    themes = list(Theme.objects.told())
    place = next((place for place, theme in enumerate(themes) if theme.slug == slug), None)
    if place is None or not themes[place].told:
        raise Http404
    theme = themes[place]
    page: dict[str, Any] = {
        "theme": theme,
        "told": theme.told,
        "blocks": list(blocks(theme.told.body if theme.told else "")),
        "prompts": PromptText.objects.current().filter(prompt__theme=theme).select_related("prompt").order_by("prompt"),
        "previous": themes[place - 1] if place else None,
        "next": themes[place + 1] if place + 1 < len(themes) else None,
    }
    page["card"] = HelpLine.objects.for_question(theme.slug)
    return render(request, "journal/guide_theme.html", page)
