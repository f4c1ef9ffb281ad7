"""Proofs that anybody can check: that something is in the log, and that the log only grew."""

from collections.abc import Iterable
from dataclasses import dataclass

from transparency import merkle
from transparency.heads import last_head
from transparency.models import LogLeaf, TreeHead
from transparency.notes import encode
from transparency.tiles import stored


@dataclass(frozen=True)
class Inclusion:
    """A leaf, the head that it is under, and the hashes that lead from one to the other."""

    leaf: LogLeaf
    head: TreeHead
    path: list[bytes]

    @property
    def coded(self) -> list[str]:
        return [encode(one) for one in self.path]

    def as_data(self) -> dict[str, object]:
        """Return the proof as data; hashes in base64, as in the note."""
        return {
            "leaf": self.leaf.text,
            "index": self.leaf.place,
            "size": self.head.size,
            "path": self.coded,
            "checkpoint": self.head.note,
        }


def inclusion_of(sha256: str) -> Inclusion | None:
    """Return what proves that this fingerprint is in the log; None while no signed head has it."""
    return inclusions_of([sha256]).get(sha256)


def inclusions_of(fingerprints: Iterable[str]) -> dict[str, Inclusion]:
    """Return the proofs of those fingerprints that a signed head has, in a few queries however many there are."""
    head, node = last_head(), stored()
    if head is None:
        return {}
    leaves = LogLeaf.objects.filter(sha256__in=set(fingerprints), place__lt=head.size).order_by("-place")
    return {leaf.sha256: Inclusion(leaf, head, merkle.inclusion_proof(node, leaf.place, head.size)) for leaf in leaves}
