"""What partners lend to the chairs' pages: an activity's money and a chair's sponsors."""

from django import template

from partners.enums import Confidentiality
from partners.models import Sponsorship
from partners.money import money_of, with_money

register = template.Library()


@register.simple_tag
def activities_with_money(activities):
    """Answer the activities, each with its `money`, in two queries for the whole list.

    Usage: {% activities_with_money page.object_list as activities %} … {% activity_money activity %}
    """
    return with_money(activities)


@register.inclusion_tag("partners/_activity_money.html")
def activity_money(activity):
    """Show target, agreed, pending, remaining and state. In a list, use `activities_with_money` first."""
    return {"activity": activity, "money": money_of(activity)}


@register.inclusion_tag("partners/_chair_sponsors.html")
def chair_sponsors(chair):
    """Show the partners that fund the chair and agreed to be named; the others leave no trace."""
    shown = (
        Sponsorship.objects.agreed()
        .filter(chair=chair, confidentiality__in=[Confidentiality.PUBLIC, Confidentiality.NAME_ONLY])
        .select_related("partner")
        .order_by("partner__name_key", "pk")
    )
    sponsors: dict = {}
    for sponsorship in shown:
        row = sponsors.setdefault(sponsorship.partner_id, {"partner": sponsorship.partner, "amounts": []})
        if sponsorship.confidentiality == Confidentiality.PUBLIC:
            row["amounts"].append(sponsorship.amount)
    return {"sponsors": list(sponsors.values())}
