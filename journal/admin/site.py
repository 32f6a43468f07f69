"""The editors' own site, so that nothing a library registers appears in it."""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.second_factor import second_factor_required

# Pages of Django's own that are not here: it leads from any id to a row's page, and keeps passwords its own way. None
# of its scripts runs here, so none asks for its words.
LEFT_OUT = frozenset({"view_on_site", "password_change", "password_change_done", "logout", "autocomplete", "jsi18n"})


class EditorSite(admin.AdminSite):
    site_header = site_title = _("Words")
    index_title = _("What editors look after")
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Staff sign in where everybody does, and go on to the page they asked for."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in LEFT_OUT]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """For everybody else these pages are not there; an editor comes in with a second step."""
        inner = super().admin_view(view, cacheable)
        guarded = second_factor_required(inner)

        def staff_only(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not isinstance(request.user, User):
                return inner(request, *args, **kwargs)
            if not self.has_permission(request) or any("\x00" in value for value in all_of(request.GET)):
                raise Http404
            return guarded(request, *args, **kwargs)  # type: ignore[arg-type]

        return update_wrapper(staff_only, inner)


def all_of(asked: QueryDict) -> list[str]:
    """Every value in an address. With a NUL in it PostgreSQL would answer with an error."""
    return [value for _name, values in asked.lists() for value in values]


editors = EditorSite(name="admin")


def back_to(request: HttpRequest, model: Any, pk: object) -> HttpResponse:
    """The page of a row, after one of its buttons."""
    return redirect(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", pk)
