"""Proofs that anyone can check: that a fingerprint is in the log."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from transparency import merkle
from transparency.heads import last_head
from transparency.models import LogLeaf, TreeHead
from transparency.notes import encode
from transparency.tiles import stored


@dataclass(frozen=True)
class Inclusion:
    """A leaf, a signed head that includes it, and the hashes that lead from one to the other."""

    leaf: LogLeaf
    head: TreeHead
    path: list[bytes]

    @property
    def coded(self) -> list[str]:
        return [encode(one) for one in self.path]

    def as_data(self) -> dict[str, object]:
        """Return the proof as JSON data, with hashes in base64 as in the note."""
        return {
            "leaf": self.leaf.text,
            "index": self.leaf.place,
            "size": self.head.size,
            "path": self.coded,
            "checkpoint": self.head.note,
        }


def inclusion_of(sha256: str, subject: str = "") -> Inclusion | None:
    """Return the proof that this fingerprint is in the log; None if no signed head includes it.

    Two records may have one fingerprint, such as agreements that one document settles: `subject` says whose it must be.
    """
    leaves = LogLeaf.objects.filter(sha256=sha256, **({"subject": subject} if subject else {}))
    return next(iter(_proofs(leaves)), None)


def inclusions_of(fingerprints: Iterable[str]) -> dict[str, Inclusion]:
    """Return the proofs of the fingerprints that the last signed head includes, by fingerprint; few queries for any number."""
    found = _proofs(LogLeaf.objects.filter(sha256__in=set(fingerprints)))
    # Of several leaves with one fingerprint the first counts, as for `inclusion_of`.
    return {one.leaf.sha256: one for one in reversed(found)}


def _proofs(leaves: QuerySet[LogLeaf]) -> list[Inclusion]:
    head, node = last_head(), stored()
    if head is None:
        return []
    included = leaves.filter(place__lt=head.size).order_by("place")
    return [Inclusion(leaf, head, merkle.inclusion_proof(node, leaf.place, head.size)) for leaf in included]
