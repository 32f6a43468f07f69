"""Leave fast: signed out in one step, and on to a page that anyone might have open."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


# Public: it stands on every page, signed out too.
# Exempt from CSRF: an old page or lost cookies must not keep anyone here, and a forged request only signs out.
# A form cannot be sent on to another host under `form-action 'self'`, so the answer is a page that goes on by itself.
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        logout(request)
        return HttpResponseRedirect(reverse("leave"), status=303)
    return render(request, "journal/leave.html", {"url": settings.LEAVE_URL})
