"""Tags that show chairs on pages of the apps below: counts and lists of a cluster's chairs."""

from django import template

from chairs.cards.directory import directory
from chairs.cards.numbers import Number
from chairs.cards.people import chairs_of_cluster
from chairs.cards.reading import entries_of
from chairs.cards.sorting import Sort
from chairs.models import Chair, TeachingElement
from chairs.models.chair_queryset import in_order_of_title
from chairs.past import public_on
from core.languages import content_language

register = template.Library()

# A cluster's page shows this many; the list of chairs has the rest.
CHAIRS_SHOWN = 12


@register.simple_tag(takes_context=True)
def chair_count(context, cluster) -> Number:
    """Return the number of the cluster's public chairs. The directory is read once per page."""
    if chair_count not in context.render_context:
        context.render_context[chair_count] = directory()
    return chairs_of_cluster(context.render_context[chair_count], cluster.pk)


@register.inclusion_tag("chairs/_cluster_chairs.html", takes_context=True)
def cluster_chairs(context, cluster):
    """Show the cluster's public chairs."""
    chairs = directory()
    of_cluster = chairs.any_of([f"cluster={cluster.pk}"])
    first = chairs.page([of_cluster], Sort("", content_language()), 0, CHAIRS_SHOWN)
    return {
        "request": context.get("request"),
        "cluster": cluster,
        "entries": entries_of(first),
        "total": len(of_cluster),
        "shown": CHAIRS_SHOWN,
    }


@register.inclusion_tag("chairs/_cluster_chairs_then.html")
def cluster_chairs_then(cluster, day):
    """Show the cluster's chairs that are public now and were public on a past day."""
    found = public_on(Chair.objects.filter(cluster=cluster.pk), day)
    first = found.select_related("cluster").order_by(*in_order_of_title())[:CHAIRS_SHOWN]
    return {"chairs": first, "total": found.order_by().count(), "day": day}


@register.inclusion_tag("chairs/_programme_chairs.html")
def programme_chairs(programme):
    """Show the public chairs that teach in a training programme, with what each teaches there."""
    published = Chair.objects.published().order_by().values("pk")
    elements = TeachingElement.objects.filter(programme=programme.pk, chair__in=published)
    return {"elements": elements.select_related("chair__cluster").order_by("chair", "-year", "pk")}
