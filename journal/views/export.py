"""My data on its way out: packed in steps that each are one request, then saved once."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.fresh import fresh_sign_in
from accounts.http import AuthenticatedHttpRequest
from journal.forms import PassphraseForm
from journal.limits import not_too_often
from journal.models import Parcel
from journal.takeout.packing import begin, go_on, still_fits
from journal.takeout.sending import zip_of


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@not_too_often("pack", "POST")
def export_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What goes in; then how far it is; then the button that saves it."""
    if request.method == "POST":
        go_on(begin(request.user))
        return redirect("journal:export")
    parcel = Parcel.objects.editable_by(request.user).out().first()
    page = {"parcel": parcel, "form": PassphraseForm(user=request.user)}
    return render(request, "journal/export.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def export_more(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The next step of packing, if there is one."""
    parcel = Parcel.objects.editable_by(request.user).out().first()
    if request.method == "POST" and parcel:
        go_on(parcel)
    return redirect("journal:export")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def export_file(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    """The file itself, once. There is no address that could be passed on or found in the phone's history."""
    parcel = Parcel.objects.editable_by(request.user).out().first()
    if request.method != "POST" or parcel is None or not parcel.ready_at:
        return redirect("journal:export")
    form = PassphraseForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, "journal/export.html", {"parcel": parcel, "form": form}, status=422)
    if not still_fits(parcel):
        Parcel.objects.throw_away(request.user)
        messages.info(request, _("Your journal changed meanwhile. Please make the file once more."))
        return redirect("journal:export")
    if not parcel.take():
        return redirect("journal:export")
    name = f"notes-{timezone.localdate():%Y-%m-%d}.zip"
    answer = StreamingHttpResponse(zip_of(parcel, form.cleaned_data["passphrase"]), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
