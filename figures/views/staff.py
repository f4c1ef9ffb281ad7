"""The figures of staff, in the panel: the nation's for the coordinator and the auditor, a cluster's for its staff."""

import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusters.models import Cluster
from core.admin.readers_queries import ask
from core.past_addresses import record_at
from figures.dated import Dates
from figures.perms import can_read_the_nation
from figures.scopes import nation, of_cluster
from figures.views import pages
from sponsorships.accounting.closed_years import can_close, can_coordinate
from sponsorships.models import ClosedYear


def desk(view):
    """Restrict a view to the panel's users. Each view also checks its own permission."""
    guarded = admin.site.admin_view(never_cache(require_safe(view)))
    guarded.__name__ = view.__name__
    return guarded


@desk
def figures(request):
    """Show the nation's figures, or redirect staff of clusters to their first cluster's."""
    if not can_read_the_nation(request.user):
        if not (mine := mine_of(request)):
            raise PermissionDenied
        return redirect("panel_figures:cluster", mine[0].slug)
    return pages.show_to_staff(request, nation(), **frame_of(request, mine_of(request)))


@desk
def figures_export(request, form):
    return pages.export(request, nation_of(request), form)


@desk
def entries(request):
    return pages.show_entries(
        request, nation_of(request), "figures/admin/figure_entries.html", **frame_of(request, mine_of(request))
    )


@desk
def entries_export(request, form):
    return pages.export_entries(request, nation_of(request), form)


@desk
def cluster(request, slug):
    mine = mine_of(request)
    scope = scope_of(request, slug, mine)
    context = frame_of(request, mine) | years_of(scope.cluster, request.user)
    return pages.show_to_staff(request, scope, **context)


@desk
def cluster_export(request, slug, form):
    return pages.export(request, scope_of(request, slug, mine_of(request)), form)


@desk
def cluster_entries(request, slug):
    mine = mine_of(request)
    scope = scope_of(request, slug, mine)
    return pages.show_entries(request, scope, "figures/admin/figure_entries.html", **frame_of(request, mine))


@desk
def cluster_entries_export(request, slug, form):
    return pages.export_entries(request, scope_of(request, slug, mine_of(request)), form)


def nation_of(request):
    if not can_read_the_nation(request.user):
        raise PermissionDenied
    return nation()


def mine_of(request) -> list[Cluster]:
    """Return the clusters whose figures the user reads."""
    reader = admin.site.reads_as(request.user)
    return ask(reader, "clusters of figures", lambda: Cluster.objects.visible_to(request.user).order_by("name"))


def scope_of(request, slug, mine):
    """Return the scope of one of these clusters. Raise Http404 for a cluster that the user may not see."""
    found = next((cluster for cluster in mine if cluster.slug == slug), None)
    return of_cluster(found or record_at(Cluster.objects.visible_to(request.user), slug))


def frame_of(request, mine: list[Cluster]) -> dict:
    return {
        **admin.site.each_context(request),
        "others": mine if len(mine) > 1 else [],
        "reads_the_nation": can_read_the_nation(request.user),
    }


def years_of(cluster: Cluster, user) -> dict:
    """Return the cluster's closed years, including reopened ones, and what the user may do."""
    years = ClosedYear.objects.filter(cluster=cluster).select_related(
        "closed_by", "closed_for", "reopened_by", "reopened_for"
    )
    return {
        "closed_years": [
            (one, Dates(datetime.date(one.year, 12, 31), timezone.localdate(one.closed_at))) for one in years
        ],
        "may_close": can_close(cluster, user),
        "may_reopen": can_coordinate(cluster, user),
    }
