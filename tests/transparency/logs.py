"""A log of another site, kept in memory, and keys of witnesses."""

import base64
import hashlib

from transparency import merkle
from transparency.notes import COSIGNATURE, Checkpoint, PrivateKey, encode

SEED = hashlib.sha256(b"a key of the tests").digest()
CODED_SEED = base64.b64encode(SEED).decode()
ORIGIN = "other.example.org/log"
THEIRS = PrivateKey(ORIGIN, hashlib.sha256(b"another log").digest())
WITNESS = PrivateKey("witness.example.org/log", hashlib.sha256(b"a witness").digest())
WITNESS_KEY = str(WITNESS.public(COSIGNATURE))


class OtherLog:
    def __init__(self, salt: str = ""):
        self.leaves = [merkle.hash_leaf(f"{salt}{number}".encode()) for number in range(40)]

    def head(self, size: int, key: PrivateKey = THEIRS) -> str:
        root = merkle.root(merkle.node_of(self.leaves), size)
        return key.sign(str(Checkpoint(ORIGIN, size, root)))

    def request(self, old: int, size: int, **said) -> str:
        proof = merkle.consistency_proof(merkle.node_of(self.leaves), old, size) if 0 < old <= size else []
        return "\n".join([f"old {old}", *map(encode, proof), "", self.head(size, **said)])
