"""What is typed on a page whose session has ended is kept for the one whose page it was, and for nobody else.

Each form of a moment carries its writer's mark: their id and the time, signed with their own sign-in secret, so that a
new password ends it. With it a form that comes in signed out becomes a draft, which shows after they sign in again.
It opens nothing and shows nothing. Nobody else can make one, so it also stands in for a CSRF token that was changed
meanwhile, as it is at each sign-in.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse

from accounts.models import User
from journal.typing import as_id, keep_typed, read_typed

View = Callable[..., HttpResponseBase]
GOOD_FOR = 30 * 24 * 60 * 60
SAVES_A_DRAFT = "journal:draft-save"
FORMS = {"journal:moment-new", "journal:moment-another", "journal:moment-edit", SAVES_A_DRAFT}


def signer_of(user: User) -> TimestampSigner:
    return TimestampSigner(salt=f"journal.writer:{user.get_session_auth_hash()}")


def writer_mark(user: User) -> str:
    """For a form of theirs."""
    return signer_of(user).sign(user.pk.hex)


def writer_of(mark: str) -> User | None:
    """Whose form it is; None for a mark that is old, of an earlier password, or not ours."""
    pk = as_id(mark.partition(":")[0])
    user = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    try:
        signed = user and signer_of(user).unsign(mark, max_age=GOOD_FOR)
    except BadSignature:
        return None
    return user if user and signed == user.pk.hex else None


def keep_for_writer(request: HttpRequest) -> HttpResponse | None:
    """Keep a form of a moment that came without a session, or with an old token; where to go on from. Else None."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return None
    writer = writer_of(request.POST.get("writer", "")) if request.method == "POST" and name in FORMS else None
    if writer is None:
        return None
    while_typing = name == SAVES_A_DRAFT
    form = keep_typed(writer, read_typed(request.POST), from_outside=True, while_typing=while_typing)
    if form is None:
        return None
    return HttpResponse(status=204) if while_typing else HttpResponseRedirect(draft_address(form))


def draft_address(form: UUID) -> str:
    return reverse("journal:draft-detail", args=[form])


class KeepTypedMiddleware(LoginRequiredMiddleware):
    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponse:  # type: ignore[override]
        answer = keep_for_writer(request)
        if answer is None:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(answer.headers["Location"]) if "Location" in answer.headers else answer
