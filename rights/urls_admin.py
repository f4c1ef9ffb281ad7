"""Staff's pages about one person's data, under the panel's prefix. Include these before the panel's own."""

from django.contrib import admin
from django.urls import path

from rights import admin_views, photograph_views, retention_views

app_name = "panel_rights"
urlpatterns = [
    path("<int:pk>/hide/", admin.site.admin_view(admin_views.hide_view), name="hide"),
    path("<int:pk>/link/", admin.site.admin_view(admin_views.link_view), name="link"),
    path("<int:pk>/file/", admin.site.admin_view(admin_views.file_view), name="file"),
    path("<int:pk>/file.json", admin.site.admin_view(admin_views.file_view), {"form": "json"}, name="file_json"),
    path("<int:pk>/file.xlsx", admin.site.admin_view(admin_views.file_view), {"form": "xlsx"}, name="file_xlsx"),
    path("<int:pk>/anonymise/", admin.site.admin_view(admin_views.anonymise_view), name="anonymise"),
    path("contacts/<int:pk>/forget/", admin.site.admin_view(admin_views.forget_contact_view), name="forget_contact"),
    path("<int:pk>/photograph/", admin.site.admin_view(photograph_views.add_view), name="photograph"),
    path("<int:pk>/photograph/erase/", admin.site.admin_view(photograph_views.end_view), name="photograph_end"),
    path("retention/", admin.site.admin_view(retention_views.retention_view), name="retention"),
]
