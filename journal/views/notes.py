"""Notes: a few words between a parent and a reader, which both can read."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.second_factor import second_factor_required
from journal.forms import NoteForm, NoteToReaderForm
from journal.models import Moment, Note, Opened, Reading, Share
from journal.seen import Door
from journal.views.addresses import named_id
from journal.views.families import readers_share
from journal.views.reading_pages import named_week, show_moment, show_visit, show_week
from journal.weeks import Week


@require_POST
def note_to_reader(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = get_object_or_404(Share.objects.editable_by(request.user).live().select_related("parent"), pk=pk)
    form = NoteToReaderForm(request.POST, share=share, author=request.user)
    if not form.is_valid():
        return render(request, "journal/note_to_reader.html", {"form": form, "share": share}, status=422)
    note = form.keep()
    messages.success(request, _("Sent. %(name)s can read it.") % {"name": share.reader_name})
    return redirect(note)


@require_POST
@second_factor_required
@transaction.atomic
def note_to_parent(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """On a moment or a week that can be read through the share, or for the visit."""
    share = readers_share(request, pk)
    moment = named_id(request.POST["moment"]) if request.POST.get("moment") else None
    week = named_week(request.POST["monday"]) if request.POST.get("monday") and not moment else None
    form = NoteForm(request.POST)
    monday = week.monday if week else None
    if not form.is_valid():
        opened = Opened.MOMENT if moment else Opened.WEEK if week else Opened.VISIT
        Reading.record(share, opened, moment=moment, monday=monday)
        return show_again(request, share, moment, week, form)
    on, words = place_of(request, share, moment, week), form.cleaned_data["text"]
    notes = Note.objects.visible_to(request.user)
    notes.write(share, request.user, words, moment=on.pk if on else None, monday=monday)
    messages.success(request, _("Sent."))
    return redirect(address_of(pk, moment, week))


def place_of(request: AuthenticatedHttpRequest, share: Share, moment: UUID | None, week: Week | None) -> Moment | None:
    """The moment a note is to stand on. What the reader can't see is not there: 404."""
    moments = share.moments.visible_to(request.user)
    if week and week.monday not in moments.mondays():
        raise Http404
    return get_object_or_404(moments, pk=moment) if moment else None


def address_of(pk: UUID, moment: UUID | None, week: Week | None) -> str:
    if moment:
        return reverse("journal:family-moment", args=[pk, moment])
    return (
        reverse("journal:family-week", args=[pk, week.monday]) if week else reverse("journal:family-visit", args=[pk])
    )


def show_again(
    request: AuthenticatedHttpRequest, share: Share, moment: UUID | None, week: Week | None, form: NoteForm
) -> HttpResponse:
    """The page that a note was written on, with what was typed."""
    door = Door.of(share)
    if moment:
        return show_moment(request, share, door, moment, form)
    return show_week(request, share, door, week, form) if week else show_visit(request, share, door, note=form)


@require_http_methods(["GET", "HEAD", "POST"])
def note_delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """A parent's own."""
    note = get_object_or_404(Note.objects.kept_by(request.user).editable_by(request.user), pk=pk)
    if request.method == "POST":
        note.delete()
        messages.success(request, _("The note is deleted."))
        return redirect(note)
    return render(request, "journal/note_delete.html", {"note": note})


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def family_note_delete(request: AuthenticatedHttpRequest, pk: UUID, note_pk: UUID) -> HttpResponse:
    """A reader's own. It shows nothing of the parent's: no line."""
    share = readers_share(request, pk)
    note = get_object_or_404(Note.objects.editable_by(request.user).of_share(share), pk=note_pk)
    back = address_of(pk, note.moment_id, Week.of(note.monday) if note.monday else None)
    if request.method == "POST":
        note.delete()
        messages.success(request, _("The note is deleted."))
        return redirect(back)
    page = {"note": note, "door": Door.of(share), "back": back}
    return render(request, "journal/family_note_delete.html", page)


@require_POST
def note_seen(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The parent puts a reader's note away from Today."""
    note = get_object_or_404(Note.objects.kept_by(request.user).received_by(request.user), pk=pk)
    note.put_away()
    return redirect("journal:today")


@require_POST
@second_factor_required
def family_read(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    share = readers_share(request, pk)
    Reading.record(share, Opened.MARKED)
    messages.success(request, _("%(name)s can see that you read it.") % {"name": share.parent_name})
    return redirect("journal:family-list")
