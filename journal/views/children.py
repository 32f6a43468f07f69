"""The children a parent writes about."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from journal.forms import ChildForm
from journal.models import Child
from journal.typing import as_id


@require_safe
def child_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "journal/child_list.html", {"children": Child.objects.editable_by(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def child_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """`?first` is the step after sign-up: it can be skipped, and leads to Today."""
    is_first = "first" in request.GET
    child = Child(pk=as_id(request.POST.get("id")) or uuid4(), parent=request.user)
    form = ChildForm(request.POST if request.method == "POST" else None, child=child)
    if form.is_valid():
        form.add()
        return redirect("journal:today" if is_first else "journal:child-list")
    status = 422 if form.is_bound else 200
    return render(request, "journal/child_new.html", {"form": form, "is_first": is_first}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def child_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    child = get_object_or_404(Child.objects.editable_by(request.user), pk=pk)
    form = ChildForm(request.POST if request.method == "POST" else None, child=child)
    if form.is_valid():
        if not form.save():
            raise Http404
        messages.success(request, _("Saved."))
        return redirect("journal:child-list")
    status = 422 if form.is_bound else 200
    return render(request, "journal/child_edit.html", {"form": form, "child": child}, status=status)
