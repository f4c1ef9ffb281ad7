"""Proofs that anyone can check: that a fingerprint is in the log."""

from collections.abc import Iterable
from dataclasses import dataclass

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


def inclusion_of(sha256: str) -> Inclusion | None:
    """Return the proof that this fingerprint is in the log; None if no signed head includes it."""
    return inclusions_of([sha256]).get(sha256)


def inclusions_of(fingerprints: Iterable[str]) -> dict[str, Inclusion]:
    """Return the proofs of the fingerprints that the last signed head includes, by fingerprint; few queries for any number."""
    head, node = last_head(), stored()
    if head is None:
        return {}
    leaves = LogLeaf.objects.filter(sha256__in=set(fingerprints), place__lt=head.size).order_by("-place")
    return {leaf.sha256: Inclusion(leaf, head, merkle.inclusion_proof(node, leaf.place, head.size)) for leaf in leaves}
