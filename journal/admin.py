"""The editors' side: words only. No journal model is ever registered here."""

from functools import update_wrapper
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import second_factor_required
from journal.models import GuideText, HelpLine, HelpText, Theme


class EditorSite(admin.AdminSite):
    """Its own site, so that nothing a library registers appears in it."""

    site_header = site_title = _("Words")
    index_title = _("What editors look after")
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Staff sign in where everybody does, and go on to the page they asked for."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

    def get_urls(self) -> list[Any]:
        """Without Django's page that leads from any table and id to the row's own page: it tells which rows exist."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """For everybody else these pages are not there."""
        inner = super().admin_view(view, cacheable)

        def staff_only(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            if not request.user.is_authenticated:
                return inner(request, *args, **kwargs)
            return guarded(request, *args, **kwargs)

        guarded = second_factor_required(inner)
        return update_wrapper(staff_only, inner)


editors = EditorSite(name="admin")


class WordsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What every member of the staff may edit; adding and deleting stay with the starting content."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WordsInline(admin.StackedInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class GuideTextInline(WordsInline):
    model = GuideText
    readonly_fields = ("language",)


class HelpTextInline(WordsInline):
    model = HelpText
    readonly_fields = ("language",)


@admin.register(Theme, site=editors)
class ThemeAdmin(WordsAdmin):
    list_display = ("slug", "position")
    readonly_fields = ("slug",)
    inlines: ClassVar = [GuideTextInline]

    def view_on_site(self, obj: Theme) -> str:
        return obj.get_absolute_url()


@admin.register(HelpLine, site=editors)
class HelpLineAdmin(WordsAdmin):
    list_display = ("slug", "region", "languages", "checked_on")
    readonly_fields = ("slug",)
    inlines: ClassVar = [HelpTextInline]
