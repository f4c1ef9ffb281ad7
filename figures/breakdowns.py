"""The tables of a page of figures, each from the sums of one grouping."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from chairs.models import Activity, Chair
from chairs.shares import divide
from clusters.enums import Origin
from clusters.models import Cluster
from core.text import name_key
from figures import tables
from figures.dated import Dates
from figures.enums import Grouping, Made, Measure
from figures.formatting import quarter
from figures.kept import KeptSums
from figures.lists import Listed, Pages
from figures.query import quarter_name
from figures.scopes import Scope
from figures.sums import Figures, Sums, leverage
from figures.tables import Row, Table, of_measure
from partners.models import Partner
from sponsorships.accounting.figures import highest
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import SponsorshipStatus

M = Measure
MONTHS = 3
# Each title is sorted twice per page, and again at the next visit.
_order_of = lru_cache(maxsize=1000)(name_key)


@dataclass
class Book:
    """The sums of a page, or of its part with real or with made-up records."""

    scope: Scope
    sums: Sums | KeptSums
    dates: Dates
    # Either "real" or "demonstration"; empty for all records.
    records: str = ""
    # Which pages of the long lists are shown.
    pages: Pages = field(default_factory=Pages)
    # For made-up records: the made-up grants, by cluster.
    made_up_grants: dict[int, Decimal] = field(default_factory=dict)

    @cached_property
    def entries_url(self) -> str:
        return self.scope.url("entries", **self.dates.query, records=self.records)

    @cached_property
    def listed(self) -> Listed:
        return Listed(self.scope, self.dates, self.pages)

    @cached_property
    def divided(self) -> Sums | KeptSums:
        """The sums to divide by grants: made-up money is never divided by a real grant."""
        return self.sums if self.records else self.sums.only(is_made_up=False)

    @property
    def divided_together(self) -> Figures:
        """The sums to divide by all grants together; of made-up money, only clusters with a made-up grant."""
        if self.records != "demonstration":
            return self.divided.total()
        found = self.divided.by(Grouping.CLUSTER)
        return sum((found[pk] for pk in self.made_up_grants if pk in found), Figures())

    def grant(self, cluster: Cluster) -> Decimal | None:
        return self.made_up_grants.get(cluster.pk) if self.records == "demonstration" else cluster.public_grant

    def grants(self, clusters: list[Cluster]) -> Decimal | None:
        """Return the sum of the clusters' grants; None if none has a grant."""
        stated = [grant for cluster in clusters if (grant := self.grant(cluster)) is not None]
        return sum(stated, ZERO) if stated else None

    def table(self, code: str, title: str, columns, rows, **more) -> Table:
        shown = [column for column in columns if column.measure is None or column.measure in self.scope.measures]
        table = Table(code, title, shown, rows, self.entries_url, pager=self.pages.pagers.get(code), **more)
        if self.records == "demonstration":
            # Marked as made up, even a row without entries.
            for one in [*rows, *filter(None, [table.foot])]:
                one.made = Made.YES
        return table

    def columns(self, *measures: Measure):
        return [of_measure(measure, self.scope.said(measure)) for measure in measures]


def row(name: str, figures: Figures, query: dict | None, url: str = "", **values) -> Row:
    return Row(name, figures, values, query, url, figures.made)


def with_leverage(figures: Figures, grant: Decimal | None, divided: Figures | None = None) -> dict:
    """Return a grant and the ratios of money to it.

    `divided` has the money of the grant's kind, real or made up; by default, `figures`.
    """
    divided = figures if divided is None else divided
    divisor = None if figures.entries and not divided.entries else grant
    return {
        "public_grant": grant,
        "leverage": leverage(divided[M.RECEIVED], divisor),
        "leverage_agreed": leverage(divided[M.AGREED], divisor),
    }


def headline(book: Book, clusters: list[Cluster] | None = None) -> Table:
    """Return the table of totals: one row, shown as a list, with the grants of these clusters."""
    figures = book.sums.total()
    columns = [tables.NAME, tables.SPONSORSHIPS, *book.columns(*M)]
    values = {"sponsorships": figures.sponsorships}
    if clusters is not None:
        columns += [tables.GRANT, tables.LEVERAGE, tables.LEVERAGE_AGREED]
        values |= with_leverage(figures, book.grants(clusters), book.divided_together)
    return book.table("total", _("Totals"), columns, [row(_("Total"), figures, {}, **values)])


def clusters(book: Book, every: list[Cluster]) -> Table:
    """Return grants and what partners add, by cluster. Shared chairs are divided; the total counts each once."""
    found, divided = book.sums.by(Grouping.CLUSTER), book.divided.by(Grouping.CLUSTER)
    rows = [
        row(
            str(cluster),
            figures := found.get(cluster.pk, Figures()),
            {"cluster": cluster.slug},
            cluster.get_absolute_url(),
            sponsorships=figures.sponsorships,
            **with_leverage(figures, book.grant(cluster), divided.get(cluster.pk, Figures())),
        )
        for cluster in every
    ]
    rows.sort(key=lambda one: (-(one.values["public_grant"] or 0), one.name))
    whole = book.sums.total()
    ratios = with_leverage(whole, book.grants(every), book.divided_together)
    foot = row(_("National"), whole, {}, sponsorships=whole.sponsorships, **ratios)
    columns = [
        tables.named(_("Cluster")),
        tables.GRANT,
        *book.columns(M.AGREED, M.RECEIVED),
        tables.LEVERAGE_AGREED,
        tables.LEVERAGE,
    ]
    return book.table("clusters", _("Leverage by cluster"), columns, rows, foot=foot)


