"""What chairs lend to the pages of the apps below: counts and lists of a cluster's chairs."""

from django import template
from django.db.models import Count

from chairs.models import Chair

register = template.Library()

# A cluster's page shows this many; the list of chairs has the rest.
CHAIRS_SHOWN = 24


@register.simple_tag(takes_context=True)
def chair_count(context, cluster) -> int:
    """Return how many chairs of the cluster are public. One query serves all the clusters of a page."""
    counts = context.render_context.get(chair_count)
    if counts is None:
        rows = Chair.objects.published().order_by().values_list("cluster").annotate(Count("pk"))
        counts = context.render_context[chair_count] = dict(rows)
    return counts.get(cluster.pk, 0)


@register.inclusion_tag("chairs/_cluster_chairs.html", takes_context=True)
def cluster_chairs(context, cluster):
    """Show the cluster's public chairs."""
    chairs = Chair.objects.published().filter(cluster=cluster)
    return {
        "request": context.get("request"),
        "cluster": cluster,
        "chairs": chairs.with_page_data()[:CHAIRS_SHOWN],
        "total": chairs.count(),
        "shown": CHAIRS_SHOWN,
    }
