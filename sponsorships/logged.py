"""What the transparency log records about money: each ledger entry, and each agreement in force."""

from collections.abc import Iterator

from sponsorships.enums import IN_FORCE_STATUSES
from sponsorships.models import Agreement, LedgerEntry
from transparency.leaves import CHUNK, Fingerprint, new_ones, not_in_the_log

ENTRY, AGREEMENT = "entry", "agreement"


def entries() -> Iterator[Fingerprint]:
    """Yield a fingerprint for each ledger entry that is not yet in the log.

    Its hash is the one in the entry's chain, which covers the entry and all entries before it.
    """
    rows = not_in_the_log(LedgerEntry.objects.all(), ENTRY, "hash").order_by("pk")
    for reference, position, sha256 in rows.values_list("sponsorship__reference", "position", "hash").iterator(CHUNK):
        yield Fingerprint(ENTRY, f"{reference}/{position}", sha256)


def agreements() -> Iterator[Fingerprint]:
    """Yield a fingerprint (SHA-256 of the document) for each agreement in force that is not yet in the log."""
    return new_ones(AGREEMENT, agreements_in_force())


def agreements_in_force() -> Iterator[Fingerprint]:
    rows = Agreement.objects.filter(status__in=IN_FORCE_STATUSES).exclude(sha256="").order_by("pk")
    for reference, number, sha256 in rows.values_list("sponsorship__reference", "number", "sha256").iterator(CHUNK):
        yield Fingerprint(AGREEMENT, f"{reference}/{number}", sha256)
