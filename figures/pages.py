"""What each page of figures holds: for the public, for staff, for a partner."""

import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import Cluster
from clusters.perms import can_see_private
from figures import breakdowns, charts
from figures.breakdowns import Book
from figures.charts import Exhibit
from figures.overdue import overdue
from figures.scopes import Scope, made_up, real, silent_sponsorships
from figures.sums import Sums
from figures.tables import Table
from partners.models import Partner
from sponsorships.models import Sponsorship


@dataclass
class Part:
    """A part of a page: the sums of some records, what is drawn of them, and the tables below."""

    code: str
    title: str
    headline: Table
    drawn: list[Exhibit] = field(default_factory=list)
    below: list[Table] = field(default_factory=list)

    @property
    def tables(self) -> list[Table]:
        return [self.headline, *(one.table for one in self.drawn), *self.below]

    @property
    def is_empty(self) -> bool:
        return not self.headline.rows[0].figures.entries


def parts_of(scope: Scope, day: datetime.date, user=None) -> list[Part]:
    """Return the parts of a scope's page, as of a day."""
    if scope.is_public:
        return _public(scope, day)
    if scope.partner is not None:
        return [_of_partner(scope, day)]
    return [_of_staff(scope, day, user)]


def all_tables(parts: list[Part]) -> list[Table]:
    return [table for part in parts for table in part.tables]


def _public(scope: Scope, day: datetime.date) -> list[Part]:
    """Real and made-up records in parts of their own: on a public page they never add up to one figure."""
    sets = (
        ("real", _("Sponsorships whose amount is public"), real(scope.entries)),
        ("demonstration", _("Demonstration sponsorships"), made_up(scope.entries)),
    )
    parts = []
    for records, title, entries in sets:
        book = Book(scope, Sums(entries, day), records)
        drawn = [
            charts.of_pipeline(breakdowns.pipeline(book)),
            charts.of_quarters(breakdowns.quarters(book)),
            charts.of_leverage(breakdowns.clusters(book)),
        ]
        parts.append(Part(records, title, breakdowns.headline(book, Cluster.objects.grants()), drawn))
    return [part for part in parts if part.code == "real" or not part.is_empty]


def _of_staff(scope: Scope, day: datetime.date, user) -> Part:
    book = Book(scope, Sums(scope.entries, day, scope.cluster))
    grant = scope.cluster.public_grant if scope.cluster else Cluster.objects.grants()
    chairs = breakdowns.chairs(book, lambda chair: reverse("admin:chairs_chair_change", args=[chair.pk]))
    leverage = breakdowns.clusters(book) if scope.cluster is None else None
    drawn = [
        charts.of_pipeline(breakdowns.pipeline(book)),
        charts.of_quarters(breakdowns.quarters(book)),
        *([charts.of_leverage(leverage)] if leverage else []),
    ]
    below = [
        overdue(book, lambda one: file_of(one, user)),
        chairs,
        breakdowns.partners(book, _partner_record),
        breakdowns.activities(book, lambda one: reverse("admin:chairs_activity_change", args=[one.pk])),
    ]
    return Part("", scope.title, breakdowns.headline(book, grant), drawn, below)


def _of_partner(scope: Scope, day: datetime.date) -> Part:
    book = Book(scope, Sums(scope.entries, day))
    drawn = [charts.of_quarters(breakdowns.quarters(book))]
    below = [
        overdue(book, lambda sponsorship: sponsorship.get_absolute_url()),
        breakdowns.chairs(book, lambda chair: chair.get_absolute_url() if chair.is_published else ""),
        breakdowns.pipeline(book),
    ]
    return Part("", scope.title, breakdowns.headline(book), drawn, below)


def _partner_record(partner: Partner) -> str:
    return reverse("admin:partners_partner_change", args=[partner.pk])


def file_of(sponsorship: Sponsorship, user) -> str:
    """Return a sponsorship's page in the panel; a cluster that only shares the chair has no access to its files."""
    if user is None or not can_see_private(user, sponsorship.chair.cluster_id):
        return ""
    return reverse("admin:sponsorships_sponsorship_change", args=[sponsorship.pk])


def silent_count() -> int:
    """Return how many named sponsors publish no amount: their names are public, so their number may be too."""
    return silent_sponsorships().count()
