"""Writing a moment: new, changed, and what happens when two pages disagree."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.http import AuthenticatedHttpRequest
from journal import clock
from journal.forms import EditMomentForm, MomentForm, NewMomentForm
from journal.models import Child, Kind, Moment, PromptText, Share, SharedMoment
from journal.models.moment_queries import ConflictError
from journal.prompting import Asker, Question, current_question, offer, questions
from journal.views.addresses import named_child, named_id, named_kind, named_number


@require_http_methods(["GET", "HEAD", "POST"])
def moment_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    if "kind" not in sent and request.method != "POST":
        return render(request, "journal/moment_kinds.html")
    children = list(Child.objects.editable_by(request.user))
    if request.method == "POST":
        form = NewMomentForm(request.POST, author=request.user, children=children, shares=readers_to_pick(request))
        return keep(request, form) or show_new(request, form, asked(form), status=422)
    kind = named_kind(sent["kind"])
    listed, missed = missed_to_pick_from(request) if kind == Kind.REPAIR else ([], None)
    child = named_child(str(missed.child_id or "") if missed else sent.get("child"), children)
    question = first_question(request, kind, child)
    form = NewMomentForm(
        author=request.user,
        children=children,
        shares=readers_to_pick(request),
        initial={
            "id": uuid4(),
            "kind": kind,
            "child": str(child.pk) if child else "",
            "repairs": missed and missed.pk,
            "prompt": question and question.id,
        },
    )
    return show_new(request, form, question, listed=listed)


@require_POST
@vary_on_headers("HX-Request")
def moment_another(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Another question for the page as it stands; what was typed stays."""
    children = list(Child.objects.editable_by(request.user))
    kind = named_kind(request.POST.get("kind", ""))
    child = named_child(request.POST.get("child"), children)
    asker = Asker(author=request.user, child=child, day=timezone.localdate(), page=kind)
    question = None if "without" in request.POST else offer(asker, questions(asker))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "journal/partials/question.html", {"question": question})
    typed = {**request.POST.dict(), "prompt": question and question.id, "shares": request.POST.getlist("shares")}
    form = NewMomentForm(author=request.user, children=children, shares=readers_to_pick(request), initial=typed)
    return show_new(request, form, question)


@require_http_methods(["GET", "HEAD", "POST"])
def moment_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    moments = Moment.objects.editable_by(request.user).with_repairs(request.user)
    moment = get_object_or_404(moments.select_related("prompt_text__prompt__theme"), pk=pk)
    children = list(Child.objects.editable_by(request.user))
    data = request.POST if request.method == "POST" else None
    form = EditMomentForm(data, author=request.user, children=children, moment=moment, initial=as_typed(moment))
    if data is not None and (answer := keep(request, form)):
        return answer
    return show_edit(request, form, moment, status=200 if data is None else 422)


def keep(request: AuthenticatedHttpRequest, form: NewMomentForm | EditMomentForm) -> HttpResponse | None:
    """Keep what was sent and go to it; None when the form is to be shown again."""
    try:
        with transaction.atomic():
            if not form.is_valid():
                return None
            moment = form.keep()
    except ConflictError as conflict:
        return show_conflict(request, form, conflict.moment)
    except Moment.DoesNotExist as error:
        raise Http404 from error
    except IntegrityError:
        form.add_error(None, _("Something this belongs to was deleted just now. Look it over and save again."))
        return None
    return redirect(f"{moment.get_absolute_url()}?saved")


def show_new(
    request: AuthenticatedHttpRequest,
    form: NewMomentForm,
    question: PromptText | Question | None,
    *,
    listed: Sequence[Moment] | None = None,
    status: int = 200,
) -> HttpResponse:
    offer_missed(request, form, listed)
    page = {"form": form, "question": question, "kind": known_kind(form)}
    return render(request, "journal/moment_new.html", page, status=status)


def show_edit(request: AuthenticatedHttpRequest, form: EditMomentForm, moment: Moment, *, status: int) -> HttpResponse:
    offer_missed(request, form)
    SharedMoment.objects.editable_by(request.user).tell_readers([moment])
    page = {"form": form, "moment": moment}
    return render(request, "journal/moment_edit.html", page, status=status)


def show_conflict(request: AuthenticatedHttpRequest, sent: MomentForm, kept: Moment) -> HttpResponse:
    """Both, one under the other; saving from here changes the kept one to what was typed. A mark stays on both."""
    typed = {
        **dict(sent.data.items()),
        "version": kept.version,
        "happened_at": clock.format_local(sent.cleaned_data["happened_at"], kept.zone),
        "felt_unsafe": sent.cleaned_data["felt_unsafe"] or kept.felt_unsafe,
        "starred": sent.cleaned_data["starred"] or kept.starred,
    }
    form = EditMomentForm(author=request.user, children=list(sent.children.values()), moment=kept, initial=typed)
    offer_missed(request, form)
    SharedMoment.objects.editable_by(request.user).tell_readers([kept])
    page = {"form": form, "moment": kept, "question": asked(sent)}
    return render(request, "journal/moment_conflict.html", page, status=409)


def offer_missed(request: AuthenticatedHttpRequest, form: MomentForm, listed: Sequence[Moment] | None = None) -> None:
    if form["kind"].value() != Kind.REPAIR:
        return
    if listed is None:
        listed = Moment.objects.editable_by(request.user).missed_to_pick_from(form.came_back_to)
    form.offer_missed(listed)


def readers_to_pick(request: AuthenticatedHttpRequest) -> list[Share]:
    return list(Share.objects.editable_by(request.user).live_by_yes())


def missed_to_pick_from(request: AuthenticatedHttpRequest) -> tuple[list[Moment], Moment | None]:
    """The missed cues to pick from, and the one of them that the address says this comes back to."""
    named = request.GET.get("repairs")
    pk = named_id(named) if named else None
    listed = Moment.objects.editable_by(request.user).missed_to_pick_from(pk)
    missed = next((one for one in listed if one.pk == pk), None)
    if pk and missed is None:
        raise Http404
    return listed, missed


def first_question(request: AuthenticatedHttpRequest, kind: str, child: Child | None) -> PromptText | Question | None:
    """The one named in the address, none when that was chosen, else the day's for this kind."""
    named = request.GET.get("prompt", "")
    if named == "none":
        return None
    if named:
        return get_object_or_404(PromptText.objects.asked(), pk=named_number(named))
    return current_question(Asker(author=request.user, child=child, day=timezone.localdate(), page=kind))


def asked(form: MomentForm) -> PromptText | None:
    return getattr(form, "cleaned_data", {}).get("prompt")


def as_typed(moment: Moment) -> dict[str, Any]:
    return {
        **moment.content,
        "version": moment.version,
        "kind": moment.kind,
        "child": str(moment.child_id or ""),
        "prompt": moment.prompt_text_id,
        "happened_at": clock.format_local(moment.happened_at, moment.zone),
        "repairs": moment.repairs_id,
        "starred": moment.starred,
    }


def known_kind(form: MomentForm) -> Kind:
    value = form["kind"].value()
    return Kind(value) if value in Kind.values else Kind.RESPONSIVE
