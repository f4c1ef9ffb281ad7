"""Whether the copy of the database may be read: it answers, follows, and is not too far behind.

Each process looks once a second, while anybody reads: it asks the database where its log of changes ends, and the copy how
much of it is there. What the database had written REPLICA_LAG_SECONDS ago, the copy must have. A database that does not answer
tells nothing: the copy goes on as it was found last.
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
# So long a copy is left alone that did not answer, and a database that let somebody wait: whoever tries it may wait again.
SECONDS_OF_REST = 10
# As numbers of bytes. The first is nowhere before the end of a commit that was said to hold, and may be somewhat after it; the
# second is what a copy can have been sent.
WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
FLUSHED = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn WHERE pg_is_in_recovery()"
# How long ago the last commit was made that a copy has: the site makes one a minute, for the worker's sign of life.
SECONDS_SINCE = (
    "SELECT extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) WHERE pg_is_in_recovery()"
)
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


def stands_in() -> bool:
    """Return whether public pages are there although the database does not answer: whoever asks has found that it does not."""
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
    """What a process knows of the copy. Its log says each time that this changes."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # When the database's log ended where, the oldest first.
        self.seen: deque[tuple[float, int]] = deque()
        self.next_look = 0.0
        # Nothing was looked at yet: until then, nobody reads from it.
        self.trouble: str | None = NOT_KNOWN
        self.said: str | None = None
        # Whether the database did not answer at the last look: then the copy stands in for it.
        self.is_alone = False

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

    def has_to_stand_in(self) -> bool:
        """Return whether the database is away, and the copy may be read in its place: asked by whoever found it away."""
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
