"""Where a person is signed in, and the end of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.devices import devices_of, sign_out_elsewhere, sign_out_everywhere
from accounts.http import AuthenticatedHttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: AuthenticatedHttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/devices.html", {"devices": devices_of(request.user)})
    if "here" in request.POST:
        sign_out_everywhere(request, request.user)
        return redirect("account_login")
    sign_out_elsewhere(request, request.user)
    messages.success(request, gettext("You are signed in here only."))
    return redirect("devices")
