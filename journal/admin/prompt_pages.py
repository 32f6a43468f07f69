"""Pages beside a question's own: as a parent sees it, what the checks say, and what all questions cover."""

import csv
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from journal.admin import sheet_pages
from journal.admin.forms import CODES
from journal.admin.prompt_form import in_months
from journal.ages import BANDS, bands_in
from journal.coverage import Coverage, reach
from journal.last_questions import coming_to_an_end
from journal.models import Prompt

SCHEMES = ("light", "dark")


def editors_only(view: Callable[..., HttpResponseBase], *verbs: str) -> Callable[..., HttpResponseBase]:
    """Not there for staff without the right to see questions, and to do this to them."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms([f"journal.{verb}_prompt" for verb in ("view", *verbs)]):
            raise Http404
        return view(request, **kwargs)

    return guarded


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest words on a phone, light and dark, in each language, for a child of one band of age."""
    prompt = get_object_or_404(Prompt.objects.prefetch_related("texts"), pk=pk)
    asked_at = bands_in(prompt.age_min_months, prompt.age_max_months)
    band = next((band for band in BANDS if band.key == request.GET.get("band")), asked_at[0])
    words = {text.language: text.text for text in sorted(prompt.texts.all(), key=lambda text: text.version)}
    phones = [
        {"scheme": scheme, "code": code, "words": words.get(code, "") if band in asked_at else ""}
        for code, _name in settings.LANGUAGES
        for scheme in SCHEMES
    ]
    page = {"prompt": prompt, "phones": phones, "band": band, "bands": BANDS, "asked_at": asked_at}
    return render(request, "admin/prompt_preview.html", page | {"reach": reach(prompt)})


@require_POST
def check_words(request: HttpRequest) -> HttpResponse:
    """What the checks say of words while they are written; nothing is kept."""
    from journal.prompt_checks import check  # its lists of words weigh on no parent's page

    texts = {code: request.POST.get(f"text_{code}", "") for code in CODES}
    findings = check(texts, in_months(request.POST.get("age_max_months")))
    return render(request, "admin/partials/findings.html", {"findings": findings})


@require_safe
def coverage(request: HttpRequest, site: AdminSite) -> HttpResponse:
    covered = Coverage.now()
    page = {"rows": list(covered.rows()), "bands": BANDS, "holes": covered.holes(), "coming": coming_to_an_end()}
    page["title"] = _("What is covered")
    return render(request, "admin/prompt_coverage.html", site.each_context(request) | page)


@require_safe
def coverage_file(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="coverage.csv"'
    writer = csv.writer(answer)
    writer.writerow(["section", "kind", "months", "language", "questions"])
    writer.writerows(Coverage.now().lines())
    return answer


def urls(site: AdminSite) -> list[Any]:
    def guarded(view: Any, *verbs: str) -> Any:
        return site.admin_view(editors_only(view, *verbs))

    return [
        *sheet_pages.urls(site, guarded),
        path("<int:pk>/preview/", guarded(preview), name="journal_prompt_preview"),
        path("check/", guarded(check_words), name="journal_prompt_check"),
        path("coverage/", guarded(coverage), {"site": site}, name="journal_prompt_coverage"),
        path("coverage/download/", guarded(coverage_file), name="journal_prompt_coverage_file"),
    ]
