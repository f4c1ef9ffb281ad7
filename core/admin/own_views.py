"""A person's saved views of a list, and the one that a URL selects (core.admin.saved_views has the pages)."""

from urllib.parse import parse_qsl

from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import PAGE_VAR
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from core.admin.at_once import MAX_AT_ONCE
from core.admin.readers_queries import ask
from core.models.lists import SavedView
from core.primary_keys import is_key

# The query parameters for the view's key, and for the sums of a long list (core.admin.sums).
VIEW_VAR, SUMS_VAR = "view", "sums"


def views_of(user, opts):
    """Return the user's saved views of a list."""
    return SavedView.objects.filter(owner=user.pk, list_of=opts.label_lower)


def view_of(request, opts) -> SavedView | None:
    """Return the saved view that the URL selects, or None. Raise Http404 if it is not the user's own."""
    key = request.GET.get(VIEW_VAR)
    if key is None:
        return None
    if not is_key(key):
        raise Http404
    return get_object_or_404(views_of(request.user, opts), pk=key)


def url_of(view: SavedView) -> str:
    """Return the URL that opens the list with this view."""
    app_label, model_name = view.list_of.split(".")
    url = reverse(f"admin:{app_label}_{model_name}_changelist")
    return f"{url}?{'&'.join(part for part in (view.query, urlencode({VIEW_VAR: view.pk})) if part)}"


def tools_of(page, request) -> dict:
    """Return the context for the tools above a list: acts on many records, export, addresses, and the user's views."""
    opts, query = page.opts, request.GET.copy()
    query.pop(PAGE_VAR, None)
    reader = page.admin_site.reads_as(request.user)
    views = ask(reader, ("views", opts.label_lower), lambda: views_of(request.user, opts))
    current = request.GET.get(VIEW_VAR)
    said = [parse_qsl(view.query, keep_blank_values=True) for view in views if str(view.pk) == current]
    return {
        "acts": [] if IS_POPUP_VAR in request.GET else list(page.acts_at_once(request).values()),
        "most_at_once": MAX_AT_ONCE,
        "has_addresses": page.can_write_to_people(request.user),
        "list_query": f"?{query.urlencode()}" if query else "",
        # If the filters or the order differ from the open view's, or from the unfiltered list.
        "can_be_kept": sorted(_narrowing(query)) not in [[], *map(sorted, said)],
        "views": [(view, url_of(view), str(view.pk) == current) for view in views],
    }


def _narrowing(query) -> list[tuple[str, str]]:
    """Return the parameters that select and order a list's records, as (name, value)."""
    return [(name, value) for name, values in query.lists() for value in values if name not in (VIEW_VAR, SUMS_VAR)]
