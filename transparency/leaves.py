"""The leaves of the log. Each app registers a source of fingerprints, which yields those not yet in the log."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from transparency.merkle import hash_leaf
from transparency.models import LogLeaf
from transparency.tiles import Tiles

CHUNK = 2_000
# SQLite limits the number of values in a statement.
ROWS_A_STATEMENT = 50


class Fingerprint(NamedTuple):
    """The fingerprint of a record that must not change: its kind, its name, and the SHA-256 of its content in hexadecimal."""

    kind: str
    subject: str
    sha256: str

    @property
    def text(self) -> bytes:
        """The bytes that the tree hashes."""
        return " ".join(self).encode()


# Yields the fingerprints that are not in the log yet, in a stable order.
Source = Callable[[], Iterator[Fingerprint]]
_SOURCES: dict[str, Source] = {}


def keep_in_the_log(kind: str, source: Source) -> None:
    """Register the source of a kind's fingerprints. Apps call this in `AppConfig.ready`."""
    _SOURCES[kind] = source


def not_in_the_log(records: QuerySet, kind: str, sha256: str) -> QuerySet:
    """Narrow to records whose hash, in the field named `sha256`, is not a leaf of this kind."""
    return records.exclude(Exists(LogLeaf.objects.filter(kind=kind, sha256=OuterRef(sha256))))


def new_ones(kind: str, fingerprints: Iterable[Fingerprint]) -> Iterator[Fingerprint]:
    """Yield the fingerprints that are not in the log. It reads all leaves of the kind, so the kind must be small."""
    known = set(LogLeaf.objects.filter(kind=kind).values_list("subject", "sha256"))
    return (one for one in fingerprints if (one.subject, one.sha256) not in known)


def size() -> int:
    """Return the number of leaves in the log."""
    last = LogLeaf.objects.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def append_what_is_new() -> int:
    """Append the new fingerprints of all sources, and return the log's size. The caller prevents concurrent calls."""
    tiles, end, waiting = Tiles(), size(), []
    for kind in sorted(_SOURCES):
        for fingerprint in _SOURCES[kind]():
            waiting.append(fingerprint)
            if len(waiting) == CHUNK:
                end, waiting = _append(tiles, waiting, end), []
    end = _append(tiles, waiting, end)
    tiles.save()
    return end


def _append(tiles: Tiles, fingerprints: list[Fingerprint], end: int) -> int:
    leaves = [LogLeaf(place=end + number, **one._asdict()) for number, one in enumerate(fingerprints)]
    LogLeaf.objects.bulk_create(leaves, batch_size=ROWS_A_STATEMENT)
    return tiles.append((hash_leaf(one.text) for one in fingerprints), end)
