"""A journal that comes in from a file: first it is said what would come in, then all of it comes in, or nothing."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from journal.forms import BringForm
from journal.limits import not_too_often
from journal.models import Parcel, Way
from journal.takeout.bringing_in import Arrival
from journal.takeout.checking import check
from journal.takeout.reading import parse

MEMBER = "journal.json"


@require_http_methods(["GET", "HEAD", "POST"])
@not_too_often("arrive", "POST")
def import_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The file is kept sealed, for ten minutes, until it is looked at and confirmed."""
    is_sent = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if is_sent else BringForm()
    if form.is_valid():
        with transaction.atomic():
            parcel = Parcel.objects.begin(request.user, Way.IN)
            parcel.add(MEMBER, 0, form.text)
        return redirect("journal:import-look")
    page = {"form": form, "problems": form.told.problems if form.told else None}
    return render(request, "journal/import.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@not_too_often("look", "GET", "HEAD", "POST")
def import_look(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What would come in, in words; the button brings it in."""
    parcel = Parcel.objects.editable_by(request.user).coming_in().first()
    if parcel is None:
        messages.info(request, _("Please pick the file again. We keep it for ten minutes."))
        return redirect("journal:import")
    arrival = Arrival.of(request.user, check(parse("".join(parcel.read(MEMBER)))))
    if request.method != "POST":
        return render(request, "journal/import_look.html", {"arrival": arrival})
    with transaction.atomic():
        if parcel.take():
            arrival.bring()
            Parcel.objects.throw_away(request.user)
    messages.success(request, _("Your journal came in."))
    return redirect("journal:moment-list")
