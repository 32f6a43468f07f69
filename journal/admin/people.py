"""People as those see them who run the place: an e-mail, when they last came, and three things that can be done.

Nothing leads from here to a journal, to a password, or into somebody's skin.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.sessions import end_sessions_of
from journal.admin.filters import OnlyWhatIsOffered
from journal.admin.site import back_to, editors
from journal.editors import make_editor, unmake_editor


def close(person: User) -> str:
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions_of(person)
    return _("Closed: they can't sign in any more.")


def reopen(person: User) -> str:
    person.is_active = True
    person.save(update_fields=["is_active"])
    return _("Open again: they can sign in.")


def end_sessions(person: User) -> str:
    count = end_sessions_of(person)
    return ngettext("Signed out on %(count)d device.", "Signed out on %(count)d devices.", count) % {"count": count}


def let_edit(person: User) -> str:
    make_editor(person)
    return _("Looks after the words now.")


def let_edit_no_more(person: User) -> str:
    unmake_editor(person)
    return _("No longer looks after the words.")


ACTIONS: dict[str, Callable[[User], str]] = {
    "close": close,
    "reopen": reopen,
    "end-sessions": end_sessions,
    "let-edit": let_edit,
    "let-edit-no-more": let_edit_no_more,
}


class FindForm(forms.Form):
    email = forms.EmailField()


@admin.register(User, site=editors)
class PersonAdmin(OnlyWhatIsOffered):
    list_display = ("email", "last_login", "is_active", "edits")
    list_filter = ("is_active", "is_staff")
    ordering = ("email",)
    actions = None
    list_per_page = 50
    fields = readonly_fields = ("email", "last_login", "date_joined", "language", "is_active", "edits")
    change_form_template = "admin/person.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("looks after the words"), boolean=True)
    def edits(self, person: User) -> bool:
        return person.is_staff

    def get_urls(self) -> list[Any]:
        ours = [
            path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(self.button(act)), name=f"accounts_user_{name}")
            for name, act in ACTIONS.items()
        ]
        find = path("find/", self.admin_site.admin_view(require_POST(self.find)), name="accounts_user_find")
        return [find, *ours, *super().get_urls()]

    def find(self, request: HttpRequest) -> HttpResponse:
        """One person by their whole e-mail. Django's search would put it in the address, and so in a server's log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = FindForm(request.POST)
        email = form.cleaned_data["email"].lower() if form.is_valid() else ""
        person = self.get_queryset(request).filter(email=email).first()
        if person is None:
            messages.info(request, _("Nobody here has this e-mail."))
            return redirect("admin:accounts_user_changelist")
        return back_to(request, User, person.pk)

    def button(self, act: Callable[[User], str]) -> Any:
        return require_POST(partial(self.do, act))

    def do(self, act: Callable[[User], str], request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it to one person, never to oneself, and write it into the history."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, person) or person == request.user:
            messages.error(request, _("This is not for you to change."))
        else:
            done = act(person)
            self.log_change(request, person, done)
            messages.success(request, done)
        return back_to(request, User, pk)
