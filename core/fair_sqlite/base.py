"""Django's SQLite backend, with a queue for the write lock.

SQLite makes a waiting writer retry after longer and longer pauses, so that the last writer gets the lock again: of
eight processes that wrote all the time, four had one turn in ten seconds. Here a transaction waits for a lock on a file
beside the database, which the operating system grants in order, and only the first in the queue tries.

A process that dies leaves the queue. The first in the queue gives up after the database's timeout, as before.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base

# Readable by its owner only, like the database.
ONLY_OURS = 0o600


class DatabaseWrapper(base.DatabaseWrapper):
    queue: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._leave()
        self.queue = os.open(f"{conn_params['database']}-queue", os.O_CREAT | os.O_RDWR, ONLY_OURS)
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        assert self.queue is not None
        fcntl.flock(self.queue, fcntl.LOCK_EX)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            fcntl.flock(self.queue, fcntl.LOCK_UN)

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._leave()

    def _leave(self) -> None:
        if self.queue is not None:
            os.close(self.queue)
            self.queue = None
