"""What is said of agreements on other pages."""

from django import template

from partners.models import Agreement

register = template.Library()


@register.inclusion_tag("my/_agreements.html")
def sponsorship_agreements(sponsorship, user):
    """Show the agreements of a sponsorship that this person may read, each leading to its page."""
    agreements = Agreement.objects.visible_to(user).filter(sponsorship=sponsorship).order_by("number")
    return {"agreements": agreements}
