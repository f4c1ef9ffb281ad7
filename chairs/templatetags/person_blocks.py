"""All that is known of a person, on their page in the panel: their chairs, in which roles, and whether they agreed to be named."""

from django import template

from chairs.models import Appointment, Chair

register = template.Library()


@register.inclusion_tag("chairs/admin/_of_person.html")
def person_desk(person, user):
    """Show a person's places in the chairs that the reader sees; another cluster's draft is not told of."""
    chairs = Chair.objects.visible_to(user).order_by().values("pk")
    posts = Appointment.objects.filter(person=person, chair__in=chairs).select_related("chair__cluster", "affiliation")
    return {"posts": posts.order_by("-starts_on", "pk")}
