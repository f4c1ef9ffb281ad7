"""Pages of the panel that are no record's: each view checks its own permission."""

from django.contrib import admin
from django.views.decorators.cache import never_cache


def panel_page(view):
    """Guard a page of the panel: staff only, and kept by nobody."""
    guarded = admin.site.admin_view(never_cache(view))
    guarded.__name__, guarded.__module__ = view.__name__, view.__module__
    return guarded
