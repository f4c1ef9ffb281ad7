"""The contents of the auditor's archive, as lines of JSON. `verify.py` beside this file reads them."""

import datetime
from collections.abc import Iterator
from typing import Any

from chairs.models import Chair, ClusterShare
from clusters.enums import Origin
from clusters.models import Cluster
from figures.enums import COUNTED, PUBLIC, Grouping, Measure
from figures.kept import KeptSums
from figures.scopes import published_sponsorships
from figures.sums import Figures
from sponsorships import logged
from sponsorships.accounting.whole_ledger import entries_as_text
from sponsorships.models import LedgerHead, Sponsorship
from transparency.heads import origin, public_keys
from transparency.leaves import CHUNK
from transparency.models import LogLeaf, TreeHead
from yearly.logged import reports as waiting_reports
from yearly.logged import subject_of
from yearly.models import YearReport

Line = dict[str, Any]


def entries() -> Iterator[Line]:
    """Yield each entry's content exactly as hashed, with its hashes, by account and position."""
    for entry in entries_as_text():
        yield {"content": entry.content(), "previous": entry.previous_hash, "hash": entry.hash}


def sponsorships() -> Iterator[Line]:
    """Yield, for each account, its chair and cluster, whether it is public today, and the end of its chain."""
    public = set(published_sponsorships().order_by().values_list("pk", flat=True))
    ends = dict(LedgerHead.objects.values_list("sponsorship_id", "position").iterator(CHUNK))
    hashes = dict(LedgerHead.objects.values_list("sponsorship_id", "hash").iterator(CHUNK))
    columns = ("pk", "reference", "short_reference", "origin", "status", "chair__slug", "chair__cluster__slug")
    for pk, reference, short, made, status, chair, cluster in (
        Sponsorship.objects.order_by("pk").values_list(*columns).iterator(CHUNK)
    ):
        yield {
            "sponsorship": str(reference),
            "reference": short,
            "chair": chair,
            "cluster": cluster,
            "status": status,
            "demonstration": made == Origin.DEMONSTRATION,
            "public": pk in public,
            "position": ends.get(pk, 0),
            "hash": hashes.get(pk, ""),
        }


def shares() -> Iterator[Line]:
    """Yield how jointly funded chairs are divided among clusters, and since which day."""
    slugs = dict(Cluster.objects.values_list("pk", "slug"))
    agreed = ClusterShare.objects.agreed()
    for chair, slug, lead in Chair.objects.filter(pk__in=agreed).order_by("pk").values_list("pk", "slug", "cluster"):
        percents, since = agreed[chair]
        said = {slugs[cluster]: str(percent) for cluster, percent in percents.items()}
        yield {"chair": slug, "lead": slugs[lead], "since": since.isoformat(), "shares": said}


def agreements() -> Iterator[Line]:
    """Yield the SHA-256 of each agreement in force, from today's records."""
    for one in logged.agreements_in_force():
        yield {"subject": one.subject, "sha256": one.sha256}


def reports() -> Iterator[Line]:
    """Yield accepted yearly reports with their whole content."""
    for report in YearReport.objects.accepted().select_related("cluster").order_by("pk").iterator(CHUNK):
        yield {"subject": subject_of(report), "sha256": report.sha256, "payload": report.payload}


def leaves() -> Iterator[str]:
    for leaf in LogLeaf.objects.order_by("place").iterator(CHUNK):
        yield leaf.text


def heads() -> Iterator[Line]:
    for head in TreeHead.objects.order_by("pk").prefetch_related("cosignatures").iterator(CHUNK):
        yield {"note": head.note, "cosignatures": [one.line for one in head.cosignatures.all()]}


def not_logged_yet() -> list[str]:
    """Return the leaves of what was recorded since the last head: the next head will include them."""
    return [one.text.decode() for found in (logged.entries(), logged.agreements(), waiting_reports()) for one in found]


def definitions() -> dict[str, Line]:
    """Return, for each figure, the kinds of entries that it sums up, in euros net of VAT."""
    return {
        measure.value: {
            "kinds": [kind.value for kind in kinds],
            "contribution": contribution.value,
            "is_public": measure in PUBLIC,
        }
        for measure, (kinds, contribution) in COUNTED.items()
    }


def figures(on: datetime.date) -> Iterator[Line]:
    """Yield every figure of money that pages show on a day, from the same kept sums."""
    slugs = dict(Cluster.objects.values_list("pk", "slug"))
    for counted, sums in (("all", KeptSums(on)), ("public", KeptSums(on, is_public=True))):
        for made, is_made_up in (("real", False), ("demonstration", True)):
            part = sums.only(is_made_up)
            yield from _figures(counted, made, "nation", part.total())
            for cluster, found in part.by(Grouping.CLUSTER).items():
                yield from _figures(counted, made, f"cluster {slugs[cluster]}", found)
            for quarter, found in part.by(Grouping.QUARTER).items():
                yield from _figures(counted, made, f"quarter {quarter.isoformat()}", found)


def manifest(on: datetime.date) -> Line:
    return {
        "origin": origin(),
        "on": on.isoformat(),
        "keys": [str(key) for key in public_keys()],
        "not_logged_yet": not_logged_yet(),
    }


def _figures(counted: str, made: str, part: str, found: Figures) -> Iterator[Line]:
    for measure in Measure:
        if found[measure]:
            yield {"figure": [counted, made, measure.value, part], "euros": f"{found[measure]:.2f}"}
