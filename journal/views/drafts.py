"""What was begun: saved while it is written, gone on with, put away, thrown away."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from journal.forms import EditMomentForm, NewMomentForm
from journal.forms.beginning import as_begun
from journal.models import Draft, Moment, PromptText, children_of
from journal.typing import OvertakenError, as_query, keep_typed, read_typed
from journal.views.showing import readers_to_pick, show_edit, show_new


@require_safe
def draft_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    drafts = list(Draft.objects.editable_by(request.user).newest_first())
    return render(request, "journal/draft_list.html", {"drafts": drafts})


@require_POST
def draft_save(request: AuthenticatedHttpRequest) -> HttpResponse:
    """204 when it is kept, and only then: on that the page says so. 409 when its moment was saved with more in it."""
    try:
        kept = keep_typed(request.user, read_typed(request.POST), while_typing=True)
    except OvertakenError:
        return JsonResponse({}, status=409)
    return HttpResponse(status=204) if kept else JsonResponse({}, status=422)


@require_safe
def draft_detail(request: AuthenticatedHttpRequest, form: UUID) -> HttpResponse:
    """The form as it was left. What could not be kept as it came says beside the field what is wrong."""
    drafts = Draft.objects.editable_by(request.user).with_moment()
    draft = drafts.of_form(form).first()
    if draft is None and (brought := drafts.came_in_as(form)):
        return redirect(brought)
    if draft is None:
        # Saved meanwhile: it was overtaken by its moment.
        return redirect(get_object_or_404(Moment.objects.editable_by(request.user), pk=form))
    return go_on_with(request, draft)


def go_on_with(request: AuthenticatedHttpRequest, draft: Draft) -> HttpResponse:
    children = children_of(parent=request.user)
    fields = as_begun(draft, request.user)
    if draft.edits_id:
        moments = Moment.objects.editable_by(request.user).with_repairs(request.user)
        moment = get_object_or_404(moments.select_related("prompt_text__prompt__theme"), pk=draft.edits_id)
        edit = EditMomentForm(author=request.user, children=children, moment=moment, initial=fields)
        return show_edit(request, edit, moment, status=200, draft=draft)
    readers, data = readers_to_pick(request), as_query(fields) if draft.is_from_phone else None
    form = NewMomentForm(data, author=request.user, children=children, shares=readers, initial=fields)
    with transaction.atomic():
        form.is_valid()
    question = PromptText.objects.answerable_by(request.user).with_id(fields.get("prompt"))
    return show_new(request, form, question, draft=draft)


@require_POST
def draft_put_away(request: AuthenticatedHttpRequest, form: UUID) -> HttpResponse:
    get_object_or_404(Draft.objects.editable_by(request.user), form=form).put_away()
    messages.success(request, _("Put away. It is under “Begun” in your journal."))
    return redirect("journal:today")


@require_POST
def draft_delete(request: AuthenticatedHttpRequest, form: UUID) -> HttpResponse:
    get_object_or_404(Draft.objects.editable_by(request.user), form=form).delete()
    messages.success(request, _("It is thrown away."))
    return redirect("journal:draft-list")
