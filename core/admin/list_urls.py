"""The URLs of the pages about a whole list, shared by all lists. Each page checks the list's own permission."""

from functools import partial, update_wrapper

from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from core.admin.addressees import addresses_view
from core.admin.at_once_pages import at_once_view, done_view
from core.admin.exporting import export_view
from core.admin.letters import letter_view
from core.admin.saved_views import keep_view, saved_view_view


def list_urls(site) -> list:
    """Return the URL patterns for the admin site."""

    def guarded(view, method=lambda view: view):
        return update_wrapper(site.admin_view(method(partial(view, site))), view)

    of_a_list = "lists/<slug:app_label>/<slug:model_name>/"
    return [
        path(f"{of_a_list}export/", guarded(export_view), name="list_export"),
        path(f"{of_a_list}keep/", guarded(keep_view), name="list_keep"),
        path(f"{of_a_list}addresses/", guarded(addresses_view), name="list_addresses"),
        path(f"{of_a_list}write/", guarded(letter_view), name="list_letter"),
        path(f"{of_a_list}at-once/", guarded(at_once_view, require_POST), name="at_once"),
        path("lists/at-once/<int:pk>/", guarded(done_view, require_safe), name="done_at_once"),
        path("lists/views/<int:pk>/", guarded(saved_view_view), name="saved_view"),
    ]
