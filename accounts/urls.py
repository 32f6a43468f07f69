"""A person's own pages, beside allauth's under /account/."""

from django.urls import path

from accounts.views.language import language
from accounts.views.leave import leave
from accounts.views.settings import settings

urlpatterns = [
    path("settings/", settings, name="settings"),
    path("language/", language, name="language"),
    path("leave/", leave, name="leave"),
]
