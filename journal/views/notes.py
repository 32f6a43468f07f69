"""Notes: a few words between a parent and a reader, which both can read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from journal.forms import NoteToReaderForm
from journal.models import Note, Share


@require_POST
def note_to_reader(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = get_object_or_404(Share.objects.editable_by(request.user).live().select_related("parent"), pk=pk)
    form = NoteToReaderForm(request.POST, share=share, author=request.user)
    if not form.is_valid():
        return render(request, "journal/note_to_reader.html", {"form": form, "share": share}, status=422)
    note = form.keep()
    messages.success(request, _("Sent. %(name)s can read it.") % {"name": share.reader_name})
    return redirect(note)


@require_http_methods(["GET", "HEAD", "POST"])
def note_to_parent(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def note_delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    note = get_object_or_404(Note.objects.editable_by(request.user).select_related("share"), pk=pk)
    back = note.get_absolute_url() if note.is_the_parents else reverse("journal:family-visit", args=[note.share_id])
    if request.method == "POST":
        note.delete()
        messages.success(request, _("The note is deleted."))
        return redirect(back)
    return render(request, "journal/note_delete.html", {"note": note, "back": back})


@require_POST
def note_seen(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The parent puts a reader's note away from Today."""
    note = get_object_or_404(Note.objects.visible_to(request.user).received_by(request.user), pk=pk)
    note.put_away()
    return redirect("journal:today")


@require_http_methods(["GET", "HEAD", "POST"])
def family_read(request: AuthenticatedHttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
