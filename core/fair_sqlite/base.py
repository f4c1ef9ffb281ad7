"""Django's SQLite, with a queue in front of the write lock.

SQLite lets a writer try again after longer and longer pauses, and whoever has just written is there first: of eight
processes that wrote all the time, four had one turn in ten seconds. Here a transaction stands in line for a lock on a file
beside the database, which the system gives in the order of asking, and only the first in line tries.

A process that dies leaves the line. The first in line gives up after the database's timeout, as any writer did before.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base

# Nobody else reads the file, as they do not read the database.
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
