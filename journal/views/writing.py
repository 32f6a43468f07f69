"""Writing a moment: new, with another question, changed."""

from uuid import UUID, uuid4, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.http import AuthenticatedHttpRequest
from journal.forms import EditMomentForm, NewMomentForm
from journal.forms.beginning import as_typed
from journal.models import Child, Draft, HelpLine, Kind, Moment, PromptText, children_of
from journal.prompting import Asker, Question, current_question, offer, questions
from journal.views.addresses import named_child, named_id, named_kind, named_number
from journal.views.showing import asked, keep, readers_to_pick, show_edit, show_new
from journal.waiting import Waiting


@require_http_methods(["GET", "HEAD", "POST"])
def moment_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    if "kind" not in sent and request.method != "POST":
        return render(request, "journal/moment_kinds.html")
    children = children_of(parent=request.user)
    if request.method == "POST":
        form = NewMomentForm(request.POST, author=request.user, children=children, shares=readers_to_pick(request))
        return keep(request, form) or show_new(request, form, asked(form), status=422)
    kind = named_kind(sent["kind"])
    listed, missed = missed_to_pick_from(request) if kind == Kind.REPAIR else ([], None)
    child = named_child(str(missed.child_id or "") if missed else sent.get("child"), children)
    question = first_question(request, kind, child)
    initial = {"id": id_of_page(request), "kind": kind, "child": str(child.pk) if child else ""}
    initial |= {"repairs": missed and missed.pk, "prompt": question and question.id}
    waiting = Waiting.of(request.user)
    shares = readers_to_pick(request) if waiting.has_shares else []
    form = NewMomentForm(author=request.user, children=children, shares=shares, initial=initial)
    return show_new(request, form, question, listed=listed, offered=waiting.offered)


@require_POST
@vary_on_headers("HX-Request")
def moment_another(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Another question for the page as it stands; what was typed stays."""
    children = children_of(parent=request.user)
    kind = named_kind(request.POST.get("kind", ""))
    child = named_child(request.POST.get("child"), children)
    asker = Asker(author=request.user, child=child, day=timezone.localdate(), page=kind)
    question = None if "without" in request.POST else offer(asker, questions(asker))
    if request.htmx:  # type: ignore[attr-defined]
        card = HelpLine.objects.for_question(question.theme if question else None)
        return render(request, "journal/partials/question.html", {"question": question, "card": card})
    typed = {**request.POST.dict(), "prompt": question and question.id, "shares": request.POST.getlist("shares")}
    form = NewMomentForm(author=request.user, children=children, shares=readers_to_pick(request), initial=typed)
    return show_new(request, form, question)


@require_http_methods(["GET", "HEAD", "POST"])
def moment_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    moments = Moment.objects.editable_by(request.user).with_repairs(request.user)
    moment = get_object_or_404(moments.select_related("prompt_text__prompt__theme"), pk=pk)
    children = children_of(parent=request.user)
    data = request.POST if request.method == "POST" else None
    form = EditMomentForm(data, author=request.user, children=children, moment=moment, initial=as_typed(moment))
    if data is not None and (answer := keep(request, form)):
        return answer
    offered = None if data else Draft.objects.editable_by(request.user).of_change(pk).offered()
    return show_edit(request, form, moment, status=200 if data is None else 422, offered=offered)


def id_of_page(request: AuthenticatedHttpRequest) -> UUID:
    """The one that the address stands for, for this parent: no link can name the id of a moment that is there."""
    named = request.GET.get("page")
    return uuid5(request.user.pk, named_id(named).hex) if named else uuid4()


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
        return get_object_or_404(PromptText.objects.answerable_by(request.user), pk=named_number(named))
    return current_question(Asker(author=request.user, child=child, day=timezone.localdate(), page=kind))
