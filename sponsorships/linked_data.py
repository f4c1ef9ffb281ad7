"""Linked data about money: a chair's open activities, and what partners publish (see core/linked_data.py)."""

from django.conf import settings
from django.utils.safestring import SafeString

from chairs.linked_data import chair_node, chair_of, course_nodes, output_nodes
from chairs.models import Activity, Chair
from chairs.templatetags.chair_pages import People
from clusters.linked_data import about, present, reference, site, words
from clusters.origins import is_told
from core.addresses import address_of
from core.linked_data import Node, euros_of, identity, node, script
from partners.models import Partner
from sponsorships.models import Sponsorship
from sponsorships.published import public_amounts, shown_in


def chair_script(chair: Chair, people: People) -> SafeString:
    """Return the JSON-LD of a chair's page: the chair, its partners, open activities, teaching and latest outputs.

    Each activity of the chair already has `public_money`, set by the page. Empty for an unpublished chair.
    """
    if not is_told(chair):
        return SafeString("")
    in_team = [post for group in people.team for post in group.named]
    open_now = [one for one in chair.activities.all() if one.public_money.is_open]
    partners = dict.fromkeys(sponsorship.partner for sponsorship in shown_in(chair))
    said = chair_node(
        chair,
        [*people.named, *in_team, *people.former],
        funder=present(map(_partner_of, partners)),
        funding=[_activity(activity, chair) for activity in open_now],
    )
    return script(said, *course_nodes(chair), *output_nodes(chair, chair.outputs.all()))


def _activity(activity: Activity, chair: Chair) -> Node:
    """Return the node of an activity that takes proposals: its target, and its anchor on the chair's page."""
    path = f"{chair.get_absolute_url()}#activity-{activity.pk}"
    return node(
        "MonetaryGrant",
        id_=identity(path),
        name=words(activity, "title"),
        url=settings.SITE_URL + path,
        amount=euros_of(activity.target),
    )


def partner_script(partner: Partner) -> SafeString:
    """Return the JSON-LD of a partner's page: the partner, and each grant as the partner chose to publish it."""
    if not is_told(partner):
        return SafeString("")
    said = about(
        "Organization",
        partner,
        str(partner),
        page_of(partner),
        keywords=partner.get_sector_display(),
        sameAs=site(partner.website),
    )
    grants = [_grant(sponsorship) for sponsorship in partner.shown if is_told(sponsorship)]
    return script(said, *present(grants))


def _partner_of(partner: Partner) -> Node | None:
    return reference("Organization", partner, path=page_of(partner))


def page_of(partner: Partner) -> str:
    """Return the address of a partner's public page."""
    return address_of("sponsorships:partner_detail", partner.slug)


def _grant(sponsorship: Sponsorship) -> Node | None:
    chair = chair_of(sponsorship.chair)
    if chair is None:
        return None
    amounts = public_amounts(sponsorship)
    return node(
        "MonetaryGrant",
        name=words(sponsorship.activity or sponsorship.chair, "title"),
        # Contributions in kind or skills are not money; a band is a sentence, not a number.
        amount=euros_of(amounts.get("cash")),
        description=amounts.get("cash_band", ""),
        funder=_partner_of(sponsorship.partner),
        fundedItem=chair,
    )
