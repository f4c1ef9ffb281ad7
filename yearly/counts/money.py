"""Counts of partners and their money, from the ledger on the last day of the year; and the State's grant."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusters.models import Cluster
from figures.dated import Dates
from figures.enums import Measure
from figures.made_up_grants import made_up_grants
from figures.sums import Sums
from partners.models import Partner
from sponsorships.models import LedgerEntry, Sponsorship
from yearly.counts.counting import Count, Line, desk_of
from yearly.enums import CountName
from yearly.scopes import Scope

C, M = CountName, Measure


def _total(measures: tuple[Measure, ...], scope: Scope) -> Decimal:
    return sum((scope.money[measure] for measure in measures), Decimal(0))


def _entries(measures: tuple[Measure, ...], sums: Sums) -> QuerySet[LedgerEntry]:
    counted = Q()
    for measure in measures:
        counted |= measure.counted
    found = sums.entries.filter(counted).select_related("sponsorship__chair__cluster")
    return found.order_by("effective_on", "pk")


def _lines(measures: tuple[Measure, ...], scope: Scope) -> Iterator[Line]:
    return _of_entries(scope.sums, _entries(measures, scope.sums))


def _of_entries(sums: Sums, entries: QuerySet[LedgerEntry]) -> Iterator[Line]:
    """Yield a line per entry, with the part that counts in the scope. Partners are not named here."""
    for entry in entries:
        chair = entry.sponsorship.chair
        detail = f"{entry.get_kind_display()}, {date_format(entry.effective_on)}"
        yield Line(str(chair), detail, str(chair.cluster), sums.part(entry), desk_of(entry.sponsorship))


def _of_measures(name: CountName, *measures: Measure) -> Count:
    return Count(name, partial(_total, measures), partial(_lines, measures))


def _in_year(scope: Scope) -> Sums:
    return Sums(scope.sums.entries.filter(effective_on__gte=scope.first), scope.last, scope.sums.cluster)


def _received_in_year(scope: Scope) -> Decimal:
    return _in_year(scope).total()[M.RECEIVED]


def _entries_in_year(scope: Scope) -> Iterator[Line]:
    sums = _in_year(scope)
    return _of_entries(sums, _entries((M.RECEIVED,), sums))


def partners(scope: Scope) -> QuerySet[Partner]:
    """Return the partners with anything agreed by the end of the year, in cash, in kind or in skills."""
    agreed = _entries((M.AGREED, M.IN_KIND_AGREED, M.SKILLS_AGREED), scope.sums)
    return Partner.objects.filter(pk__in=agreed.order_by().values("sponsorship__partner"))


def _partners(scope: Scope) -> int:
    return partners(scope).count()


def _named_partners(scope: Scope) -> Iterator[Line]:
    """Yield a line per partner; only those that agreed to be named have their name."""
    named = set(Sponsorship.objects.named().order_by().values_list("partner", flat=True))
    for partner in partners(scope).order_by("name_key", "pk"):
        name = str(partner) if partner.pk in named else _("Not named: has not agreed to it")
        yield Line(name, "", "", 1, desk_of(partner))


def _grants(scope: Scope) -> list[tuple[Cluster, Decimal, str]]:
    """Return the clusters with their grants and sources; for made-up records, the grants of demonstration chairs only."""
    found = Cluster.objects.order_by("name") if scope.cluster is None else [scope.cluster]
    if not scope.is_made_up:
        return [(cluster, cluster.public_grant, cluster.public_grant_source) for cluster in found]
    made_up, detail = made_up_grants(Dates(scope.last)), _("made-up grants of demonstration chairs")
    return [(cluster, made_up[cluster.pk], detail) for cluster in found if cluster.pk in made_up]


def _grant(scope: Scope) -> Decimal | None:
    amounts = [amount for _cluster, amount, _source in _grants(scope)]
    return sum(amounts, Decimal(0)) if amounts else None


def _grant_lines(scope: Scope) -> Iterator[Line]:
    for cluster, amount, source in _grants(scope):
        yield Line(str(cluster), source, str(cluster), amount, desk_of(cluster))


COUNTS = [
    Count(C.PARTNERS, _partners, _named_partners),
    _of_measures(C.AGREED, M.AGREED),
    _of_measures(C.RECEIVED, M.RECEIVED),
    Count(C.RECEIVED_IN_YEAR, _received_in_year, _entries_in_year),
    _of_measures(C.IN_KIND, M.IN_KIND_AGREED, M.SKILLS_AGREED),
    Count(C.GRANT, _grant, _grant_lines, is_of_chairs=False),
]
