"""What the log is made of. Each app that has something to keep as it is says where it finds it, and what of it is not in the
log yet."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from transparency.merkle import hash_leaf
from transparency.models import LogLeaf
from transparency.tiles import Tiles

CHUNK = 2_000
# SQLite may take few values in a statement.
ROWS_A_STATEMENT = 50


class Fingerprint(NamedTuple):
    """Something that must stay as it is: of which kind, which one, and the SHA-256 of what it says, in hexadecimal."""

    kind: str
    subject: str
    sha256: str

    @property
    def text(self) -> bytes:
        """What the tree hashes."""
        return " ".join(self).encode()


# Yields what is not in the log yet, in an order that stays.
Source = Callable[[], Iterator[Fingerprint]]
_SOURCES: dict[str, Source] = {}


def keep_in_the_log(kind: str, source: Source) -> None:
    """Say where fingerprints of a kind are found. Apps do so when they are ready."""
    _SOURCES[kind] = source


def not_in_the_log(records: QuerySet, kind: str, sha256: str) -> QuerySet:
    """Narrow records to those whose fingerprint, the field of this name, is no leaf of the kind."""
    return records.exclude(Exists(LogLeaf.objects.filter(kind=kind, sha256=OuterRef(sha256))))


def new_ones(kind: str, fingerprints: Iterable[Fingerprint]) -> Iterator[Fingerprint]:
    """Yield those that the log has not, of a kind of which there are few: all of the log's are read."""
    known = set(LogLeaf.objects.filter(kind=kind).values_list("subject", "sha256"))
    return (one for one in fingerprints if (one.subject, one.sha256) not in known)


def size() -> int:
    """Return how many leaves the log has."""
    last = LogLeaf.objects.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def append_what_is_new() -> int:
    """Append to the log what its sources have that it has not, and return its size; in a transaction that nobody else is in."""
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
