"""The content of each page of figures: for the public, for staff, for a partner."""

from copy import copy
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from clusters.models import Cluster
from clusters.perms import can_see_private
from core.addresses import address_of
from core.known import say_as_known
from core.prepared import Prepared
from figures import breakdowns, charts
from figures.breakdowns import Book
from figures.charts import Exhibit
from figures.dated import ORIGINS, Dates
from figures.kept import KeptSums
from figures.lists import Pages
from figures.made_up_grants import made_up_grants
from figures.overdue import overdue
from figures.scopes import Scope, silent_then
from figures.sums import Sums
from figures.tables import Table
from partners.models import Partner
from sponsorships.models import Sponsorship

# The slugs of the figures with their own public pages (figures/<slug>/), by the codes of their tables.
SLUGS = {"pipeline": "pipeline", "years": "partners-money", "quarters": "quarters", "clusters": "leverage"}


@dataclass
class Part:
    """A part of a page: the totals of some records, the exhibits, and the tables below."""

    code: str
    title: str
    headline: Table
    drawn: list[Exhibit] = field(default_factory=list)
    below: list[Table] = field(default_factory=list)
    # On the public page: the clusters, and the number of sponsorships without a public amount.
    clusters: list[Cluster] = field(default_factory=list)
    silent: int = 0

    @property
    def tables(self) -> list[Table]:
        return [self.headline, *(one.table for one in self.drawn), *self.below]

    @property
    def leverage(self) -> Exhibit:
        return next(one for one in self.drawn if one.table.code == "clusters")

    @property
    def is_empty(self) -> bool:
        return not self.headline.rows[0].figures.entries


def parts_of(scope: Scope, dates: Dates, user=None, pages: Pages | None = None) -> list[Part]:
    """Return the parts of a scope's page for two dates, with these pages of its long lists."""
    if scope.is_public:
        return _public(scope, dates)
    if scope.partner is not None:
        return [_of_partner(scope, dates)]
    return [_of_staff(scope, dates, user, pages or Pages())]


def all_tables(parts: list[Part]) -> list[Table]:
    return [table for part in parts for table in part.tables]


@Prepared
def _clusters():
    shown = ("slug", "name", "acronym", "public_grant", "public_grant_source", "latitude", "longitude", "region")
    return Cluster.objects.order_by("name").only(*shown)


def _clusters_known(dates: Dates, clusters: list[Cluster]) -> list[Cluster]:
    """Set the clusters' grants as known then, in memory, and return the clusters."""
    if dates.is_past:
        say_as_known(clusters, dates.known_before, "public_grant", "public_grant_source")
    return clusters


def _sums(scope: Scope, dates: Dates, records: str = "") -> Sums | KeptSums:
    """Return the sums of a scope: the kept sums, or for past knowledge the sums of entries."""
    if dates.is_past:
        entries = scope.find_entries(dates.known_before).filter(ORIGINS[records])
        return Sums(entries, dates.on, scope.cluster, dates.known_before)
    return KeptSums(dates.on, scope.cluster and scope.cluster.pk)


def _public(scope: Scope, dates: Dates) -> list[Part]:
    """Return the parts of the public page: real and made-up records apart, because they are never added up."""
    clusters = _clusters_known(dates, _clusters())
    # One query gives both parts, except for past knowledge.
    kept = None if dates.is_past else KeptSums(dates.on, is_public=True)
    silent = silent_then(dates.known_before) if kept is None else kept.silent
    sets = (
        ("real", _("Sponsorships whose amount is public"), False),
        ("demonstration", _("Demonstration sponsorships"), True),
    )
    parts = []
    for records, title, is_made_up in sets:
        book = Book(scope, kept.only(is_made_up) if kept else _sums(scope, dates, records), dates, records)
        if is_made_up:
            if not book.sums.total().entries:
                continue
            book.made_up_grants = made_up_grants(dates)
        drawn = [
            charts.of_pipeline(breakdowns.pipeline(book)),
            charts.of_years(breakdowns.years(book)),
            charts.of_quarters(breakdowns.quarters(book)),
            charts.of_leverage(breakdowns.clusters(book, clusters), is_made_up=is_made_up),
        ]
        for one in drawn:
            one.slug = SLUGS[one.table.code]
        headline = breakdowns.headline(book, clusters)
        parts.append(Part(records, title, headline, drawn, clusters=clusters, silent=silent))
    return parts


def _of_staff(scope: Scope, dates: Dates, user, pages: Pages) -> Part:
    book = Book(scope, _sums(scope, dates), dates, pages=pages)
    clusters = _clusters_known(dates, [copy(scope.cluster)] if scope.cluster else _clusters())
    leverage = [charts.of_leverage(breakdowns.clusters(book, clusters))] if scope.cluster is None else []
    drawn = [charts.of_pipeline(breakdowns.pipeline(book)), charts.of_quarters(breakdowns.quarters(book)), *leverage]
    below = [
        overdue(book, lambda one: file_of(one, user)),
        breakdowns.chairs(book, lambda chair: address_of("admin:chairs_chair_change", str(chair.pk))),
        breakdowns.partners(book, _partner_record),
        breakdowns.activities(book, lambda one: address_of("admin:chairs_activity_change", str(one.pk))),
    ]
    return Part("", scope.title, breakdowns.headline(book, clusters), drawn, below)


def _of_partner(scope: Scope, dates: Dates) -> Part:
    book = Book(scope, Sums(scope.entries, dates.on, None, dates.known_before), dates)
    drawn = [charts.of_quarters(breakdowns.quarters(book))]
    below = [
        overdue(book, lambda sponsorship: sponsorship.get_absolute_url()),
        breakdowns.chairs(book, lambda chair: chair.get_absolute_url() if chair.is_published else ""),
        breakdowns.pipeline(book),
    ]
    return Part("", scope.title, breakdowns.headline(book), drawn, below)


def _partner_record(partner: Partner) -> str:
    return address_of("admin:partners_partner_change", str(partner.pk))


def file_of(sponsorship: Sponsorship, user) -> str:
    """Return the URL of a sponsorship in the panel; empty if the user's cluster only shares the chair."""
    if user is None or not can_see_private(user, sponsorship.chair.cluster_id):
        return ""
    return address_of("admin:sponsorships_sponsorship_change", str(sponsorship.pk))
