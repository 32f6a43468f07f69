"""Keeping what a form of a moment sends, and showing the form: new, changed, and when two pages disagree."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest
from journal import clock
from journal.forms import EditMomentForm, MomentForm, NewMomentForm
from journal.models import Draft, HelpLine, Kind, Moment, Offered, PromptText, Share, SharedMoment
from journal.models.draft_queries import in_turn
from journal.models.moment_queries import ConflictError
from journal.prompting import Question
from journal.signed_out import writer_mark
from journal.typing import as_id, keep_typed, read_typed


def keep(request: AuthenticatedHttpRequest, form: NewMomentForm | EditMomentForm) -> HttpResponse | None:
    """Keep what was sent and go to it; None when the form is to be shown again. Then it is kept as a draft."""
    typed = read_typed(request.POST)
    try:
        with transaction.atomic():
            in_turn(request.user)
            if form.is_valid():
                moment = form.keep()
                if typed:
                    Draft.objects.editable_by(request.user).done_with(typed.form, typed.fields, typed.page)
                return redirect(f"{moment.get_absolute_url()}?saved")
    except ConflictError as conflict:
        keep_typed(request.user, typed)
        return show_conflict(request, form, conflict.moment)
    except Moment.DoesNotExist as error:
        raise Http404 from error
    except IntegrityError:
        form.add_error(None, _("Something this belongs to was deleted just now. Look it over and save again."))
    keep_typed(request.user, typed)
    return None


def show_new(
    request: AuthenticatedHttpRequest,
    form: NewMomentForm,
    question: PromptText | Question | None,
    *,
    listed: Sequence[Moment] | None = None,
    status: int = 200,
    draft: Draft | None = None,
    offered: Offered | None = None,
) -> HttpResponse:
    offer_missed(request, form, listed)
    drafts = {"draft": draft, "offered": offered, "writer": writer_mark(request.user), **page_of(request, draft)}
    card = HelpLine.objects.for_question(question.theme if question else None)
    page = {"form": form, "question": question, "card": card, "kind": known_kind(form), **drafts}
    page["own_address"] = "" if draft else own_address(request)
    return render(request, "journal/moment_new.html", page, status=status)


def show_edit(
    request: AuthenticatedHttpRequest,
    form: EditMomentForm,
    moment: Moment,
    *,
    status: int,
    draft: Draft | None = None,
    offered: Offered | None = None,
) -> HttpResponse:
    offer_missed(request, form)
    SharedMoment.objects.editable_by(request.user).tell_readers([moment])
    # A page that offers what was begun is a form of its own: what is typed here takes the place of nothing.
    own_form = draft.form if draft else as_id(request.POST.get("draft")) or (uuid4() if offered else None)
    drafts = {"draft": draft, "offered": offered, "own_form": own_form, "writer": writer_mark(request.user)}
    page = {"form": form, "moment": moment, **drafts, **page_of(request, draft)}
    return render(request, "journal/moment_edit.html", page, status=status)


def page_of(request: AuthenticatedHttpRequest, draft: Draft | None) -> dict[str, UUID | str]:
    """Which page this is, and how the draft stands that it begins with: two pages of one take nothing from each other."""
    since = draft.since if draft else request.POST.get("since", "")
    page = as_id(request.POST.get("page")) if request.method == "POST" else uuid4()
    return {"page": page or "", "since": since}


def own_address(request: AuthenticatedHttpRequest) -> str:
    """Where a new page goes at once without JavaScript, so that Back comes to the same one; '' for one that stays."""
    is_new = request.method == "GET" and "page" not in request.GET
    return f"{request.get_full_path()}&page={uuid4()}" if is_new else ""


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
    page = {"form": form, "moment": kept, "question": asked(sent), "writer": writer_mark(request.user)}
    page |= {"own_form": as_id(request.POST.get("draft")), **page_of(request, None)}
    return render(request, "journal/moment_conflict.html", page, status=409)


def offer_missed(request: AuthenticatedHttpRequest, form: MomentForm, listed: Sequence[Moment] | None = None) -> None:
    if form["kind"].value() != Kind.REPAIR:
        return
    if listed is None:
        listed = Moment.objects.editable_by(request.user).missed_to_pick_from(form.came_back_to)
    form.offer_missed(listed)


def readers_to_pick(request: AuthenticatedHttpRequest) -> list[Share]:
    return list(Share.objects.editable_by(request.user).live_by_yes())


def asked(form: MomentForm) -> PromptText | None:
    return getattr(form, "cleaned_data", {}).get("prompt")


def known_kind(form: MomentForm) -> Kind:
    value = form["kind"].value()
    return Kind(value) if value in Kind.values else Kind.RESPONSIVE
