"""Parses the query string of a page of figures: the dates and the filters. Each error is a sentence."""

import datetime
import re
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from chairs.models import Activity, Chair
from clusters.models import Cluster
from core.as_of import read_day, shown
from core.dates import EARLIEST, LATEST
from core.past_addresses import address_today
from figures.dated import ORIGINS, Dates
from figures.enums import Grouping, Measure
from figures.scopes import Scope
from figures.sums import Sums, status_on
from partners.models import Partner
from sponsorships.enums import SponsorshipStatus

QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
# Primary keys have no more digits, and SQLite cannot look up longer numbers.
KEY = re.compile(r"\d{1,18}", re.ASCII)
MONTHS = 3


def read_dates(query) -> tuple[Dates, list[str]]:
    """Return the dates that figures are as of and known on, and the errors in either."""
    on, problems = read_day(query.get("on", ""))
    if not (text := query.get("known", "")):
        return Dates(on), problems
    known, wrong = read_day(text)
    if not wrong and known > timezone.localdate():
        wrong = [_("“%(text)s” is a day to come: nobody knows yet what will be known then.") % shown(text)]
    return Dates(on, None if wrong else known), [*problems, *wrong]


def quarter_name(day: datetime.date) -> str:
    """Return a quarter as query strings and exports write it: 2026-Q4."""
    return f"{day.year}-Q{(day.month - 1) // MONTHS + 1}"


@dataclass
class Asked:
    """The entries that a query string asks for: their sums, the filters (pairs of label and value) and the errors."""

    scope: Scope
    dates: Dates
    sums: Sums
    measure: Measure | None = None
    narrowed: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def day(self) -> datetime.date:
        return self.dates.on


def read(scope: Scope, query) -> Asked:
    """Return the entries of a scope that a query string asks for; an unknown value finds nothing and is reported."""
    dates, problems = read_dates(query)
    narrowed, entries = [], scope.find_entries(dates.known_before)
    if name := query.get("cluster", "").strip():
        cluster = Cluster.objects.filter(slug=address_today(Cluster, name)).first() if "\x00" not in name else None
        if cluster is None or (scope.cluster is not None and scope.cluster != cluster):
            problems.append(_unknown(_("cluster"), name))
        elif scope.cluster is None:
            scope = replace(scope, cluster=cluster)
            narrowed.append((_("Cluster"), str(cluster)))
    measure = None
    if name := query.get("figure", "").strip():
        measure = Measure(name) if name in scope.measures else None
        if measure is None:
            problems.append(_unknown(_("figure"), name))
        else:
            entries = entries.filter(measure.counted)
            narrowed.append((_("Figure"), scope.said(measure)))
    for name, narrow in NARROWING.items():
        if value := query.get(name, "").strip():
            found = narrow(entries, value, dates)
            if found is None:
                problems.append(_unknown(*(_said(name), value)))
            else:
                entries, label = found
                said = scope.said(label) if isinstance(label, SponsorshipStatus) else label
                narrowed.append((_said(name), said))
    if problems:
        entries = entries.none()
    sums = Sums(entries, dates.on, scope.cluster, dates.known_before)
    if query.get("whole") and scope.cluster is not None:
        sums = Sums(sums.entries, dates.on, None, dates.known_before)
        narrowed.append((_("Shares"), _("whole entries, regardless of which clusters share the chair")))
    return Asked(scope, dates, sums, measure, narrowed, problems)


def _unknown(what: str, value: str) -> str:
    return _("There is no %(what)s “%(value)s” here.") % {"what": what.lower(), "value": value[:40].replace("\x00", "")}


def _said(name: str) -> str:
    return _("Records") if name == "records" else str(Grouping(name).label)


def _by_key(model, path: str, related: str | None = None):
    def narrow(entries, value, dates):
        if not KEY.fullmatch(value):
            return None
        theirs = entries.filter(**{path: int(value)})
        # A record whose entries the reader may not see is reported like one that does not exist.
        record = model.objects.filter(pk=int(value)).first() if theirs.exists() else None
        return (theirs, str(record)) if record else None

    return narrow


def _of_no_activity(entries, value, dates):
    if value == "none":
        return entries.filter(activity=None), _("None: the partner’s own proposal")
    return _by_key(Activity, "activity")(entries, value, dates)


def _of_partner(entries, value, dates):
    slug = address_today(Partner, value) if "\x00" not in value else ""
    theirs = entries.filter(sponsorship__partner__slug=slug)
    partner = Partner.objects.filter(slug=slug).first() if theirs.exists() else None
    return (theirs, str(partner)) if partner else None


def _of_quarter(entries, value, dates):
    match = QUARTER.fullmatch(value)
    if not match or not EARLIEST.year <= int(match[1]) <= LATEST.year:
        return None
    first = datetime.date(int(match[1]), (int(match[2]) - 1) * MONTHS + 1, 1)
    following = datetime.date(first.year + first.month // 10, (first.month + MONTHS - 1) % 12 + 1, 1)
    return entries.filter(effective_on__gte=first, effective_on__lt=following), value


def _of_status(entries, value, dates):
    if value not in SponsorshipStatus.values:
        return None
    then = entries.annotate(status_then=status_on(dates.on, dates.known_before))
    return then.filter(status_then=value), SponsorshipStatus(value)


def _of_records(entries, value, dates):
    if value not in ORIGINS:
        return None
    return entries.filter(ORIGINS[value]), _("Demonstration") if value == "demonstration" else _("Real")


NARROWING = {
    Grouping.CHAIR.value: _by_key(Chair, "sponsorship__chair"),
    Grouping.PARTNER.value: _of_partner,
    Grouping.ACTIVITY.value: _of_no_activity,
    Grouping.QUARTER.value: _of_quarter,
    Grouping.STATUS.value: _of_status,
    "records": _of_records,
}
