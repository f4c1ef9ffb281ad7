"""The tree against RFC 9162's own definition, written here once more the slow way."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency import merkle

LEAVES = [merkle.hash_leaf(bytes([number])) for number in range(80)]
NODE = merkle.node_of(LEAVES)


def slow_root(hashes):
    """MTH of RFC 9162, 2.1.1, of hashes of leaves."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return hashlib.sha256(b"\x01" + slow_root(hashes[:middle]) + slow_root(hashes[middle:])).digest()


def test_the_root_is_the_one_of_the_standard():
    for size in range(len(LEAVES) + 1):
        assert merkle.root(NODE, size) == slow_root(LEAVES[:size])
    # Of seven leaves, from the test vectors of certificate-transparency-go.
    texts = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    hashes = [merkle.hash_leaf(bytes.fromhex(text)) for text in texts]
    assert merkle.root(merkle.node_of(hashes), 7).hex() == (
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"
    )


@given(st.integers(1, 80), st.data())
def test_a_proof_of_inclusion_holds_for_its_leaf_and_no_other(size, data):
    place = data.draw(st.integers(0, size - 1))
    proof, root = merkle.inclusion_proof(NODE, place, size), slow_root(LEAVES[:size])
    assert merkle.is_included(LEAVES[place], place, size, proof, root)
    assert not merkle.is_included(merkle.hash_leaf(b"other"), place, size, proof, root)
    assert not merkle.is_included(LEAVES[place], place, size, [*proof, root], root)
    assert not merkle.is_included(LEAVES[place], size, size, proof, root)


@given(st.integers(1, 80), st.data())
def test_a_proof_of_consistency_holds_for_its_trees_and_no_others(second, data):
    first = data.draw(st.integers(1, second))
    proof = merkle.consistency_proof(NODE, first, second)
    old, new = slow_root(LEAVES[:first]), slow_root(LEAVES[:second])
    assert merkle.is_consistent(first, second, proof, old, new)
    other = slow_root([*LEAVES[: first - 1], merkle.hash_leaf(b"other")])
    assert not merkle.is_consistent(first, second, proof, other, new)
    assert not merkle.is_consistent(first, second, [*proof, new], old, new)


def test_what_is_not_there_has_no_proof():
    assert merkle.inclusion_proof(NODE, 0, 1) == []
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion_proof(NODE, 3, 3)
    with pytest.raises(ValueError, match="first tree"):
        merkle.consistency_proof(NODE, 0, 3)
