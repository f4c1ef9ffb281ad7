"""Witnesses: other sites sign the heads of this log, and this site signs those of others (C2SP: tlog-witness).

A witness keeps the last head that it saw of a log, and signs the next one only with a proof that it continues that
head. So whoever rewrites a log would also have to persuade every witness.
"""

import datetime
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from transparency import merkle
from transparency.heads import signing_key
from transparency.models import Cosignature, TreeHead, WitnessedHead
from transparency.notes import Checkpoint, PublicKey, Unreadable, decode, encode, split
from transparency.tiles import HASH, stored

if TYPE_CHECKING:
    import httpx

# Seconds of silence, and of all of an answer.
TIMEOUT, MAX_SECONDS = 20, 60
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
        old = _size(first.removeprefix("old ")) if first.startswith("old ") else None
        hashes = [decode(line) for line in proof]
        said = Checkpoint.read(note)
        keys = [key for key in map(PublicKey.read, settings.LOG_WITNESSED) if key.name == said.origin]
        signature = next(filter(None, (key.signature(note) for key in keys)), None)
    except ValueError as error:
        raise NotWitnessed(MALFORMED) from error
    if old is None or old > said.size or len(hashes) > MAX_PROOF or any(len(one) != HASH for one in hashes):
        raise NotWitnessed(MALFORMED)
    if not keys or signing_key() is None:
        raise NotWitnessed(UNKNOWN)
    if signature is None:
        raise NotWitnessed(UNSIGNED)
    # Whoever sends a note may add lines to it: only what the log signed is kept.
    return _countersigned(said, f"{split(note)[0]}\n{signature.line}", old, hashes)


@transaction.atomic
def _countersigned(said: Checkpoint, note: str, old: int, proof: list[bytes]) -> str:
    WitnessedHead.objects.get_or_create(
        origin=said.origin, defaults={"size": 0, "root": merkle.EMPTY.hex(), "note": "", "seen_at": timezone.now()}
    )
    seen = WitnessedHead.objects.select_for_update().get(origin=said.origin)
    if old != seen.size:
        raise NotWitnessed(CONFLICT, seen.size)
    if not old and (proof or (not said.size and said.root != merkle.EMPTY)):
        raise NotWitnessed(UNPROVEN, seen.size)
    if old and not merkle.is_consistent(old, said.size, proof, bytes.fromhex(seen.root), said.root):
        raise NotWitnessed(CONFLICT if old == said.size else UNPROVEN, seen.size)
    now = timezone.now()
    # A head that is sent again and again costs a signature, and no writing.
    if seen.note != note:
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
            found = key.signature(split(head.note)[0] + "\n" + _ask_one(address, head))
            if found is None:
                raise Unreadable("its signature is not by the key that the settings name")
            # The other lines of its answer, if any, are not kept: nobody asked for them.
            Cosignature.objects.update_or_create(
                head=head, witness=key.name, defaults={"line": found.line, "seen_at": _moment(found.time)}
            )
        except (httpx.HTTPError, Unreadable) as error:
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
    seen = _size(said) if response.status_code == CONFLICT else None
    if seen is not None:
        # It has seen another head meanwhile, or its last response was lost.
        size = seen
        if size > head.size:
            raise Unreadable(f"it saw {size} leaves, and this head has {head.size}")
        response, said = _post(address, _request(head, size))
    response.raise_for_status()
    return said + "\n"


def _post(address: str, content: str) -> tuple["httpx.Response", str]:
    """Return the response and its text; raise Unreadable if it is longer than a signature can be, or does not end."""
    import httpx

    said, started = b"", time.monotonic()
    # A short answer that is compressed may unfold to a huge one.
    headers = {"Accept-Encoding": "identity"}
    with httpx.stream("POST", address, content=content, headers=headers, timeout=TIMEOUT) as response:
        for part in response.iter_raw():
            said += part
            if len(said) > MAX_ANSWER:
                raise Unreadable("its answer is longer than a signature")
            if time.monotonic() - started > MAX_SECONDS:
                raise Unreadable("its answer does not end")
    return response, said.decode(errors="replace").strip()


def _request(head: TreeHead, size: int) -> str:
    proof = merkle.consistency_proof(stored(), size, head.size) if size else []
    return "\n".join([f"old {size}", *map(encode, proof), "", head.note])


def _size(text: str) -> int | None:
    """Return the number of leaves that a text says, or None: Python's own `int` also reads signs, spaces and other digits."""
    return int(text) if re.fullmatch("0|[1-9][0-9]{0,17}", text) else None


def _moment(seconds: int) -> datetime.datetime:
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Unreadable("the time that it says is none") from error
