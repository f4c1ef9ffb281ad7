"""Recomputes every figure from the ledger's entries, and every count from the records.

The auditor's program includes this module (audit/archive.py).
"""

from collections import defaultdict
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")


def divided(amount, chair, shares, on):
    """Return each cluster's part of an amount: others get their percentage, rounded towards zero to the cent, the lead the rest.

    None if the chair is not shared on that day.
    """
    share = shares.get(chair)
    if share is None or share["since"] > on:
        return None
    parts = {
        cluster: (amount * Decimal(percent) / 100).quantize(CENT, ROUND_DOWN)
        for cluster, percent in share["shares"].items()
        if cluster != share["lead"]
    }
    parts[share["lead"]] = amount - sum(parts.values(), Decimal(0))
    return parts


def computed(archive):
    """Return every figure, by (what is counted, real or demonstration, measure, part), from the entries alone."""
    on, definitions = archive.manifest["on"], archive.definitions()
    shares = {line["chair"]: line for line in archive.lines("shares.jsonl")}
    accounts = {line["sponsorship"]: line for line in archive.lines("sponsorships.jsonl")}
    measures = {
        (kind, one["contribution"]): (name, one["is_public"])
        for name, one in definitions.items()
        for kind in one["kinds"]
    }
    sums = defaultdict(Decimal)
    for line in archive.lines("entries.jsonl"):
        entry = line["content"]
        measure, is_public = measures.get((entry["kind"], entry["contribution"]), (None, False))
        account = accounts.get(entry["sponsorship"])
        if measure is None or account is None or entry["effective_on"] > on:
            continue
        amount, made = Decimal(entry["amount"]), "demonstration" if account["demonstration"] else "real"
        year, month, _day = entry["effective_on"].split("-")
        parts = {"nation": amount, f"quarter {year}-{(int(month) - 1) // 3 * 3 + 1:02}-01": amount}
        by_cluster = divided(amount, account["chair"], shares, on) or {account["cluster"]: amount}
        parts.update({f"cluster {cluster}": part for cluster, part in by_cluster.items()})
        for counted in ("all", "public") if account["public"] and is_public else ("all",):
            for part, value in parts.items():
                sums[counted, made, measure, part] += value
    return {key: f"{value:.2f}" for key, value in sums.items() if value}


def stated(archive):
    return {tuple(line["figure"]): line["euros"] for line in archive.lines("figures.jsonl")}


def counted(archive):
    """Return every count, by (what is counted, real or demonstration, part), from the records alone."""
    found, years = defaultdict(int), {}
    for line in archive.lines("chairs.jsonl"):
        for part in {"all", *(line["themes"] or ["not stated"])}:
            found["chairs", made_of(line), part] += 1
    for line in archive.lines("intakes.jsonl"):
        years[line["intake"]] = "people", made_of(line), str(line["year"])
        found[years[line["intake"]]] += line["people"]
    for line in archive.lines("overlaps.jsonl"):
        # A person whom several intakes of a year count is one person.
        keys = [years[intake] for intake in line["intakes"] if intake in years]
        for key in set(keys):
            found[key] -= (keys.count(key) - 1) * line["people"]
    for line in archive.lines("start_ups.jsonl"):
        found["start-ups", made_of(line), line["founded"]] += 1
        found["spin-offs", made_of(line), line["founded"]] += line["spin_off"]
    return {key: str(number) for key, number in found.items() if number}


def made_of(line):
    return "demonstration" if line["demonstration"] else "real"


def stated_counts(archive):
    return {tuple(line["count"]): str(line["number"]) for line in archive.lines("counts.jsonl")}


def check_figures(archive):
    yield from compared("figure", "entries", "0.00", computed(archive), stated(archive))


def check_counts(archive):
    yield from compared("count", "records", "0", counted(archive), stated_counts(archive))


def compared(what, records, nothing, found, said):
    for key in sorted(set(found) | set(said)):
        now, then = said.get(key, nothing), found.get(key, nothing)
        if now != then:
            yield f"the {what} {', '.join(key)} is stated as {now}, and the {records} come to {then}"


def check_definitions(archive):
    """Check that no entry counts in two figures."""
    seen = {}
    for name, one in archive.definitions().items():
        for kind in one["kinds"]:
            other = seen.setdefault((kind, one["contribution"]), name)
            if other != name:
                yield f"the figures {other} and {name} both add up {kind}, {one['contribution']}"


def check_shares(archive):
    for line in archive.lines("shares.jsonl"):
        total = sum(map(Decimal, line["shares"].values()))
        if total != 100 or line["lead"] not in line["shares"]:
            yield f"the shares of the chair {line['chair']} come to {total} percent, or its lead has none"
