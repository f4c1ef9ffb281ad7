"""How figures are written in pages, and the blocks that they lend to the pages of other apps."""

from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.formats import date_format

from core.money import euros, number
from figures.enums import Measure
from figures.formatting import ratio
from figures.query import read
from figures.scopes import public
from figures.sums import leverage
from figures.tables import Cell, Sort
from sponsorships.published import shown_in

register = template.Library()

WRITTEN = {
    Sort.EUROS: euros,
    Sort.NUMBER: number,
    Sort.RATIO: ratio,
    Sort.DATE: date_format,
    Sort.TEXT: str,
}


@register.filter
def written(cell: Cell) -> str:
    """Show a value as the reader's language writes its sort; a dash where there is none."""
    if cell.value is None:
        return "—"
    return WRITTEN[cell.column.sort](cell.value)


@register.filter
def is_number(cell: Cell) -> bool:
    return cell.column.sort not in (Sort.TEXT, Sort.DATE)


@dataclass
class Told:
    """Public sums of one record, of real or of made-up sponsorships: pairs with the address of their entries."""

    is_made_up: bool
    amounts: list[tuple[str, Decimal, str]]
    leverage: str = ""


def told(narrowed: dict, grant: Decimal | None = None) -> list[Told]:
    """Return what the public may read, real records apart from made-up ones; nothing where nobody publishes an amount."""
    scope = public()
    return [
        one
        for records in ("real", "demonstration")
        if (one := _told(scope, {**narrowed, "records": records}, grant)) is not None
    ]


def _told(scope, query: dict, grant: Decimal | None) -> Told | None:
    asked = read(scope, query)
    figures = asked.sums.total()
    if not figures.entries:
        return None
    shown = [one for one in scope.measures if figures[one] or one in (Measure.AGREED, Measure.RECEIVED)]
    on = asked.day.isoformat()
    amounts = [(scope.said(one), figures[one], scope.url("entries", on=on, figure=one.value, **query)) for one in shown]
    return Told(query["records"] == "demonstration", amounts, ratio(leverage(figures[Measure.RECEIVED], grant)))


@register.inclusion_tag("figures/_chair_block.html")
def chair_figures(chair):
    """Show a chair's public money: its grant, what partners publish, and which clusters share it."""
    shares = chair.shares.select_related("cluster") if chair.has_shares else []
    in_force = shares and chair.pk in shares.in_force()
    # Most chairs have no sponsor who is named: of those there is nothing to add up.
    parts = told({"chair": str(chair.pk)}, chair.public_grant) if shown_in(chair) else []
    return {"chair": chair, "parts": parts, "shares": shares if in_force else []}


@register.inclusion_tag("figures/_block.html")
def partner_figures(partner):
    """Show what a partner publishes, over all its sponsorships."""
    return {"parts": told({"partner": partner.slug}), "key": "partner"}


@register.inclusion_tag("figures/_block.html")
def cluster_figures(cluster):
    """Show what partners add to a cluster's grant, as far as they publish it; of shared chairs, its part."""
    return {"parts": told({"cluster": cluster.slug}, cluster.public_grant), "key": "cluster", "more": True}
