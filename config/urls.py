"""Every address of the app. The paths are promises: see the page list in the README."""

from django.conf import settings
from django.urls import include, path

from config.health import livez, readyz
from journal.admin import editors

urlpatterns = [
    path("", include("journal.urls")),
    path("", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("admin/", editors.urls),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
]

# For who works on the look; anywhere else it is as missing as any other address, and is not even loaded.
if settings.DEVELOPMENT:
    from journal.views.components import components

    urlpatterns.append(path("components/", components, name="components"))
