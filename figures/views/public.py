"""The public figures of the nation: grants as sources state them, and what partners publish."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from figures.scopes import public
from figures.views import pages


@login_not_required
@require_safe
def figures(request):
    return pages.show_public(request, public())


@login_not_required
@require_safe
def figures_export(request, form):
    return pages.export(request, public(), form)


@login_not_required
@require_safe
def entries(request):
    return pages.show_entries(request, public(), "figures/entries.html")


@login_not_required
@require_safe
def entries_export(request, form):
    return pages.export_entries(request, public(), form)
