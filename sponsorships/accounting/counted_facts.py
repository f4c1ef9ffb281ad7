"""How the kept sums count a sponsorship: its entries, and the facts that say for whom and from when they count.

All functions except `facts_of` are pure.
"""

import bisect
import datetime
import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import Any

from django.utils import timezone

from chairs.enums import PUBLIC_STATUSES
from chairs.models import ClusterShare
from clusters.enums import Origin
from core.primary_keys import any_of
from sponsorships.enums import AGREED_STATUSES, NAMED, Confidentiality, EntryKind
from sponsorships.models import LedgerEntry, Sponsorship, SponsorshipTransition
from sponsorships.models.kept_sum import ALWAYS, BY_QUARTER, BY_STATUS, COUNTED, NATION, NEVER, SPONSORS, WHOLE

Facts = dict[str, Any]
# A ledger entry: day, kind, contribution, cents. A transition: moment and new status.
Line = list[Any]
Move = tuple[datetime.datetime, str]
# The key columns of KeptSum: cluster, grouped_by, span, part, public_from, is_made_up.
Key = tuple[int, str, str, str, str, bool]
# Cents in the order of COLUMNS, then the four counts of NUMBERS.
Numbers = list[int]
# The non-zero ones among them, as pairs of place and number.
Amounts = list[tuple[int, int]]
# The day from which amounts count, their part (quarter of the entry, or status), and the amounts.
Step = tuple[str, str, Amounts]
# The letters of spans: year, month and day; then the length of the ISO date that each keeps.
SPANS = "ymd"
SPAN_LENGTHS = {"y": 4, "m": 7, "d": 10}
COLUMNS = [f"{kind.value}_{contribution.value}" for kind, contribution in COUNTED]
NUMBERS = ["entries", "sponsorships", "public_entries", "public_sponsorships"]
PLACES = {(kind.value, contribution.value): place for place, (kind, contribution) in enumerate(COUNTED)}
PUBLIC_KINDS = (EntryKind.AGREED.value, EntryKind.RECEIVED.value)
ENTRIES, SPONSORSHIPS, PUBLIC_ENTRIES, PUBLIC_SPONSORSHIPS = range(len(COLUMNS), len(COLUMNS) + 4)
WIDTH = len(COLUMNS) + len(NUMBERS)
# 100 %, in hundredths of a percent, since shares have two decimals.
WHOLE_CHAIR = 100_00
# The first day of a status without a beginning.
BEGINNING = "0001-01-01"
NOT_BEFORE = NEVER.isoformat()
ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


# The columns that `facts` needs.
ASKED = (
    "pk",
    "status",
    "origin",
    "confidentiality",
    "named_from",
    "amount_from",
    "chair",
    "chair__status",
    "chair__cluster",
)


def facts_of(sponsorships: Iterable[int]) -> dict[int, Facts]:
    """Return the facts by key of those of the sponsorships that count in any sum; a constant number of queries."""
    pks = any_of(sponsorships)
    entries: dict[int, list[Line]] = defaultdict(list)
    lines = LedgerEntry.objects.filter(sponsorship__in=pks).order_by("sponsorship", "position")
    columns = ("sponsorship", "effective_on", "kind", "contribution", "amount")
    for pk, day, kind, contribution, amount in lines.values_list(*columns):
        entries[pk].append([day.isoformat(), kind, contribution, int(amount * 100)])
    log: dict[int, list[Move]] = defaultdict(list)
    moves = SponsorshipTransition.objects.filter(record__in=pks).order_by("at", "pk")
    for pk, at, target in moves.values_list("record", "at", "target"):
        log[pk].append((at, target))
    chairs = Sponsorship.objects.filter(pk__in=pks).order_by().values("chair")
    shares = ClusterShare.objects.filter(chair__in=chairs).agreed()
    rows = Sponsorship.objects.filter(pk__in=pks).order_by().values(*ASKED)
    today = timezone.localdate()
    found = {row["pk"]: facts(row, entries[row["pk"]], log[row["pk"]], shares, today) for row in rows}
    return {pk: said for pk, said in found.items() if said}


def facts(
    row: dict[str, Any], entries: list[Line], log: list[Move], shares: dict[int, Any], today: datetime.date
) -> Facts:
    """Return the facts of one sponsorship; empty if it counts in no sum."""
    named_from, public_from = _days(row, today)
    if not entries and named_from == NEVER:
        return {}
    parts, since = shares.get(row["chair"], ({}, None))
    return {
        # Sorted by day; entries of one day stay in ledger order.
        "entries": sorted(entries, key=itemgetter(0)),
        "statuses": _statuses(log, row["status"]),
        "named_from": named_from.isoformat(),
        "public_from": public_from.isoformat(),
        "is_made_up": row["origin"] == Origin.DEMONSTRATION,
        "lead": row["chair__cluster"],
        "shares": {str(cluster): int(percent * 100) for cluster, percent in parts.items()},
        "since": since.isoformat() if since else "",
    }


def _statuses(log: list[Move], now: str) -> list[list[str]]:
    """Return pairs of first day and status. The first status of the log also holds before it; the last is the current one.

    Of several transitions on a day, the last counts.
    """
    if not log:
        return [[BEGINNING, now]]
    here = timezone.get_current_timezone()
    days = {at.astimezone(here).date().isoformat(): target for at, target in log}
    found = [[BEGINNING, log[0][1]], *([day, target] for day, target in days.items())]
    return [*found[:-1], [found[-1][0], now]]


