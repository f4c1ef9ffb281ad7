"""Pages of the panel that do not belong to a record. Each view checks its own permission."""

from django.contrib import admin
from django.views.decorators.cache import never_cache


def panel_page(view):
    """Return the view restricted to staff, and never cached."""
    guarded = admin.site.admin_view(never_cache(view))
    guarded.__name__, guarded.__module__ = view.__name__, view.__module__
    return guarded
