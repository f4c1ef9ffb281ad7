"""Template tags about agreements, for other pages."""

from django import template

from sponsorships.four_eyes import decisions, switched_off
from sponsorships.models import Agreement

register = template.Library()


@register.inclusion_tag("sponsorships/my/_agreements.html")
def sponsorship_agreements(sponsorship, user):
    """Show the agreements of a sponsorship that the user may read, each with a link."""
    agreements = list(Agreement.objects.visible_to(user).filter(sponsorship=sponsorship).order_by("number"))
    for agreement in agreements:
        agreement.sponsorship = sponsorship
    return {"agreements": agreements}


@register.inclusion_tag("sponsorships/admin/_who_decided.html")
def who_decided(sponsorship):
    """Show staff who made which decision about the money, and whether the cluster needs two people."""
    cluster = sponsorship.chair.cluster
    needs_two = cluster.needs_four_eyes
    return {
        "steps": decisions(sponsorship),
        "needs_two": needs_two,
        "switched_off": None if needs_two else switched_off(cluster),
    }