def _days(row: dict[str, Any], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the days from which the partner may be named, and its amount is public; ALWAYS once the day has come.

    The rules are those of `named` and `with_public_amount` in SponsorshipQuerySet.
    """
    named = amount = NEVER
    if row["status"] in AGREED_STATUSES and row["chair__status"] in PUBLIC_STATUSES:
        if row["confidentiality"] in NAMED:
            named = row["named_from"] or ALWAYS
        if row["confidentiality"] == Confidentiality.PUBLIC:
            amount = max(named, row["amount_from"] or ALWAYS)
    return ALWAYS if named <= today else named, ALWAYS if amount <= today else amount


def as_text(facts: Facts) -> str:
    return ENCODER.encode(facts)


def add_up(facts: Facts, sums: dict[Key, Numbers], sign: int = 1, spans: str = SPANS) -> None:
    """Add these facts to the sums, by the given spans (years, months, days); subtract them if `sign` is -1."""
    add_sponsors(facts, sums, sign)
    add_money(facts, sums, sign, spans)


def add_sponsors(facts: Facts, sums: dict[Key, Numbers], sign: int = 1) -> None:
    for day, place in ((facts["named_from"], SPONSORSHIPS), (facts["public_from"], PUBLIC_SPONSORSHIPS)):
        if day != NOT_BEFORE:
            sums[NATION, SPONSORS, "", "", day, facts["is_made_up"]][place] += sign


def add_money(facts: Facts, sums: dict[Key, Numbers], sign: int = 1, spans: str = SPANS) -> None:
    public_from, is_made_up = facts["public_from"], facts["is_made_up"]
    known: list[Step] = []
    by_status: list[Step] = []
    for cluster, steps in steps_of(facts).items():
        if steps is not known:
            known, by_status = steps, with_status(steps, facts["statuses"])
        groupings = {BY_QUARTER: steps, BY_STATUS: by_status}
        if cluster != NATION:
            groupings[WHOLE] = [(day, "", amounts) for day, _quarter, amounts in steps]
        for grouped_by, rows in groupings.items():
            for day, part, amounts in rows:
                for span in spans:
                    kept = sums[cluster, grouped_by, span + day[: SPAN_LENGTHS[span]], part, public_from, is_made_up]
                    for place, number in amounts:
                        kept[place] += sign * number


def nothing() -> Numbers:
    return [0] * WIDTH


def steps_of(facts: Facts) -> dict[int, list[Step]]:
    """Return, for the nation and each cluster, the amounts with the day from which they count, in order of days."""
    found: dict[int, list[Step]] = defaultdict(list)
    seen = {"any": False, "public": False}
    lead, since = facts["lead"], facts["since"]
    for day, kind, contribution, cents in facts["entries"]:
        place, quarter = PLACES.get((kind, contribution)), quarter_of(day)
        counts = _counts(kind, seen)
        whole = [*counts] if place is None else [(place, cents), *counts]
        found[NATION].append((day, quarter, whole))
        if not since:
            continue
        for cluster, part in _parts(cents, facts["shares"], lead).items():
            amount = [] if place is None else [(place, part)]
            if cluster == lead and day < since:
                # The whole amount counts for the lead cluster until the other clusters have agreed.
                less = [] if place is None else [(place, part - cents)]
                found[lead] += [(day, quarter, whole), (since, quarter, less)]
            else:
                found[cluster].append((max(day, since), quarter, [*amount, *counts]))
    if not since:
        # Without shares, the whole amount is the lead cluster's: the same steps.
        return {NATION: found[NATION], lead: found[NATION]} if found else {}
    return {cluster: sorted(steps, key=lambda step: step[0]) for cluster, steps in found.items()}


def _counts(kind: str, seen: dict[str, bool]) -> Amounts:
    """Return what an entry adds to the counts; the first entry of a sponsorship also counts the sponsorship."""
    counts = [(ENTRIES, 1)] if seen["any"] else [(ENTRIES, 1), (SPONSORSHIPS, 1)]
    seen["any"] = True
    if kind in PUBLIC_KINDS:
        counts += [(PUBLIC_ENTRIES, 1)] if seen["public"] else [(PUBLIC_ENTRIES, 1), (PUBLIC_SPONSORSHIPS, 1)]
        seen["public"] = True
    return counts


def _parts(cents: int, shares: dict[str, int], lead: int) -> dict[int, int]:
    """Return each cluster's part of an entry, in cents, as `chairs.shares.divide` does."""
    parts = {}
    for name, percent in shares.items():
        if (cluster := int(name)) != lead:
            # Rounded towards zero, so that a reversal cancels its entry.
            part = abs(cents) * percent // WHOLE_CHAIR
            parts[cluster] = part if cents > 0 else -part
    return {**parts, lead: cents - sum(parts.values())}


def quarter_of(day: str) -> str:
    month = (int(day[5:7]) - 1) // 3 * 3 + 1
    return f"{day[:4]}-{month:02}-01"


def with_status(steps: list[Step], statuses: list[list[str]]) -> list[Step]:
    """Return the steps with the status of their day.

    At each change of status, subtract the standing amounts from the old status and add them to the new one.
    """
    firsts = [first for first, _status in statuses]
    found = [(day, statuses[bisect.bisect_right(firsts, day) - 1][1], amounts) for day, _quarter, amounts in steps]
    standing: dict[int, int] = defaultdict(int)
    place = 0
    for (_first, before), (first, status) in pairwise(statuses):
        while place < len(steps) and steps[place][0] < first:
            for column, number in steps[place][2]:
                standing[column] += number
            place += 1
        if status != before and standing:
            found.append((first, before, [(column, -number) for column, number in standing.items()]))
            found.append((first, status, list(standing.items())))
    return found
