"""The journal's addresses. A word like "new" stands before an id in a path, never in its place."""

from django.urls import path

from journal.views import children, guide, moments, support, today, weeks, writing

app_name = "journal"
urlpatterns = [
    path("", today.today, name="today"),
    path("another/", today.today_another, name="today-another"),
    path("moments/", moments.moment_list, name="moment-list"),
    path("moments/new/", writing.moment_new, name="moment-new"),
    path("moments/new/another/", writing.moment_another, name="moment-another"),
    path("moments/<uuid:pk>/", moments.moment_detail, name="moment-detail"),
    path("moments/<uuid:pk>/edit/", writing.moment_edit, name="moment-edit"),
    path("moments/<uuid:pk>/delete/", moments.moment_delete, name="moment-delete"),
    path("weeks/", weeks.week_current, name="week-current"),
    path("weeks/<str:day>/", weeks.week_detail, name="week-detail"),
    path("children/", children.child_list, name="child-list"),
    path("children/new/", children.child_new, name="child-new"),
    path("children/<uuid:pk>/edit/", children.child_edit, name="child-edit"),
    path("children/<uuid:pk>/delete/", children.child_delete, name="child-delete"),
    path("guide/", guide.guide, name="guide"),
    path("guide/<slug:slug>/", guide.guide_theme, name="guide-theme"),
    path("help/", support.help_page, name="help"),
    path("pause/", support.pause, name="pause"),
    path("privacy/", support.privacy, name="privacy"),
]