def pipeline(book: Book) -> Table:
    """Return sponsorships by status, in the order of the lifecycle; empty statuses are left out."""
    found = book.sums.by(Grouping.STATUS)
    rows = [
        row(
            book.scope.said(status),
            found[status],
            {"status": status.value},
            sponsorships=found[status].sponsorships,
        )
        for status in SponsorshipStatus
        if status in found
    ]
    columns = [tables.named(_("Status")), tables.SPONSORSHIPS, *book.columns(M.ASKED, M.AGREED)]
    return book.table("pipeline", _("Sponsorships by status"), columns, rows)


def quarters(book: Book) -> Table:
    """Return agreed and received cash by quarter, without gaps, with the running totals."""
    found = book.sums.by(Grouping.QUARTER)
    agreed = received = ZERO
    rows = []
    for first in _every_quarter(found):
        figures = found.get(first, Figures())
        agreed, received = agreed + figures[M.AGREED], received + figures[M.RECEIVED]
        so_far = {"agreed_so_far": agreed, "received_so_far": received}
        rows.append(row(quarter(first), figures, {"quarter": quarter_name(first)}, **so_far))
    columns = [
        tables.named(_("Quarter")),
        *book.columns(M.AGREED, M.RECEIVED),
        tables.AGREED_SO_FAR,
        tables.RECEIVED_SO_FAR,
    ]
    return book.table("quarters", _("Agreed against received, by quarter"), columns, rows)


def years(book: Book) -> Table:
    """Return agreed and received cash by calendar year, without gaps."""
    found: dict[int, Figures] = {}
    for first, figures in book.sums.by(Grouping.QUARTER).items():
        if figures[M.AGREED] or figures[M.RECEIVED]:
            found[first.year] = found.get(first.year, Figures()) + figures
    every = range(min(found), max(found) + 1) if found else ()
    rows = [row(str(year), found.get(year, Figures()), None) for year in every]
    columns = [tables.named(_("Year")), *book.columns(M.AGREED, M.RECEIVED)]
    return book.table("years", _("Partners’ money by year"), columns, rows, foot=_foot(book) if rows else None)


def _every_quarter(found) -> list[datetime.date]:
    """Return the first days of all quarters from the first to the last with agreed or received cash."""
    moved = [day for day, figures in found.items() if figures[M.AGREED] or figures[M.RECEIVED]]
    if not moved:
        return []
    first, last = min(moved), max(moved)
    count = ((last.year - first.year) * 12 + last.month - first.month) // MONTHS + 1
    months = [first.year * 12 + first.month - 1 + MONTHS * number for number in range(count)]
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in months]


def chairs(book: Book, url: Callable[[Chair], str]) -> Table:
    records = book.listed.records("chairs")
    found = book.listed.sums(Grouping.CHAIR, records)
    rows = []
    for chair in records:
        figures = found[chair.pk]
        # A chair's grant is real or made up like the chair, and only divides money of the same kind.
        is_alike = figures.made == (Made.YES if chair.origin == Origin.DEMONSTRATION else Made.NO)
        ratios = with_leverage(figures, _part_of_grant(book, chair), figures if is_alike else Figures())
        values = {"cluster": str(chair.cluster), **ratios}
        rows.append(row(str(chair), figures, {"chair": chair.pk}, url(chair), **values))
    rows.sort(key=lambda one: _order_of(one.name))
    grant = [] if book.scope.is_public or book.scope.partner else [tables.GRANT, tables.LEVERAGE]
    cluster = [] if book.scope.cluster else [tables.CLUSTER]
    columns = [tables.named(_("Chair")), *cluster, *book.columns(*M), *grant]
    return book.table("chairs", _("By chair"), columns, rows, foot=_foot(book))


def _part_of_grant(book: Book, chair: Chair) -> Decimal | None:
    """Return the chair's public grant, or the cluster's share of it; None if there is no grant."""
    cluster, shares = book.scope.cluster, book.listed.shares.get(chair.pk)
    if chair.public_grant is None or cluster is None or not shares:
        return chair.public_grant

    return divide(chair.public_grant, shares, chair.cluster_id).get(cluster.pk)


def partners(book: Book, url: Callable[[Partner], str]) -> Table:
    records = book.listed.records("partners")
    found = book.listed.sums(Grouping.PARTNER, records)
    rows = [row(one.name, found[one.pk], {"partner": one.slug}, url(one)) for one in records]
    return book.table(
        "partners", _("By partner"), [tables.named(_("Partner")), *book.columns(*M)], rows, foot=_foot(book)
    )


def _foot(book: Book) -> Row:
    whole = book.sums.total()
    return row(_("Total"), whole, {})


def activities(book: Book, url: Callable[[Activity], str]) -> Table:
    """Return activities with their targets and cash. An activity is whole here, even in a shared chair."""
    records = book.listed.activities()
    found = book.listed.sums(Grouping.ACTIVITY, records, is_divided=False)
    later = book.listed.later(records)
    rows = []
    for activity in records:
        figures = found[activity.pk]
        left = max(activity.target - highest(figures[M.AGREED], later.get(activity.pk, [])), ZERO)
        values = {"chair": str(activity.chair), "target": activity.target, "remaining": left}
        query = {"activity": activity.pk, "whole": "1" if book.scope.cluster else ""}
        rows.append(row(str(activity), figures, query, url(activity), **values))
    rows.sort(key=lambda one: (_order_of(one.values["chair"]), _order_of(one.name)))
    columns = [tables.named(_("Activity")), tables.CHAIR, tables.TARGET, of_measure(M.AGREED, _("Secured"))]
    columns += [of_measure(M.PENDING), tables.REMAINING, of_measure(M.RECEIVED)]
    return book.table("activities", _("By activity"), columns, rows)
