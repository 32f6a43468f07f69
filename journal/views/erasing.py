"""Deleting one child, or everything: said and counted, after a fresh sign-in, with a word typed."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.erasing import send_receipt
from accounts.fresh import fresh_sign_in
from accounts.http import AuthenticatedHttpRequest
from journal.erasing import Going, erase_child, erase_person
from journal.forms import TypedWordForm
from journal.models import Child


@require_http_methods(["GET", "HEAD", "POST"])
def child_delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    child = get_object_or_404(Child.objects.editable_by(request.user), pk=pk)
    answer: HttpResponse = confirm_child_delete(request, child)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def confirm_child_delete(request: AuthenticatedHttpRequest, child: Child) -> HttpResponse:
    form = TypedWordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erase_child(request.user, child)
        messages.success(request, _("Deleted, with all that was written about this child."))
        return redirect("journal:child-list")
    page = {"child": child, "going": Going.with_child(request.user, child), "form": form}
    return render(request, "journal/child_delete.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def delete_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The person, and all that is theirs. The receipt goes out once it is done."""
    form = TypedWordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = {"going": Going.of(request.user), "form": form}
        return render(request, "journal/delete_all.html", page, status=422 if form.is_bound else 200)
    email, language, person = request.user.email, request.user.language, str(request.user.pk)
    with transaction.atomic():
        erase_person(request.user)
        transaction.on_commit(partial(send_receipt, email, language))
    logout(request)
    # Whose, so that the page can have this phone forget them: none of what waits here can ever come in now.
    messages.success(request, _("It is all deleted. We sent you a mail that says so."), extra_tags=person)
    return redirect("journal:today")
