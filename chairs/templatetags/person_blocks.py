"""A tag for a person's page in the panel: their chairs and roles, and whether they agreed to be named."""

from django import template

from chairs.models import Appointment, Chair

register = template.Library()


@register.inclusion_tag("chairs/admin/_of_person.html")
def person_desk(person, user):
    """Show a person's appointments in the chairs that the user sees; another cluster's drafts are left out."""
    chairs = Chair.objects.visible_to(user).order_by().values("pk")
    posts = Appointment.objects.filter(person=person, chair__in=chairs).select_related("chair__cluster", "affiliation")
    return {"posts": posts.order_by("-starts_on", "pk")}
