"""Questions out to a file and in from one: first what would change, row by row, then all of it or nothing."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin import AdminSite
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from journal.admin.history import write_down
from journal.last_questions import lost_by_all

if TYPE_CHECKING:
    from journal.sheets.importing import Outcome

Rows = list[tuple[int, dict[str, str]]]
# As long as a read file waits for a yes, and as large as it comes back with it.
WAITS, MOST_SIGNED = 60 * 60, 2_000_000
SALT = "journal.prompts.import"
SHOWN_AT_ONCE = 250


class FileForm(forms.Form):
    file = forms.FileField(
        allow_empty_file=True,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV in UTF-8, or an Excel workbook (XLSX), with the columns of the export."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    from import_export.formats.base_formats import CSV, XLSX

    from journal.sheets.prompts import PromptSheet

    sheet, file = PromptSheet(), {"csv": CSV, "xlsx": XLSX}[kind]()
    answer = HttpResponse(file.export_data(sheet.export(sheet.known.values())), content_type=file.get_content_type())
    answer.headers["Content-Disposition"] = f'attachment; filename="questions.{kind}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, site: AdminSite) -> HttpResponseBase:
    """A file is read and shown; shown once more with a yes, it is kept."""
    if request.method == "POST" and "rows" in request.POST:
        return confirmed(request, site)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        return page_of(request, site, form=form, status=422 if form.is_bound else 200)
    from journal.sheets.changes import COLUMNS
    from journal.sheets.reading import UnreadableError, read

    try:
        rows = read(form.cleaned_data["file"].read(), COLUMNS)
    except UnreadableError as unreadable:
        return page_of(request, site, form=FileForm(), problems=unreadable.problems, status=422)
    return told_as_it_goes(request, site, lambda: first_look(request, rows))


def confirmed(request: HttpRequest, site: AdminSite) -> HttpResponseBase:
    try:
        rows: Rows = signing.loads(request.POST["rows"], salt=SALT, max_age=WAITS)
    except signing.BadSignature:
        problem = _("That was read too long ago. Send the file again.")
        return page_of(request, site, form=FileForm(), note=problem, status=422)
    shown = request.POST.get("shown", "")
    return told_as_it_goes(request, site, lambda: keep(request, rows, shown))


def page_of(request: HttpRequest, site: AdminSite, *, status: int = 200, **context: Any) -> HttpResponse:
    page = site.each_context(request) | {"title": _("Bring in questions"), "form": FileForm()} | context
    return render(request, "admin/prompt_import.html", page, status=status)


def told_as_it_goes(request: HttpRequest, site: AdminSite, work: Callable[[], Iterator[str]]) -> StreamingHttpResponse:
    """A page that grows while the rows are worked through; each part is sent as soon as it is there."""
    context = site.each_context(request) | {"title": _("Bring in questions"), "running": True}
    head, tail = render_to_string("admin/prompt_import.html", context, request).split("<!-- here -->")
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def parts() -> Iterator[str]:
        with translation.override(language), timezone.override(zone):
            yield head
            yield from work()
            yield tail

    answer = StreamingHttpResponse(parts())
    # Packed, the first lines would wait for the last.
    answer.headers["Content-Encoding"] = "identity"
    return answer


def progress(request: HttpRequest, done: int, of: int) -> str:
    return render_to_string("admin/partials/progress.html", {"done": done, "of": of}, request)


def first_look(request: HttpRequest, rows: Rows, note: str = "") -> Iterator[str]:
    """What the file would change, and a button to change it; or what keeps it out. Nothing is kept."""
    from journal.sheets.importing import Outcome, work_through

    outcome = Outcome()
    for done in work_through(rows, outcome, dry_run=True):
        yield progress(request, done, len(rows))
    signed = signing.dumps(rows, salt=SALT, compress=True) if outcome.can_be_kept else ""
    context = {"outcome": outcome, "note": note, "total": len(rows)}
    context["lost"] = lost_by_all([change.prompt for change in outcome.changes])
    if len(signed) > MOST_SIGNED:
        context["note"], signed = _("This is too much at once. Send the file in parts."), ""
    page = render_to_string("admin/partials/import_look.html", context | seal(outcome, signed), request)
    head, has_rows, tail = page.partition("<!-- rows -->")
    yield head
    if has_rows:
        yield from rows_of(outcome)
    yield tail


def rows_of(outcome: "Outcome") -> Iterator[str]:
    """Every change, a part of them at a time: all of them as one text would be large."""
    for start in range(0, len(outcome.changes), SHOWN_AT_ONCE):
        changes = outcome.changes[start : start + SHOWN_AT_ONCE]
        yield render_to_string("admin/partials/import_rows.html", {"changes": changes})


def seal(outcome: "Outcome", signed: str) -> dict[str, str]:
    """What comes back with a yes: the rows, and what was shown of them."""
    lines = [[change.prompt.slug, change.differences] for change in outcome.changes]
    return {"rows": signed, "shown": hashlib.sha256(json.dumps(lines).encode()).hexdigest()}


def keep(request: HttpRequest, rows: Rows, shown: str) -> Iterator[str]:
    """Keep all of it, when it is what was shown; else show it again."""
    from journal.sheets.importing import Outcome, work_through

    outcome = Outcome()
    for done in work_through(rows, outcome, dry_run=True):
        yield progress(request, done, len(rows))
    if outcome.can_be_kept and seal(outcome, "")["shown"] == shown and keep_at_once(request, rows, shown):
        yield render_to_string("admin/partials/import_done.html", {"count": len(outcome.changes)}, request)
    else:
        note = _("Something changed since you looked. Nothing was kept. This is what the file would change now.")
        yield from first_look(request, rows, note)


def keep_at_once(request: HttpRequest, rows: Rows, shown: str) -> bool:
    """Write it all in one go, and tell nobody meanwhile: parents wait for it, and it waits for no slow line."""
    from journal.sheets.importing import Outcome, work_through

    outcome = Outcome()
    with transaction.atomic():
        list(work_through(rows, outcome, dry_run=False))
        is_as_shown = outcome.can_be_kept and seal(outcome, "")["shown"] == shown
        if is_as_shown:
            write_down(request.user, [(change.prompt, change.is_new, change.message) for change in outcome.changes])
        else:
            transaction.set_rollback(True)
    return is_as_shown


def urls(site: AdminSite, guarded: Callable[..., Any]) -> list[Any]:
    return [
        path("export/csv/", guarded(export), {"kind": "csv"}, name="journal_prompt_export"),
        path("export/xlsx/", guarded(export), {"kind": "xlsx"}, name="journal_prompt_export_xlsx"),
        path("import/", guarded(bring_in, "add", "change"), {"site": site}, name="journal_prompt_import"),
    ]
