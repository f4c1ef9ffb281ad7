"""The account once more, in plain Python: what the entries add up to, without the database and without our sums."""

from collections import defaultdict
from decimal import Decimal

ZERO = Decimal("0.00")


def totals(entries, on=None, by=("kind", "contribution")):
    """Return the sums of entries up to a date (all where it is None), grouped by some of their fields."""
    found = defaultdict(lambda: ZERO)
    for entry in entries:
        if on is None or entry.effective_on <= on:
            found[tuple(getattr(entry, name) for name in by)] += entry.amount
    return found


def days(entries):
    return sorted({entry.effective_on for entry in entries})


def after_each_act(entries):
    """Return the entries as they stood after each press of a button."""
    entries = sorted(entries, key=lambda entry: entry.position)
    for number, entry in enumerate(entries, 1):
        if number == len(entries) or entries[number].act != entry.act:
            yield entries[:number]


def complaints(entries):
    """Return where the entries of one account say what no account may say, on any day and after any act."""
    stages = [("ever", stage, None) for stage in after_each_act(entries)]
    for name, stage, on in [*stages, *((day, entries, day) for day in days(entries))]:
        for key, amount in totals(stage, on, by=("kind", "contribution", "activity_id", "instalment_id")).items():
            if amount < 0:
                yield f"{name}: {key} is {amount}"
        sums = totals(stage, on, by=("instalment_id", "kind"))
        for instalment in {entry.instalment_id for entry in stage} - {None}:
            asked, paid, lost = (sums[instalment, kind] for kind in ("invoiced", "received", "written_off"))
            if paid + lost > asked:
                yield f"{name}: instalment {instalment}, {paid} received and {lost} written off of {asked}"
