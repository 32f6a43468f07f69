"""On the phone itself: installable, open without a signal, and the one switch for it."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.sessions import stay_signed_in
from journal.forms.shell import ShellForm
from journal.models import HelpLine, Kind, children_of

WORKER = ("outbox-store", "outbox-seal", "outbox-send", "outbox-renew", "leaving", "keeping", "worker")
SHELL = (*WORKER, "leave", "when", "shell", "shell-form", "outbox-state")
ICONS = [
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-mask.png", "512x512", "maskable"),
]


# Public: the same for everybody, and asked for without cookies.
@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """A neutral name on the home screen, unless the real one was chosen."""
    name = gettext("Most of the Time") if "real" in request.GET else gettext("Notes")
    kinds = [{"name": str(kind.label), "url": f"{reverse('journal:moment-new')}?kind={kind}"} for kind in Kind]
    icons = [
        {"src": static(f"img/{file}"), "sizes": sizes, "type": "image/png", "purpose": use}
        for file, sizes, use in ICONS
    ]
    facts: dict[str, Any] = {"id": "/", "start_url": "/", "scope": "/", "display": "standalone", "icons": icons}
    facts |= {"name": name, "short_name": name, "lang": get_language(), "shortcuts": kinds}
    facts |= {"background_color": "#f8f1e8", "theme_color": "#f8f1e8"}
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
@login_not_required
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker and what it keeps: static files and one empty page. Any change of these makes it another worker."""
    files = [static("css/house.css"), *(static(f"js/{name}.js") for name in SHELL), static("img/favicon.svg")]
    version = hashlib.sha256("\n".join([*files, shell()]).encode()).hexdigest()[:16]
    scripts = ",".join(json.dumps(static(f"js/{name}.js")) for name in WORKER)
    text = f"self.shell = {json.dumps({'cache': f'notes-{version}', 'files': files})};\nimportScripts({scripts});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    return HttpResponse(shell())


def shell() -> str:
    """The page that opens without a signal: no person's, no child's, no token. It has who to call."""
    page = {"form": ShellForm(), "kinds": Kind, "card": HelpLine.objects.on_card()}
    return render_to_string("journal/offline.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: AuthenticatedHttpRequest) -> HttpResponse:
    """ "This is my own phone": with it moments can be written without a signal."""
    if request.method == "POST":
        # Each form sends its own choice alone: a page that was opened before changes nothing else.
        if "own_phone" in request.POST:
            stay_signed_in(request, request.POST["own_phone"] == "on")
        if "real_name" in request.POST:
            request.session["real_name"] = request.POST["real_name"] == "on"
        messages.success(request, gettext("Saved."))
        return redirect("journal:phone")
    chosen = {name: request.session.get(name, False) for name in ("own_phone", "real_name")}
    return render(request, "journal/phone.html", chosen | {"children": children_of(parent=request.user)})
