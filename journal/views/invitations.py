"""Inviting a reader, and redeeming an invitation. A link and a code are shown once, in the answer to the POST."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.qr import QrCode
from journal.forms import AskForm, CodeForm, InviteForm
from journal.invitations import Secrets
from journal.models import Share
from journal.redeeming import find_by_code, find_invitation, make_ticket
from journal.tries import Tries


@require_http_methods(["GET", "HEAD", "POST"])
def share_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None, parent=request.user)
    if not form.is_valid():
        return render(request, "journal/share_new.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        share = form.keep()
    except Share.DoesNotExist as error:
        raise Http404 from error
    try:
        made = form.invite(share)
    except ValueError:
        return redirect(share)
    return show_once(request, share, made)


@require_POST
def share_invite(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """A new link and code; those before no longer work."""
    share = get_object_or_404(Share.objects.editable_by(request.user), pk=pk)
    try:
        made = share.invite()
    except ValueError:
        return redirect(share)
    return show_once(request, share, made)


def show_once(request: HttpRequest, share: Share, made: Secrets) -> HttpResponse:
    link = request.build_absolute_uri(reverse("journal:invitation-detail", args=[made.token]))
    page = {"share": share, "link": link, "code": made.spoken, "qr": QrCode.of(link)}
    return render(request, "journal/share_invite.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_code(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "journal/invitation_code.html", {"form": form}, status=422 if form.is_bound else 200)
    tries = Tries(request)
    if not tries.begin():
        return render(request, "journal/invitation_wait.html", status=429)
    share = find_by_code(form.cleaned_data["code"])
    if share:
        tries.forgive()
        return redirect("journal:invitation-detail", make_ticket(share, request.user))
    form.add_error("code", _("This code does not work. Check it, or ask for a new one."))
    return render(request, "journal/invitation_code.html", {"form": form}, status=422)


# Public: a link is opened before its reader has an account, and by apps that look ahead. Only a POST uses it up.
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def invitation_detail(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    share = find_invitation(token, request.user)
    if share is None:
        return render(request, "journal/invitation_gone.html", status=404)
    if not request.user.is_authenticated or share.parent_id == request.user.pk:
        page = {"name": share.invited_name, "is_own": request.user.is_authenticated, "path": request.path}
        return render(request, "journal/invitation_detail.html", page)
    before = Share.objects.asked_by(request.user).newest_request()
    form = AskForm(request.POST if request.method == "POST" else None, before=before)
    if not form.is_valid():
        page = {"form": form, "name": share.invited_name}
        return render(request, "journal/invitation_ask.html", page, status=422 if form.is_bound else 200)
    if not share.request(by=request.user, **form.cleaned_data):
        return render(request, "journal/invitation_gone.html", status=404)
    messages.success(request, _("You asked to read. Nothing can be read yet. The parent says yes or no first."))
    return redirect("journal:family-list")
