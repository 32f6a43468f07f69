"""The door of the outbox: what a phone needs to write without a signal, and where it brings what it wrote."""

import base64

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.outbox_key import current_key
from accounts.sealing import SealError
from journal.models import Child, Moment
from journal.outbox import digest_of, read_entry, read_fields, take_in


# Public: a worker cannot follow to a page; signed out, the 403 tells it to wait.
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def outbox(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"why": "sign in"}, status=403)
    if request.method == "POST":
        return take_entry(request.user, request.body)
    children = list(Child.objects.editable_by(request.user))
    key_id, public_key = current_key()
    sealing = {"key_id": key_id, "public_key": base64.b64encode(public_key).decode()}
    whose = {"person": str(request.user.pk), "children": [str(child.pk) for child in children]}
    whose |= {"known": digest_of(children), "own_phone": request.session.get("own_phone", False)}
    return JsonResponse({"token": get_token(request), **sealing, **whose})


def take_entry(author: User, body: bytes) -> HttpResponse:
    """Sealed for another person, or to a key that is gone: 409, and the phone keeps it."""
    try:
        entry = read_entry(body)
        status = take_in(author, entry.id, read_fields(entry.open(author.pk)))
    except (SealError, Moment.DoesNotExist):
        return JsonResponse({"why": "not opened"}, status=409)
    except ValueError:
        return JsonResponse({"why": "not read"}, status=400)
    return JsonResponse({}, status=status)
