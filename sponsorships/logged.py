"""What of money goes into the transparency log: each entry of the ledger, and each agreement that is in force."""

from collections.abc import Iterator

from sponsorships.enums import IN_FORCE_STATUSES
from sponsorships.models import Agreement, LedgerEntry
from transparency.leaves import CHUNK, Fingerprint, new_ones, not_in_the_log

ENTRY, AGREEMENT = "entry", "agreement"


def entries() -> Iterator[Fingerprint]:
    """Yield the entries that the log has not. Their hash is that of the chain: of what they say and of all before them."""
    rows = not_in_the_log(LedgerEntry.objects.all(), ENTRY, "hash").order_by("pk")
    for reference, position, sha256 in rows.values_list("sponsorship__reference", "position", "hash").iterator(CHUNK):
        yield Fingerprint(ENTRY, f"{reference}/{position}", sha256)


def agreements() -> Iterator[Fingerprint]:
    """Yield the documents of agreements in force that the log has not, by their SHA-256."""
    return new_ones(AGREEMENT, agreements_in_force())


def agreements_in_force() -> Iterator[Fingerprint]:
    rows = Agreement.objects.filter(status__in=IN_FORCE_STATUSES).exclude(sha256="").order_by("pk")
    for reference, number, sha256 in rows.values_list("sponsorship__reference", "number", "sha256").iterator(CHUNK):
        yield Fingerprint(AGREEMENT, f"{reference}/{number}", sha256)
