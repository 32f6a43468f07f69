"""The project's addresses, and one that asks for a second factor as `/families/` does."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from accounts.second_factor import second_factor_required


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def guarded(request, whose):
    if whose != "known":
        return HttpResponse("Nothing here", status=404)
    return HttpResponse(f"Open: {whose}")


urlpatterns = [path("guarded/<path:whose>/", guarded), path("", include("config.urls"))]
