"""Store the hashes of the tree as tiles of 256, so that a proof reads few rows for a log of any size (C2SP: tlog-tiles)."""

from collections.abc import Iterable, Iterator

from transparency.merkle import Node, hash_node
from transparency.models import LogTile

HASH = 32
# Width of a tile, as a power of two.
HEIGHT = 8
WIDTH = 1 << HEIGHT


class Tiles:
    """The tiles of the log, each read once; `save` writes the changed ones."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], bytes] = {}
        self._changed: set[tuple[int, int]] = set()

    def tile(self, level: int, number: int) -> bytes:
        key = level, number
        if key not in self._read:
            found = LogTile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
            self._read[key] = bytes(found or b"")
        return self._read[key]

    def node(self, level: int, place: int) -> bytes:
        """Return the root of a complete subtree (a `merkle.Node`). Raise LookupError if the log is shorter."""
        tile_level, above = divmod(level, HEIGHT)
        number, start = divmod(place << above, WIDTH)
        row = self.tile(tile_level, number)[start * HASH : (start + (1 << above)) * HASH]
        if len(row) != HASH << above:
            raise LookupError("the log has no such leaf")
        return fold(row)

    def append(self, leaves: Iterable[bytes], size: int) -> int:
        """Append the hashes of leaves to a log of this size. Return its new size."""
        for leaf in leaves:
            self._put(0, size, leaf)
            size += 1
        return size

    def _put(self, level: int, place: int, content: bytes) -> None:
        number, start = divmod(place, WIDTH)
        key = level, number
        tile = self.tile(*key)[: start * HASH] + content
        self._read[key] = tile
        self._changed.add(key)
        if start == WIDTH - 1:
            self._put(level + 1, number, fold(tile))

    def save(self) -> None:
        tiles = [
            LogTile(level=level, number=number, hashes=self._read[level, number]) for level, number in self._changed
        ]
        LogTile.objects.bulk_create(
            tiles, batch_size=50, update_conflicts=True, unique_fields=["level", "number"], update_fields=["hashes"]
        )
        self._changed.clear()


class Recomputed(Tiles):
    """The tiles that given leaves make: nothing is read, so that they can be compared with those that are stored."""

    def tile(self, level: int, number: int) -> bytes:
        return self._read.get((level, number), b"")

    def save(self) -> None:
        raise TypeError("what is only to be compared is not stored")

    def differing(self) -> Iterator[tuple[int, int]]:
        """Yield the level and number of each tile that is stored with other hashes, or is missing, or is one too many."""
        waiting = dict(self._read)
        for level, number, hashes in LogTile.objects.values_list("level", "number", "hashes").iterator():
            if waiting.pop((level, number), None) != bytes(hashes):
                yield level, number
        yield from waiting


def fold(row: bytes) -> bytes:
    """Return the root of 1, 2, 4 … 256 adjacent hashes."""
    hashes = [row[i : i + HASH] for i in range(0, len(row), HASH)]
    while len(hashes) > 1:
        hashes = [hash_node(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def stored() -> Node:
    """Return the function that reads the stored tree."""
    return Tiles().node
