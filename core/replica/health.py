"""Whether the copy of the database may be read: it answers, follows, and is not too far behind.

Each process looks once a second, while anybody reads: it asks the database where its log of changes ends, and the copy how
much of it is there. What the database had written REPLICA_LAG_SECONDS ago, the copy must have. A database that does not answer
tells nothing: the copy goes on as it was found last.
"""

import logging
import threading
import time
from collections import deque

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from core.replica.reading import copy_of_this_thread

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1
# So long a copy is left alone that did not answer: whoever tries it may wait for it.
SECONDS_OF_REST = 10
# As numbers of bytes. The first is nowhere before the end of a commit that was said to hold, and may be somewhat after it; the
# second is what a copy can have been sent.
WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
FLUSHED = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn WHERE pg_is_in_recovery()"
# At first, and when nobody read for a while. It is not read, and not worth a line: a moment later more is known.
NOT_KNOWN = "how far it is behind is not known yet"
NO_COPY = "it is not a copy that follows: it takes changes itself"


def written() -> int:
    """Return where the database's log of changes ends."""
    return _number(connection, WRITTEN) or 0


def replayed(copy: BaseDatabaseWrapper) -> int | None:
    """Return how much of that log a copy has; None where it is none."""
    return _number(copy, REPLAYED)


def _number(database: BaseDatabaseWrapper, question: str) -> int | None:
    with database.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else None


def bytes_behind() -> int | None:
    """Return how much a copy has still to take in; None where it does not answer, or does not follow."""
    try:
        there = replayed(copy_of_this_thread())
    except (DatabaseError, InterfaceError):
        copy_of_this_thread().close()
        return None
    return None if there is None else max((_number(connection, FLUSHED) or 0) - there, 0)


class Health:
    """What a process knows of the copy. Its log says each time that this changes."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # When the database's log ended where, the oldest first.
        self.seen: deque[tuple[float, int]] = deque()
        self.next_look = 0.0
        # Nothing was looked at yet: until then, nobody reads from it.
        self.trouble: str | None = NOT_KNOWN
        self.said: str | None = None

    def is_good(self) -> bool:
        """Return whether the copy may be read now."""
        if time.monotonic() >= self.next_look and self.lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self.lock.release()
        return self.trouble is None

    def does_not_answer(self, error: BaseException) -> None:
        """Leave the copy alone for a while."""
        self._note(f"it does not answer ({str(error).strip()})", SECONDS_OF_REST)

    def _look(self) -> None:
        try:
            end = _number(connection, FLUSHED) or 0
        except (DatabaseError, InterfaceError):
            self.next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
            return
        now = time.monotonic()
        while self.seen and now - self.seen[0][0] > settings.REPLICA_LAG_SECONDS:
            self.seen.popleft()
        self.seen.append((now, end))
        try:
            there = replayed(copy_of_this_thread())
        except (DatabaseError, InterfaceError) as error:
            copy_of_this_thread().close()
            self.does_not_answer(error)
            return
        self._note(self._judged(there), SECONDS_BETWEEN_LOOKS)

    def _judged(self, there: int | None) -> str | None:
        if there is None:
            return NO_COPY
        behind = self.seen[0][1] - there
        if behind <= 0:
            return None
        if time.monotonic() - self.seen[0][0] < settings.REPLICA_LAG_SECONDS / 2:
            return NOT_KNOWN
        return f"it is more than {settings.REPLICA_LAG_SECONDS} seconds behind, by {behind} bytes at least"

    def _note(self, trouble: str | None, seconds: int) -> None:
        self.trouble, self.next_look = trouble, time.monotonic() + seconds
        if trouble == NOT_KNOWN:
            return
        kind = trouble.partition(",")[0].partition(" (")[0] if trouble else None
        if kind == self.said:
            return
        self.said = kind
        if trouble:
            logger.warning("The replica is not read: %s. The database answers in its place.", trouble)
        else:
            logger.warning("The replica is read again.")
