"""Tags and filters that show figures on pages, also on those of other apps."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.enums import Origin
from core.addresses import address_of
from figures import html
from figures.catalogue.registry import DATED
from figures.dated import Dates
from figures.enums import Measure
from figures.formatting import ratio, short_euros
from figures.kept import KeptSums
from figures.maps import Place, france
from figures.scopes import public, public_entries, published_sponsorships
from figures.sums import Figures, leverage
from figures.tables import Cell, Table
from sponsorships.accounting.sums import total
from sponsorships.published import public_amounts, shown_in

register = template.Library()

register.filter("written", html.written)


@register.filter
def is_number(cell: Cell) -> bool:
    return cell.column.sort not in html.WORDS


@register.simple_tag
def figure_address(slug: str, dates: Dates | str = "") -> str:
    """Return the address of a figure's own page, as of the day that its reader asked for if the figure has a past."""
    is_asked = isinstance(dates, Dates) and (dates.on != timezone.localdate() or dates.known is not None)
    return address_of("figures:figure", slug) + (f"?{dates.address}" if is_asked and slug in DATED else "")


@register.simple_tag
def figures_table(table: Table, key: str, is_public: bool):
    """Show a table of figures."""
    return html.table_html(table, key, is_public)


@register.simple_tag
def figures_list(table: Table):
    """Show the sums of a part of the page as a list."""
    return html.list_html(table)


@register.simple_tag
def map_of_clusters(clusters) -> str:
    """Show the clusters at their cities, with links; the larger the grant, the larger the circle."""
    places = [
        Place(
            str(cluster),
            short_euros(float(cluster.public_grant)),
            float(cluster.latitude),
            float(cluster.longitude),
            float(cluster.public_grant),
            cluster.get_absolute_url(),
        )
        for cluster in clusters
        if cluster.latitude is not None and cluster.longitude is not None
    ]
    return france(_("The clusters on a map of France"), _("The larger the circle, the larger the grant."), places)


@register.filter
def in_short(amount) -> str:
    """Return an amount in short form: €75M, 75 M€."""
    return short_euros(float(amount))


@dataclass
class Told:
    """The public sums of a record, from real or from made-up sponsorships: label, amount, and URL of the entries."""

    is_made_up: bool
    amounts: list[tuple[str, Decimal, str]]
    leverage: str = ""


def told(
    query: dict,
    sums: dict[bool, Figures],
    grant: Decimal | None = None,
    *,
    is_grant_made_up: bool = False,
    day: datetime.date | None = None,
) -> list[Told]:
    """Return the public sums, real ones apart from made-up ones; an empty list if no amount is public.

    Made-up money is never divided by a real grant, nor real money by a made-up one.
    """
    scope, on = public(), (day or timezone.localdate()).isoformat()
    found = []
    for is_made_up in (False, True):
        figures = sums.get(is_made_up)
        if figures is None or not figures.entries:
            continue
        asked = {**query, "records": "demonstration" if is_made_up else "real"}
        shown = [one for one in scope.measures if figures[one] or one in (Measure.AGREED, Measure.RECEIVED)]
        amounts = [
            (scope.said(one), figures[one], scope.url("entries", on=on, figure=one.value, **asked)) for one in shown
        ]
        divisor = grant if is_made_up == is_grant_made_up else None
        found.append(Told(is_made_up, amounts, ratio(leverage(figures[Measure.RECEIVED], divisor))))
    return found


def _by_origin(sponsorships, day: datetime.date | None = None) -> dict[bool, Figures]:
    """Return the public sums of these sponsorships on a day (today by default), by whether they are made up."""
    found: dict[bool, Figures] = defaultdict(Figures)
    # A plain list of keys: SQLite overestimates a subquery, and would start with the whole ledger.
    entries = public_entries(sponsorships).on(day or timezone.localdate()).order_by()
    rows = entries.values("kind", "contribution", "sponsorship__origin").annotate(sum=total(), number=Count("pk"))
    for row in rows:
        figures = found[row["sponsorship__origin"] == Origin.DEMONSTRATION]
        figures.entries += row["number"]
        figures.amounts[Measure.of(row["kind"], row["contribution"])] += row["sum"]
    return found


@register.inclusion_tag("figures/_chair_block.html")
def chair_figures(chair, day=None):
    """Show a chair's public money, today or on a past day: its grant, what partners publish, and the clusters' shares."""
    shares = chair.shares.select_related("cluster") if chair.has_shares else []
    in_force = shares and chair.pk in shares.in_force(day)
    # Most chairs have no named sponsor, and nothing to add up. Filtered by the sponsorships' keys: by the chair, SQLite
    # would start with every entry of the ledger.
    telling = [one.pk for one in shown_in(chair) if "cash" in public_amounts(one)]
    is_made_up, asked = chair.origin == Origin.DEMONSTRATION, {"chair": str(chair.pk)}
    sums = _by_origin(telling, day) if telling else {}
    parts = told(asked, sums, chair.public_grant, is_grant_made_up=is_made_up, day=day)
    return {"chair": chair, "parts": parts, "shares": shares if in_force else []}


@register.inclusion_tag("figures/_block.html")
def partner_figures(partner):
    """Show what a partner publishes, over all its sponsorships."""
    telling = published_sponsorships().filter(partner=partner).order_by().values("pk")
    return {"parts": told({"partner": partner.slug}, _by_origin(telling)), "key": "partner"}


@register.inclusion_tag("figures/_block.html")
def cluster_figures(cluster, day=None):
    """Show what partners publish that they add to a cluster's grant, today or by a day; of shared chairs, the cluster's part."""
    kept = KeptSums(day or timezone.localdate(), cluster.pk, is_public=True)
    sums = {is_made_up: kept.only(is_made_up).total() for is_made_up in (False, True)}
    return {
        "parts": told({"cluster": cluster.slug}, sums, cluster.public_grant, day=day),
        "key": "cluster",
        "more": True,
    }
