"""The journal itself: all moments, one moment, and taking one out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from journal.choices import HEAVY_FEELINGS
from journal.erasing import erase_moment
from journal.forms import MomentFilter
from journal.models import HelpLine, Kind, Moment, Note, SavedLine, Share, SharedMoment, children_of
from journal.models.own_moments import tell_own_repairs


@require_http_methods(["GET", "HEAD", "POST"])
def moment_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Filters come by the address; words to look for by POST, so that they stand in no address or history."""
    children = children_of(parent=request.user)
    sent = (
        request.POST if request.method == "POST" else {name: request.GET[name] for name in request.GET if name != "q"}
    )
    form = MomentFilter(sent, children=children)
    if not form.is_valid():
        return render(request, "journal/moment_list.html", {"form": form, "children": children}, status=422)
    moments, next_page = form.page(Moment.objects.editable_by(request.user))
    tell_own_repairs(request.user, moments)
    SharedMoment.objects.editable_by(request.user).tell_readers(moments)
    for moment in moments:
        moment.child = form.children.get(str(moment.child_id))
    page = {"form": form, "children": children, "moments": moments, "next_page": next_page}
    return render(request, "journal/moment_list.html", page)


@require_safe
def moment_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    moments = Moment.objects.editable_by(request.user).with_repairs(request.user)
    moment = get_object_or_404(moments.select_related("child", "repairs", "prompt_text__prompt__theme"), pk=pk)
    SharedMoment.objects.editable_by(request.user).tell_readers([moment])
    page = {
        "moment": moment,
        "saved": "saved" in request.GET,
        "may_come_back": may_come_back(moment),
        "notes": list(Note.objects.kept_by(request.user).on_moment(moment)),
        "may_share": bool(moment.readers) or Share.objects.editable_by(request.user).live().exists(),
    }
    if page["saved"] or page["may_come_back"] or moment.felt_unsafe:
        page["lines"] = SavedLine.objects.lines()
    if not moment.felt_unsafe:
        asked = moment.prompt_text.theme if moment.prompt_text else None
        heavy = moment.feeling in HEAVY_FEELINGS
        page["card"] = HelpLine.objects.on_card() if heavy else HelpLine.objects.for_question(asked)
    return render(request, "journal/moment_detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def moment_delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    moment = get_object_or_404(Moment.objects.editable_by(request.user).with_repairs(request.user), pk=pk)
    if request.method == "POST":
        erase_moment(request.user, moment)
        messages.success(request, _("The moment is deleted."))
        return redirect("journal:moment-list")
    SharedMoment.objects.editable_by(request.user).tell_readers([moment])
    return render(request, "journal/moment_delete.html", {"moment": moment, "moments": [moment]})


def may_come_back(moment: Moment) -> bool:
    return moment.kind == Kind.MISSED and not moment.coming_back
