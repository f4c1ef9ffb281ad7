"""Staff's figures, in the panel: the nation's for the coordinator and the auditor, a cluster's for whoever works there."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusters.models import Cluster
from core.past_addresses import record_at
from figures.perms import can_read_the_nation
from figures.scopes import nation, of_cluster
from figures.views import pages


def desk(view):
    """Guard a page of the panel: staff only. Each view then checks its own permission."""
    guarded = admin.site.admin_view(never_cache(require_safe(view)))
    guarded.__name__ = view.__name__
    return guarded


@desk
def figures(request):
    """The nation's; who works for clusters is led to theirs."""
    if not can_read_the_nation(request.user):
        mine = _mine(request).first()
        if mine is None:
            raise PermissionDenied
        return redirect("panel_figures:cluster", mine.slug)
    return pages.show(request, nation(), "figures/admin/figures.html", **_frame(request))


@desk
def figures_export(request, form):
    return pages.export(request, _nation(request), form)


@desk
def entries(request):
    return pages.show_entries(request, _nation(request), "figures/admin/figure_entries.html", **_frame(request))


@desk
def entries_export(request, form):
    return pages.export_entries(request, _nation(request), form)


@desk
def cluster(request, slug):
    return pages.show(request, _of(request, slug), "figures/admin/figures.html", **_frame(request))


@desk
def cluster_export(request, slug, form):
    return pages.export(request, _of(request, slug), form)


@desk
def cluster_entries(request, slug):
    return pages.show_entries(request, _of(request, slug), "figures/admin/figure_entries.html", **_frame(request))


@desk
def cluster_entries_export(request, slug, form):
    return pages.export_entries(request, _of(request, slug), form)


def _nation(request):
    if not can_read_the_nation(request.user):
        raise PermissionDenied
    return nation()


def _mine(request):
    return Cluster.objects.visible_to(request.user).order_by("name")


def _of(request, slug):
    """Return a cluster's scope; 404 for a cluster that the person may not see."""
    return of_cluster(record_at(_mine(request), slug))


def _frame(request) -> dict:
    others = list(_mine(request))
    return {
        **admin.site.each_context(request),
        "others": others if len(others) > 1 else [],
        "reads_the_nation": can_read_the_nation(request.user),
    }
