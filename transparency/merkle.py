"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0), section 2.1: its root, and its proofs.

A tree is read through a function that returns the root of a complete subtree, so that not all leaves must be in memory.
Hashes are 32 bytes.
"""

import hashlib
from collections.abc import Callable, Sequence

# Takes the level of a complete subtree (of 2**level leaves) and its place among those of that level; returns its root.
Node = Callable[[int, int], bytes]

EMPTY = hashlib.sha256(b"").digest()


def hash_leaf(text: bytes) -> bytes:
    """Return the hash of a leaf. The first byte differs from that of a node, so that neither can pass for the other."""
    return hashlib.sha256(b"\x00" + text).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def node_of(leaves: Sequence[bytes]) -> Node:
    """Return the function that reads a tree whose leaf hashes are all in memory."""

    def node(level: int, place: int) -> bytes:
        row = list(leaves[place << level : (place + 1) << level])
        while len(row) > 1:
            row = [hash_node(row[i], row[i + 1]) for i in range(0, len(row), 2)]
        return row[0]

    return node


def root(node: Node, size: int) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _root(node, 0, size) if size else EMPTY


def inclusion_proof(node: Node, place: int, size: int) -> list[bytes]:
    """Return the proof that a leaf is in the tree of this size (2.1.3.1). Raise ValueError if there is no such leaf."""
    if not 0 <= place < size:
        raise ValueError("there is no such leaf in this tree")
    return _path(node, place, 0, size)


def consistency_proof(node: Node, first: int, second: int) -> list[bytes]:
    """Return the proof that the tree of size `second` begins with that of size `first` (2.1.4.1). Raise ValueError."""
    if not 0 < first <= second:
        raise ValueError("the first tree must not be empty, nor larger than the second")
    return [] if first == second else _extension(node, first, 0, second, is_whole=True)


def is_included(leaf: bytes, place: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Return whether the proof leads from the leaf to the expected root (2.1.3.2)."""
    if not 0 <= place < size:
        return False
    own, last, found = place, size - 1, leaf
    for sibling in proof:
        if not last:
            return False
        if own & 1 or own == last:
            found = hash_node(sibling, found)
            while not own & 1 and own:
                own, last = own >> 1, last >> 1
        else:
            found = hash_node(found, sibling)
        own, last = own >> 1, last >> 1
    return not last and found == expected


def is_consistent(first: int, second: int, proof: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Return whether the proof shows that the second tree begins with the first (2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and old == new
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, old)
    if not path:
        return False
    own, last = first - 1, second - 1
    while own & 1:
        own, last = own >> 1, last >> 1
    of_old = of_new = path[0]
    for sibling in path[1:]:
        if not last:
            return False
        if own & 1 or own == last:
            of_old, of_new = hash_node(sibling, of_old), hash_node(sibling, of_new)
            while not own & 1 and own:
                own, last = own >> 1, last >> 1
        else:
            of_new = hash_node(of_new, sibling)
        own, last = own >> 1, last >> 1
    return not last and of_old == old and of_new == new


def _split(size: int) -> int:
    """Return the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _root(node: Node, start: int, end: int) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return hash_node(_root(node, start, middle), _root(node, middle, end))


def _path(node: Node, place: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if place < middle:
        return [*_path(node, place, start, middle), _root(node, middle, end)]
    return [*_path(node, place, middle, end), _root(node, start, middle)]


def _extension(node: Node, first: int, start: int, end: int, *, is_whole: bool) -> list[bytes]:
    """Return the proof for the leaves from `start` to `end`; `is_whole` as long as they include the whole old tree."""
    if first == end:
        return [] if is_whole else [_root(node, start, end)]
    middle = start + _split(end - start)
    if first <= middle:
        return [*_extension(node, first, start, middle, is_whole=is_whole), _root(node, middle, end)]
    return [*_extension(node, first, middle, end, is_whole=False), _root(node, start, middle)]
