"""Keep sums beside the ledger, so that a page of figures reads few rows, however many entries there are.

A trigger marks a sponsorship in the transaction that changes a counted fact. `count` subtracts the sponsorship's former
sums, adds its new ones, and deletes the mark. Readers do the same in memory for sponsorships still marked
(`figures/kept.py`), so that figures are always right, counted or not.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import sub

from django.db import connection, transaction
from django.utils import timezone

from core.primary_keys import any_of, in_batches
from core.streams import rows_of
from sponsorships.accounting.counted_facts import (
    COLUMNS,
    NUMBERS,
    Facts,
    Key,
    Numbers,
    add_up,
    as_text,
    facts_of,
    nothing,
)
from sponsorships.models import CountedSponsorship, KeptSum, Sponsorship, UncountedChange
from sponsorships.models.kept_sum import ALWAYS, NEVER

KEYS = ["cluster", "grouped_by", "span", "part", "public_from", "is_made_up"]
SUMMED = [*COLUMNS, *NUMBERS]
TABLE = KeptSum._meta.db_table
UPSERT = (
    f"INSERT INTO {TABLE} ({', '.join([*KEYS, *SUMMED])}) VALUES ({', '.join(['%s'] * len([*KEYS, *SUMMED]))}) "
    f"ON CONFLICT ({', '.join(KEYS)}) DO UPDATE SET "
    + ", ".join(f"{column} = {TABLE}.{column} + excluded.{column}" for column in SUMMED)
)
# Sponsorships per transaction, so that no reader or writer waits long.
BATCH_SIZE = 500
# Rows per INSERT statement.
ROWS_A_STATEMENT = 50


def count(at_most: int = BATCH_SIZE) -> int:
    """Recount one batch of changed sponsorships. Return how many there were."""
    with transaction.atomic():
        _one_at_a_time()
        # Read the marks before the facts: later changes add marks of their own.
        marks = list(UncountedChange.objects.order_by("pk").values_list("pk", "sponsorship_id")[: at_most * 4])
        pks = {sponsorship for _pk, sponsorship in marks}
        _count(pks)
        UncountedChange.objects.filter(pk__in=any_of(pk for pk, _sponsorship in marks)).delete()
    return len(pks)


def count_all() -> None:
    """Recount all changed sponsorships, batch by batch, and those whose amount or name has become public."""
    mark(CountedSponsorship.objects.filter(changes_on__lte=timezone.localdate()).values_list("pk", flat=True))
    while count():
        pass


def rebuild() -> None:
    """Recount every sponsorship from nothing."""
    with transaction.atomic():
        _one_at_a_time()
        for model in (KeptSum, CountedSponsorship, UncountedChange):
            model._base_manager.all().delete()
        for pks in in_batches(Sponsorship.objects.order_by("pk").values_list("pk", flat=True), BATCH_SIZE * 10):
            _count(set(pks))


def mark(sponsorships: Iterable[int]) -> None:
    changes = (UncountedChange(sponsorship_id=pk) for pk in sponsorships)
    UncountedChange.objects.bulk_create(changes, batch_size=ROWS_A_STATEMENT)


def _count(pks: set[int]) -> None:
    """Subtract the former sums of the sponsorships, add their new ones, and store the new facts."""
    before = {row.pk: row for row in CountedSponsorship.objects.filter(pk__in=any_of(pks))}
    now = facts_of(pks)
    changed = {pk for pk in pks if pk not in before or pk not in now or before[pk].facts != as_text(now[pk])}
    _write(difference([before[pk] for pk in changed if pk in before], [now[pk] for pk in changed if pk in now]))
    CountedSponsorship.objects.filter(pk__in=any_of(changed)).delete()
    counted = (
        CountedSponsorship(pk=pk, facts=as_text(now[pk]), changes_on=_changes_on(now[pk]))
        for pk in changed
        if pk in now
    )
    CountedSponsorship.objects.bulk_create(counted, batch_size=ROWS_A_STATEMENT)


def _changes_on(facts: Facts) -> str | None:
    known = {ALWAYS.isoformat(), NEVER.isoformat()}
    return min({facts["named_from"], facts["public_from"]} - known, default=None)


def difference(before: Iterable[CountedSponsorship], now: Iterable[Facts]) -> dict[Key, Numbers]:
    """Return the change of the kept sums, by key: the new facts minus the former ones."""
    sums: dict[Key, Numbers] = defaultdict(nothing)
    for row in before:
        add_up(row.as_facts, sums, -1)
    for facts in now:
        add_up(facts, sums)
    return {key: numbers for key, numbers in sums.items() if any(numbers)}


def _write(sums: dict[Key, Numbers]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, [[*key, *numbers] for key, numbers in sorted(sums.items())])


def _one_at_a_time() -> None:
    """Lock out other recounts until the transaction ends; readers do not wait. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")


def differ_from(sums: dict[Key, Numbers]) -> bool:
    """Return whether the kept sums differ from `sums`, which are by day; `sums` is changed."""
    today, always = timezone.localdate().isoformat(), ALWAYS.isoformat()
    keys = ", ".join(KEYS).replace("public_from", "CAST(public_from AS text)")
    rows = rows_of(f"SELECT {keys}, {', '.join(SUMMED)} FROM {TABLE} WHERE span LIKE 'd%' OR span = ''")
    for cluster, grouped_by, span, part, day, is_made_up, *numbers in rows:
        # As in the facts, a public day that has come counts as ALWAYS.
        key = (cluster, grouped_by, span, part, always if day <= today else day, is_made_up)
        left = sums.get(key)
        if left == numbers:
            del sums[key]  # the usual case
        else:
            sums[key] = list(map(sub, left or nothing(), numbers))
    return any(map(any, sums.values())) or _spans_differ()


def _spans_differ() -> bool:
    """Return whether the days of a month, or the months of a year, do not add up to the row of that month or year."""
    keys = "cluster, grouped_by, part, public_from, is_made_up"
    summed = ", ".join(f"SUM(sign * {column}) AS {column}" for column in SUMMED)
    differing = " OR ".join(f"{column} <> 0" for column in SUMMED)
    with connection.cursor() as cursor:
        for part, span, length in (("d", "m", 7), ("m", "y", 4)):
            signed = (
                f"SELECT *, substr(span, 2, {length}) AS time, CASE substr(span, 1, 1) WHEN '{part}' THEN -1 ELSE 1 END AS sign "
                f"FROM {TABLE} WHERE substr(span, 1, 1) IN ('{part}', '{span}')"
            )
            rows = f"SELECT {summed} FROM ({signed}) AS signed GROUP BY time, {keys}"
            cursor.execute(f"SELECT 1 FROM ({rows}) AS compared WHERE {differing} LIMIT 1", [])
            if cursor.fetchone():
                return True
    return False
