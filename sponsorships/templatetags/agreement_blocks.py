"""Blocks about agreements for other pages."""

from django import template

from sponsorships.four_eyes import decisions, switched_off
from sponsorships.models import Agreement

register = template.Library()


@register.inclusion_tag("sponsorships/my/_agreements.html")
def sponsorship_agreements(sponsorship, user):
    """Show the agreements of a sponsorship that this person may read, each leading to its page."""
    agreements = list(Agreement.objects.visible_to(user).filter(sponsorship=sponsorship).order_by("number"))
    for agreement in agreements:
        agreement.sponsorship = sponsorship
    return {"agreements": agreements}


@register.inclusion_tag("sponsorships/admin/_who_decided.html")
def who_decided(sponsorship):
    """Show staff who did which step about the money, and whether the cluster asks for two people."""
    cluster = sponsorship.chair.cluster
    needs_two = cluster.needs_four_eyes
    return {
        "steps": decisions(sponsorship),
        "needs_two": needs_two,
        "switched_off": None if needs_two else switched_off(cluster),
    }
