"""Template tags about money for the chairs' pages: an activity's money and a chair's sponsors."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.money import euros
from core.prepared import Argument, Prepared
from sponsorships.accounting.activity_money import money_of, public_money_of, published_sums, with_public_money
from sponsorships.chair_endings import described
from sponsorships.enums import UNDECIDED_STATUSES
from sponsorships.linked_data import chair_script
from sponsorships.models import Endorsement, SupportingDocument
from sponsorships.proposals.remarks import last_remarks
from sponsorships.proposals.submissions import changes, last_two
from sponsorships.published import public_amounts, shown_in, shown_then

register = template.Library()


@register.simple_tag
def opportunities_with_money(opportunities) -> SafeString:
    """Return the HTML items of a list of opportunities, each with the amounts that its partners publish."""
    sums = published_sums([opportunity.pk for opportunity in opportunities])
    return format_html_join(
        "",
        "<li>{}{}{}</li>",
        ([one.before_money, _published(sums.get(one.pk, {})), one.after_money] for one in opportunities),
    )


def _published(sums: dict) -> SafeString:
    """Return the published amounts as HTML, like those in _activity_public_money.html."""
    figures = [
        (_("Published by partners"), sums.get("given")),
        (_("In kind and skills, shown separately"), sums.get("given_otherwise")),
    ]
    shown = [(label, euros(amount)) for label, amount in figures if amount]
    return format_html_join("", '<div><dt>{}</dt><dd class="amount">{}</dd></div>', shown)


def open_and_closed(activities) -> dict:
    """Return a chair's activities with `public_money`, split into open and closed ones."""
    found = with_public_money(activities)
    return {
        "open": [activity for activity in found if activity.public_money.is_open],
        "closed": [activity for activity in found if not activity.public_money.is_open],
    }


@register.inclusion_tag("sponsorships/_activity_public_money.html")
def activity_money(activity):
    """Show the state and target of an activity, and what partners publish. For a list, call `with_public_money` first."""
    return {"activity": activity, "money": public_money_of(activity)}


@register.inclusion_tag("sponsorships/_activity_money.html")
def exact_activity_money(activity):
    """Show every figure of an activity. Only for those who may read its proposals, such as its investigators."""
    return {"activity": activity, "money": money_of(activity)}


@register.inclusion_tag("sponsorships/_chair_support.html")
def chair_support(chair, investigators=(), fund_url: str = ""):
    """Show what a funder needs: open activities, sponsors, and investigators to contact; nothing if there are none.

    `investigators` are the appointments of chair holders who may be named; `fund_url` is the address of the proposal
    form, empty if the chair takes no proposals.
    """
    posted = open_and_closed(chair.activities.all())
    return {
        **posted,
        "chair": chair,
        "sponsors": sponsors_of(shown_in(chair)),
        "investigators": investigators,
        "fund_url": fund_url,
    }


register.simple_tag(chair_script, name="chair_linked_data")


@register.inclusion_tag("sponsorships/_chair_support.html")
def chair_support_then(chair, day):
    """Show the partners that had agreed to fund the chair by a day."""
    return {"chair": chair, "sponsors": sponsors_of(shown_then(chair, day))}


def sponsors_of(sponsorships) -> list[dict]:
    """Return the partners of public sponsorships without repeats, each with its amounts and whether its logo shows."""
    sponsors: dict = {}
    for sponsorship in sponsorships:
        new = {"partner": sponsorship.partner, "amounts": [], "has_logo": False}
        row = sponsors.setdefault(sponsorship.partner_id, new)
        row["amounts"].append(public_amounts(sponsorship))
        row["has_logo"] |= sponsorship.shows_logo and bool(sponsorship.partner.logo)
    return list(sponsors.values())


@register.inclusion_tag("sponsorships/_logo.html")
def partner_logo(partner):
    """Show a partner's logo, if it may be public."""
    is_shown = type(partner).objects.with_public_logo().filter(pk=partner.pk).exists()
    return {"partner": partner, "is_shown": is_shown}


@register.filter
def published_amounts(sponsorship) -> dict:
    """Return the amounts of a sponsorship that may be published (see `sponsorships.published`)."""
    return public_amounts(sponsorship)


@register.inclusion_tag("sponsorships/_against_target.html")
def against_target(sponsorship):
    """Compare the cash of a proposal with the publicly known remaining target of its activity, and warn if it is more.

    The exact remaining need would reveal private amounts of other partners: staff tell it instead.
    """
    if sponsorship.activity is None:
        return {}
    money, offered = public_money_of(sponsorship.activity), sponsorship.cash_amount or 0
    return {
        "activity": sponsorship.activity,
        "money": money,
        "offered": offered,
        "is_over": offered > money.left,
    }


@register.inclusion_tag("sponsorships/_changes.html")
def changes_since_last_time(sponsorship):
    """Show what changed between the last two submissions of a proposal; nothing if it was sent once."""
    both = last_two(sponsorship)
    return {"submissions": both, "changes": changes(*(one.data for one in both)) if both else []}


@Prepared
def _endorsements():
    return Endorsement.objects.standing().filter(sponsorship=Argument("sponsorship")).select_related("by")


@register.inclusion_tag("sponsorships/_endorsements.html")
def sponsorship_endorsements(sponsorship):
    """Show which investigators endorsed a proposal, with their words, to staff and investigators.

    While the proposal can be endorsed, say also that nobody has.
    """
    return {
        "endorsements": _endorsements(sponsorship=sponsorship.pk),
        "is_open": sponsorship.status in UNDECIDED_STATUSES,
    }


@register.inclusion_tag("sponsorships/_remarks_asked.html")
def remarks_asked(sponsorship):
    """Show staff the remarks of their last request for changes, beside what changed."""
    return {"remarks": last_remarks(sponsorship)}


@Prepared
def _documents():
    return SupportingDocument.objects.current().filter(sponsorship=Argument("sponsorship"))


@register.inclusion_tag("sponsorships/_documents.html")
def documents(sponsorship):
    """List the supporting documents of a proposal, each as a download."""
    return {"sponsorship": sponsorship, "documents": _documents(sponsorship=sponsorship.pk)}


@register.inclusion_tag("sponsorships/_pending_proposals.html")
def pending_proposals(activity):
    """List the undecided proposals for an activity, to those who may close it: staff and the chair's investigators."""
    undecided = activity.sponsorships.undecided().select_related("partner", "chair").order_by("submitted_at", "pk")
    return {"proposals": [described(one) for one in undecided]}
