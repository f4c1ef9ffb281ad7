"""Whether the replica may be read: it answers, follows the primary database, and is not too far behind.

Each process checks once a second while there are requests. It asks the primary for the end of its write-ahead log
(WAL), and the replica how much of it has been replayed. The replica must have what the primary had written
REPLICA_LAG_SECONDS ago. While the primary does not answer, the replica keeps its last known state.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from core.replica.reading import copy_of_this_thread

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1
# How long a replica that did not answer, or a primary that timed out, is not tried again: each try may wait again.
SECONDS_OF_REST = 10
# As numbers of bytes. The first is never before the end of a confirmed commit, and may be somewhat after it;
# the second is what a replica can have received.
WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
FLUSHED = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn WHERE pg_is_in_recovery()"
# The age of the last commit that the replica has. The worker's sign of life makes a commit every minute.
SECONDS_SINCE = (
    "SELECT extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) WHERE pg_is_in_recovery()"
)
# At the start, and after a time without requests. The replica is not read, and nothing is logged: a moment later more is known.
NOT_KNOWN = "how far it is behind is not known yet"
NO_COPY = "it is not a copy that follows: it takes changes itself"


def written() -> int:
    """Return the end of the primary's WAL, in bytes."""
    return _number(connection, WRITTEN) or 0


def replayed(copy: BaseDatabaseWrapper) -> int | None:
    """Return how much of the WAL the replica has replayed, in bytes; None if it is not a replica."""
    return _number(copy, REPLAYED)


def _number(database: BaseDatabaseWrapper, question: str) -> int | None:
    with database.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else None


def bytes_behind() -> int | None:
    """Return how many bytes the replica is behind; None if it does not answer, or is not a replica."""
    try:
        there = replayed(copy_of_this_thread())
    except (DatabaseError, InterfaceError):
        copy_of_this_thread().close()
        return None
    return None if there is None else max((_number(connection, FLUSHED) or 0) - there, 0)


def stands_in() -> bool:
    """Return whether the replica serves public pages while the primary is down. The caller has found it down."""
    if settings.DATABASE_REPLICA is None:
        return False
    try:
        return _is_young(_number(copy_of_this_thread(), SECONDS_SINCE))
    except (DatabaseError, InterfaceError):
        copy_of_this_thread().close()
        return False


def _is_young(seconds: int | None) -> bool:
    return seconds is not None and seconds <= settings.REPLICA_ALONE_SECONDS


class Health:
    """What this process knows about the replica. Each change is logged."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # (time, end of the WAL at that time), the oldest first.
        self.seen: deque[tuple[float, int]] = deque()
        self.next_look = 0.0
        # Nothing is known yet, so the replica is not read.
        self.trouble: str | None = NOT_KNOWN
        self.said: str | None = None
        # Whether the primary did not answer at the last check, so that the replica replaces it.
        self.is_alone = False

    def is_good(self) -> bool:
        """Return whether the replica may be read now."""
        if time.monotonic() >= self.next_look and self.lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self.lock.release()
        return self.trouble is None

    def does_not_answer(self, error: BaseException) -> None:
        """Do not read the replica for a while."""
        self._note(f"it does not answer ({str(error).strip()})", SECONDS_OF_REST)

    def has_to_stand_in(self) -> bool:
        """Return whether the primary is down and the replica may be read instead. Called when the primary was found down."""
        with self.lock:
            if not self.is_alone:
                self._look()
        return self.is_alone and self.trouble is None

    def _look(self) -> None:
        began = time.monotonic()
        try:
            end = _number(connection, FLUSHED) or 0
        except (DatabaseError, InterfaceError):
            connection.close()
            waited = time.monotonic() - began > SECONDS_BETWEEN_LOOKS
            self._stand_alone(True)
            self._ask_the_copy(self._judged_alone, SECONDS_OF_REST if waited else SECONDS_BETWEEN_LOOKS)
            return
        self._stand_alone(False)
        now = time.monotonic()
        while self.seen and now - self.seen[0][0] > settings.REPLICA_LAG_SECONDS:
            self.seen.popleft()
        self.seen.append((now, end))
        self._ask_the_copy(self._judged, SECONDS_BETWEEN_LOOKS)

    def _stand_alone(self, is_alone: bool) -> None:
        if is_alone and not self.is_alone:
            logger.warning("The database does not answer: the replica stands in for it, for whoever is not signed in.")
        elif self.is_alone and not is_alone:
            logger.warning("The database answers again.")
        self.is_alone = is_alone

    def _ask_the_copy(self, judged: Callable[[int | None], str | None], seconds: int) -> None:
        try:
            trouble = judged(replayed(copy_of_this_thread()))
        except (DatabaseError, InterfaceError) as error:
            copy_of_this_thread().close()
            self.does_not_answer(error)
            return
        self._note(trouble, seconds)

    def _judged(self, there: int | None) -> str | None:
        if there is None:
            return NO_COPY
        behind = self.seen[0][1] - there
        if behind <= 0:
            return None
        if time.monotonic() - self.seen[0][0] < settings.REPLICA_LAG_SECONDS / 2:
            return NOT_KNOWN
        return f"it is more than {settings.REPLICA_LAG_SECONDS} seconds behind, by {behind} bytes at least"

    def _judged_alone(self, there: int | None) -> str | None:
        if there is None:
            return NO_COPY
        if self.seen and self.seen[0][1] > there:
            return f"it lacks what the database had, by {self.seen[0][1] - there} bytes at least"
        if not _is_young(_number(copy_of_this_thread(), SECONDS_SINCE)):
            return f"it has taken in nothing for more than {settings.REPLICA_ALONE_SECONDS} seconds"
        return None

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
