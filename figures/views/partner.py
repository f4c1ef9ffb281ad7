"""A partner's own figures, under /my/: what it proposed, what is agreed, invoiced and paid."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.past_addresses import record_at
from figures.perms import partners_of
from figures.scopes import of_partner
from figures.views import pages


@never_cache
@require_safe
def figures(request, slug):
    return pages.show(request, _own(request, slug), "figures/my/figures.html")


@never_cache
@require_safe
def figures_export(request, slug, form):
    return pages.export(request, _own(request, slug), form)


@never_cache
@require_safe
def entries(request, slug):
    return pages.show_entries(request, _own(request, slug), "figures/my/figure_entries.html")


@never_cache
@require_safe
def entries_export(request, slug, form):
    return pages.export_entries(request, _own(request, slug), form)


def _own(request, slug):
    return of_partner(record_at(partners_of(request.user), slug, also_private=True))
