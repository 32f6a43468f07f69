"""The consent screen: the parent's yes, or not now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.fresh import ask_unless_just_signed_in
from accounts.http import AuthenticatedHttpRequest
from journal.forms import AgreeForm
from journal.models import Share, children_of


@require_http_methods(["GET", "HEAD", "POST"])
def share_agree(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = get_object_or_404(Share.objects.editable_by(request.user), pk=pk)
    if not share.may_be_agreed:
        raise Http404
    children = children_of(parent=request.user)
    data = request.POST if request.method == "POST" else None
    form = AgreeForm(data, share=share, parent=request.user, children=children)
    if not form.is_valid():
        page = {"form": form, "share": share, "consent": form.shown}
        return render(request, "journal/share_agree.html", page, status=422 if form.is_bound else 200)
    ask_unless_just_signed_in(request)
    try:
        form.keep()
    except ValueError as error:
        raise Http404 from error
    words = _("You said yes. %(name)s can read what you mark Shared. Every moment starts as Just me.")
    if share.is_live:  # as it was before: what is shared of what this yes is about stays shared
        words = _("You said yes. %(name)s can read what you mark Shared.")
    messages.success(request, words % {"name": share.reader_name})
    return redirect(share)
