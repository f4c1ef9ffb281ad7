"""Signed notes in the format that transparency logs share (C2SP: signed-note, tlog-checkpoint, tlog-cosignature).

A checkpoint has the log's name, the size of its tree, and the root. A witness adds a signature with the time when it
saw it.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
DASH = "\N{EM DASH} "
KEY_BYTES = 32
TAG_BYTES = 4
TIME_BYTES = 8
# A checkpoint has three or four lines; a dozen signatures are more than any has.
MAX_NOTE = 16_000


class Unreadable(ValueError):
    """A malformed note, key or proof; the message is the reason."""


class Signature(NamedTuple):
    """A line that holds, and the time that it says (for a log, 1)."""

    line: str
    time: int


@dataclass(frozen=True)
class PublicKey:
    """The name and public key of a log or a witness."""

    name: str
    key: bytes
    algorithm: int = ED25519

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        """Return the key from its text form `name+tag+base64`. Raise Unreadable."""
        name, _plus, rest = text.strip().partition("+")
        tag, _plus, coded = rest.partition("+")
        content = decode(coded)
        if not name or len(content) != KEY_BYTES + 1 or content[0] not in (ED25519, COSIGNATURE):
            raise Unreadable("a key looks like chairs.example.org+1a2b3c4d+AX…")
        key = cls(name, content[1:], content[0])
        if key.tag.hex() != tag:
            raise Unreadable("the key and the tag before it do not belong together")
        return key

    @property
    def tag(self) -> bytes:
        """The four bytes that identify the key in a signature."""
        said = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.key
        return hashlib.sha256(said).digest()[:TAG_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.tag.hex()}+{encode(bytes([self.algorithm]) + self.key)}"

    def signed(self, note: str) -> int | None:
        """Return whether this key signed a note: 1, or for a witness the time in seconds since 1970; None if it did not."""
        found = self.signature(note)
        return found.time if found else None

    def signature(self, note: str) -> "Signature | None":
        """Return this key's signature of a note; None if it did not sign it. Other lines are anybody's, and not to be kept."""
        text, lines = split(note)
        for line in lines:
            name, _space, coded = line.removeprefix(DASH).rpartition(" ")
            content = decode(coded)
            if name != self.name or content[:TAG_BYTES] != self.tag:
                continue
            time, signature = 1, content[TAG_BYTES:]
            message = text.encode()
            if self.algorithm == COSIGNATURE:
                time, signature = int.from_bytes(signature[:TIME_BYTES], "big"), signature[TIME_BYTES:]
                message = _witnessed(text, time)
            try:
                Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
            except InvalidSignature:
                continue
            return Signature(f"{line}\n", time)
        return None


@dataclass(frozen=True)
class PrivateKey:
    """A private key that signs under a name."""

    name: str
    seed: bytes

    def public(self, algorithm: int = ED25519) -> PublicKey:
        return PublicKey(self.name, self._key.public_key().public_bytes_raw(), algorithm)

    def sign(self, text: str) -> str:
        """Return the text as a note with this key's signature."""
        return f"{text}\n{self._line(self.public().tag + self._key.sign(text.encode()))}"

    def witness(self, note: str, time: int) -> str:
        """Return this key's signature line as a witness that saw the note at a time, in seconds since 1970."""
        text, _lines = split(note)
        signature = self._key.sign(_witnessed(text, time))
        return self._line(self.public(COSIGNATURE).tag + time.to_bytes(TIME_BYTES, "big") + signature)

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def _line(self, content: bytes) -> str:
        return f"{DASH}{self.name} {encode(content)}\n"


@dataclass(frozen=True)
class Checkpoint:
    """The content of a head: its log, the number of leaves, the root, and when it was signed."""

    origin: str
    size: int
    root: bytes
    time: str = ""

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n" + (f"time {self.time}\n" if self.time else "")

    @classmethod
    def read(cls, note: str) -> "Checkpoint":
        """Return the checkpoint in the text of a note. Raise Unreadable."""
        text, _lines = split(note)
        origin, size, coded, *more = text.rstrip("\n").split("\n") if text.count("\n") >= 3 else ("", "", "")
        if not origin or not (size.isascii() and size.isdigit()) or len(size) > 18 or (size[0] == "0" and size != "0"):
            raise Unreadable("a checkpoint says its log, its size and its root, a line each")
        root = decode(coded)
        if len(root) != KEY_BYTES:
            raise Unreadable("the root is not 32 bytes in base64")
        time = next((line.removeprefix("time ") for line in more if line.startswith("time ")), "")
        return cls(origin, int(size), root, time)


def split(note: str) -> tuple[str, list[str]]:
    """Return the text of a note, and its signature lines. Raise Unreadable."""
    text, blank, signatures = note.rpartition("\n\n")
    lines = signatures.removesuffix("\n").split("\n") if signatures else []
    if len(note) > MAX_NOTE or not blank or not all(line.startswith(DASH) for line in lines):
        raise Unreadable("a note is a text, an empty line, and signatures that begin with a dash")
    if any(ord(sign) < ord(" ") and sign != "\n" for sign in note):
        raise Unreadable("a note has no control characters")
    return text + "\n", lines


def encode(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes encoded in base64. Raise Unreadable."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Unreadable("this is not base64") from error


def _witnessed(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
