"""The heads of the log: signed every night, and compared with the current log."""

import base64
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from transparency import merkle
from transparency.leaves import CHUNK, append_what_is_new
from transparency.merkle import hash_leaf
from transparency.models import LogLeaf, TreeHead
from transparency.notes import Checkpoint, PrivateKey, PublicKey
from transparency.tiles import Recomputed, stored

# Key of the advisory lock: two concurrent nightly runs would append the same leaves. Unique among this site's locks.
NIGHTLY_LOCK = 7_406_914


class Rewritten(Exception):
    """The log does not continue the last signed head; the message says where."""


def origin() -> str:
    """Return the name of this site's log."""
    name: str = settings.LOG_NAME
    return name


def signing_key() -> PrivateKey | None:
    """Return the key that signs heads; None if the environment has none."""
    seed = settings.LOG_SIGNING_KEY
    return PrivateKey(origin(), base64.b64decode(seed)) if seed else None


def public_keys() -> list[PublicKey]:
    """Return the public keys that sign this log's heads: the current one, then former ones."""
    key = signing_key()
    return [*([key.public()] if key else []), *(PublicKey.read(text) for text in settings.LOG_FORMER_KEYS)]


def last_head() -> TreeHead | None:
    return TreeHead.objects.prefetch_related("cosignatures").first()


@transaction.atomic
def sign(tell: Callable[[TreeHead], None] = lambda head: None) -> TreeHead | None:
    """Append new leaves, then sign and return a head; None without a key. If the head of this day says the same, return that one.

    `tell` is called with a new head, in the transaction that stores it: a head is both signed and told, once, or neither.

    Raise Rewritten, and sign nothing, if the tree does not begin with the one signed last.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NIGHTLY_LOCK])
    size, key = append_what_is_new(), signing_key()
    before = last_head()
    if before is not None and (size < before.size or merkle.root(stored(), before.size).hex() != before.root):
        raise Rewritten(
            f"The log of {size} leaves does not begin with the {before.size} that were signed on {before.signed_at:%Y-%m-%d}."
        )
    if key is None:
        return None
    now = timezone.now()
    if before is not None and before.size == size and key.public().signed(before.note) and _is_of_today(before):
        # A night that fails is repeated each hour, perhaps for ever: auditors need not hear of it each time.
        return before
    root = merkle.root(stored(), size)
    said = Checkpoint(origin(), size, root, f"{now:%Y-%m-%dT%H:%M:%SZ}")
    head = TreeHead.objects.create(size=size, root=root.hex(), note=key.sign(str(said)), signed_at=now)
    tell(head)
    return head


def _is_of_today(head: TreeHead) -> bool:
    return timezone.localdate(head.signed_at) == timezone.localdate()


def misfits() -> Iterator[str]:
    """Yield a sentence for each error: leaves that differ from the tiles, heads with a wrong root or signature.

    It takes as long as there are leaves and heads together, not one times the other: the tree is made once.
    """
    tiles, size = Recomputed(), 0
    for leaf in LogLeaf.objects.order_by("place").iterator(CHUNK):
        if leaf.place != size:
            yield f"leaf {size} is missing"
            return
        size = tiles.append([hash_leaf(leaf.text.encode())], size)
    for level, number in tiles.differing():
        yield f"tile {level}/{number} is not made of the leaves"
    keys = public_keys()
    for head in TreeHead.objects.order_by("pk").iterator(CHUNK):
        if head.size > size:
            yield f"head {head.pk} has {head.size} leaves, the log {size}"
        elif merkle.root(tiles.node, head.size).hex() != head.root:
            yield f"head {head.pk} has another root than its {head.size} leaves"
        elif Checkpoint.read(head.note).root.hex() != head.root:
            yield f"head {head.pk} says one root, and was signed with another"
        elif not any(key.signed(head.note) for key in keys):
            yield f"head {head.pk} is signed by none of this log’s keys"
