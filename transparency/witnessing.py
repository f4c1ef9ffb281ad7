"""Witnesses: other sites sign the heads of this log, and this site signs those of others (C2SP: tlog-witness).

A witness keeps the last head that it saw of a log, and signs the next one only with a proof that it continues that
head. So whoever rewrites a log would also have to persuade every witness.
"""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from transparency import merkle
from transparency.heads import signing_key
from transparency.models import Cosignature, TreeHead, WitnessedHead
from transparency.notes import Checkpoint, PublicKey, Unreadable, decode, encode, split
from transparency.tiles import stored

if TYPE_CHECKING:
    import httpx

# Seconds.
TIMEOUT = 20
# Bytes of a response: one line with a name and a signature.
MAX_ANSWER = 4_096
MAX_PROOF = 63
CONFLICT, UNPROVEN, UNSIGNED, UNKNOWN, MALFORMED = 409, 422, 403, 404, 400


@dataclass
class NotWitnessed(Exception):
    """Why a head is not signed, as an HTTP status; `size` is that of the last head seen, if it is another one."""

    status: int
    size: int | None = None


def witness(request: str) -> str:
    """Return the signature line of this site for a head of another log. Raise NotWitnessed."""
    try:
        stated, _blank, note = request.partition("\n\n")
        first, *proof = stated.split("\n")
        old = int(first.removeprefix("old "))
        hashes = [decode(line) for line in proof]
        said = Checkpoint.read(note)
        keys = [key for key in map(PublicKey.read, settings.LOG_WITNESSED) if key.name == said.origin]
        is_signed = any(key.signed(note) for key in keys)
    except ValueError as error:
        raise NotWitnessed(MALFORMED) from error
    if old < 0 or len(hashes) > MAX_PROOF:
        raise NotWitnessed(MALFORMED)
    if not keys or signing_key() is None:
        raise NotWitnessed(UNKNOWN)
    if not is_signed:
        raise NotWitnessed(UNSIGNED)
    return _countersigned(said, note, old, hashes)


@transaction.atomic
def _countersigned(said: Checkpoint, note: str, old: int, proof: list[bytes]) -> str:
    WitnessedHead.objects.get_or_create(
        origin=said.origin, defaults={"size": 0, "root": merkle.EMPTY.hex(), "note": "", "seen_at": timezone.now()}
    )
    seen = WitnessedHead.objects.select_for_update().get(origin=said.origin)
    if old != seen.size:
        raise NotWitnessed(CONFLICT, seen.size)
    if old > said.size:
        raise NotWitnessed(MALFORMED)
    if old and not merkle.is_consistent(old, said.size, proof, bytes.fromhex(seen.root), said.root):
        raise NotWitnessed(CONFLICT if old == said.size else UNPROVEN, seen.size)
    now = timezone.now()
    seen.size, seen.root, seen.note, seen.seen_at = said.size, said.root.hex(), note, now
    seen.save()
    key = signing_key()
    assert key is not None, "asked before"
    return key.witness(note, int(now.timestamp()))


def ask(head: TreeHead) -> list[str]:
    """Ask every witness to sign a head. Return a sentence for each failure; the next nightly run tries again."""
    import httpx  # takes 5 MB per process, and only the nightly run needs it

    problems = []
    for address, key in witnesses():
        try:
            line = _ask_one(address, head)
            seen_at = key.signed(split(head.note)[0] + "\n" + line)
            if not seen_at:
                raise Unreadable("its signature is not by the key that the settings name")
            Cosignature.objects.update_or_create(
                head=head,
                witness=key.name,
                defaults={"line": line, "seen_at": datetime.datetime.fromtimestamp(seen_at, datetime.UTC)},
            )
        except (httpx.HTTPError, Unreadable, OverflowError) as error:
            problems.append(f"{key.name} did not sign the head of {head.size} leaves: {error}")
    return problems


def witnesses() -> list[tuple[str, PublicKey]]:
    """Return pairs of address and public key of the witnesses."""
    pairs = (text.partition("=") for text in settings.LOG_WITNESSES)
    return [(address, PublicKey.read(key)) for address, _equals, key in pairs]


def _ask_one(address: str, head: TreeHead) -> str:
    last = Cosignature.objects.filter(witness=dict(witnesses())[address].name).order_by("-head__size").first()
    size = last.head.size if last else 0
    response, said = _post(address, _request(head, size))
    if response.status_code == CONFLICT and said.isdecimal():
        # It has seen another head meanwhile, or its last response was lost.
        size = int(said)
        if size > head.size:
            raise Unreadable(f"it saw {size} leaves, and this head has {head.size}")
        response, said = _post(address, _request(head, size))
    response.raise_for_status()
    return said + "\n"


def _post(address: str, content: str) -> tuple["httpx.Response", str]:
    """Return the response and its text; raise Unreadable if it is longer than a signature can be."""
    import httpx

    said = b""
    with httpx.stream("POST", address, content=content, timeout=TIMEOUT) as response:
        for part in response.iter_bytes():
            said += part
            if len(said) > MAX_ANSWER:
                raise Unreadable("its answer is longer than a signature")
    return response, said.decode(errors="replace").strip()


def _request(head: TreeHead, size: int) -> str:
    proof = merkle.consistency_proof(stored(), size, head.size) if size else []
    return "\n".join([f"old {size}", *map(encode, proof), "", head.note])
