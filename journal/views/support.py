"""Help, a pause, and who can read what: public, and never more than a tap away."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.models import HelpLine


# Public: who needs it may have no account, or may just have left.
@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    lines = [line for line in HelpLine.objects.on_page() if line.told]
    checks = [line.checked_on for line in lines if line.checked_on]
    page = {
        "lines": lines,
        "oldest_check": min(checks, default=None),
        "wants_a_check": any(line.wants_a_check(timezone.localdate()) for line in lines),
    }
    return render(request, "journal/help.html", page)


@require_safe
@login_not_required
def pause(request: HttpRequest) -> HttpResponse:
    told = HelpLine.objects.pause()
    steps = [step for step in told.answer.split("\n\n") if step] if told else []
    return render(request, "journal/pause.html", {"steps": steps, "card": HelpLine.objects.on_card()})


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "journal/privacy.html")
