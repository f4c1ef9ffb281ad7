"""Tags that show consents on a person's own pages."""

from django import template

from chairs.consent.answers import ANSWERABLE_STATUSES
from chairs.models import Appointment
from clusters.enums import Origin
from core.prepared import Argument, Prepared
from core.text import fold

register = template.Library()


@Prepared
def _answerable():
    return (
        Appointment.objects.exclude(chair__origin=Origin.SOURCED)
        .exclude(named_by_source=True)
        .filter(person__user=Argument("user"), chair__status__in=ANSWERABLE_STATUSES)
        .select_related("chair__cluster")
        .order_by("pk")
    )


@register.inclusion_tag("chairs/my/_consents.html")
def my_consents(user):
    """Show the chairs that wait for this person's answer, and those in which they agreed. One query."""
    posts = sorted(_answerable(user=user.pk), key=lambda post: fold(post.chair.title))
    return {
        "waiting": [post for post in posts if post.consent_given_on is None],
        "named": [post for post in posts if post.consent_given_on is not None],
    }
