"""What the kept sums count of a sponsorship: its entries, and what says where and from when they count. Pure, but for `facts_of`."""

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
# Of an entry: day, kind, contribution, cents. Of the log: moment and new status.
Line = list[Any]
Move = tuple[datetime.datetime, str]
# Cluster, grouping, span, part, public from, made up: as the columns of KeptSum.
Key = tuple[int, str, str, str, str, bool]
# Cents by kind and contribution, then the four numbers of KeptSum.
Numbers = list[int]
# Those of them that are not zero, by their place.
Amounts = list[tuple[int, int]]
# The day from which something counts, its part (the quarter of its entry, or a status), and how much.
Step = tuple[str, str, Amounts]
# Years, months and days, by how much of a date they say.
SPANS = "ymd"
SPAN_LENGTHS = {"y": 4, "m": 7, "d": 10}
COLUMNS = [f"{kind.value}_{contribution.value}" for kind, contribution in COUNTED]
NUMBERS = ["entries", "sponsorships", "public_entries", "public_sponsorships"]
PLACES = {(kind.value, contribution.value): place for place, (kind, contribution) in enumerate(COUNTED)}
PUBLIC_KINDS = (EntryKind.AGREED.value, EntryKind.RECEIVED.value)
ENTRIES, SPONSORSHIPS, PUBLIC_ENTRIES, PUBLIC_SPONSORSHIPS = range(len(COLUMNS), len(COLUMNS) + 4)
WIDTH = len(COLUMNS) + len(NUMBERS)
# Percentages have two decimals.
WHOLE_CHAIR = 100_00
# A first day for what has no beginning.
BEGINNING = "0001-01-01"
NOT_BEFORE = NEVER.isoformat()
ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


# What `facts` asks of a sponsorship's row.
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
    """Return the facts of those of these sponsorships that count in something, by key, in a constant number of queries."""
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
    """Return the facts of one sponsorship: empty where it counts in nothing."""
    named_from, public_from = _days(row, today)
    if not entries and named_from == NEVER:
        return {}
    parts, since = shares.get(row["chair"], ({}, None))
    return {
        # In the order of their days; on one day, in that of the ledger.
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
    """Return the statuses with their first days: before the log begins the first that it says, since it ends what it is now.

    Of several moves on a day, the last one stands.
    """
    if not log:
        return [[BEGINNING, now]]
    here = timezone.get_current_timezone()
    days = {at.astimezone(here).date().isoformat(): target for at, target in log}
    found = [[BEGINNING, log[0][1]], *([day, target] for day, target in days.items())]
    return [*found[:-1], [found[-1][0], now]]


def _days(row: dict[str, Any], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the days from which the partner may be named, and its amount told; a day that has come is no longer said.

    `named` and `with_public_amount` of the sponsorships are the rule.
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
    """Add what these facts come to, by years, months and days; with a sign of -1, take it off."""
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
    """Return what begins to count for the nation and for each cluster, in order of the days."""
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
                # All of it is its own until the others have agreed.
                less = [] if place is None else [(place, part - cents)]
                found[lead] += [(day, quarter, whole), (since, quarter, less)]
            else:
                found[cluster].append((max(day, since), quarter, [*amount, *counts]))
    if not since:
        # All of it is the one cluster's: the same steps.
        return {NATION: found[NATION], lead: found[NATION]} if found else {}
    return {cluster: sorted(steps, key=lambda step: step[0]) for cluster, steps in found.items()}


def _counts(kind: str, seen: dict[str, bool]) -> Amounts:
    """Return what an entry adds to the numbers: the first of a sponsorship counts the sponsorship too."""
    counts = [(ENTRIES, 1)] if seen["any"] else [(ENTRIES, 1), (SPONSORSHIPS, 1)]
    seen["any"] = True
    if kind in PUBLIC_KINDS:
        counts += [(PUBLIC_ENTRIES, 1)] if seen["public"] else [(PUBLIC_ENTRIES, 1), (PUBLIC_SPONSORSHIPS, 1)]
        seen["public"] = True
    return counts


def _parts(cents: int, shares: dict[str, int], lead: int) -> dict[int, int]:
    """Return what each cluster counts of an entry: `chairs.shares.divide`, in cents."""
    parts = {}
    for name, percent in shares.items():
        if (cluster := int(name)) != lead:
            # Towards zero, as a reversal needs.
            part = abs(cents) * percent // WHOLE_CHAIR
            parts[cluster] = part if cents > 0 else -part
    return {**parts, lead: cents - sum(parts.values())}


def quarter_of(day: str) -> str:
    month = (int(day[5:7]) - 1) // 3 * 3 + 1
    return f"{day[:4]}-{month:02}-01"


def with_status(steps: list[Step], statuses: list[list[str]]) -> list[Step]:
    """Return the steps with the status of their day, and what each later status takes over from the one before."""
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
