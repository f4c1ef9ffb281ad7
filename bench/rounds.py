"""Request pages in turn, for several rounds, and compute the cost of each: the median of its rounds."""

import itertools
import time
from dataclasses import dataclass, field
from statistics import median

from bench.pages import FRESH
from bench.processes import Process, Server

# In each round, a page is requested for this many seconds, but at least FEWEST and at most MOST times.
LONG_ENOUGH, FEWEST, MOST = 0.4, 2, 40
# Enough for each worker to have served each page.
WARM_UPS = 6
fresh = itertools.count()


@dataclass
class Asked:
    """A page as it is requested: server, path and headers; `is_fresh` bypasses caches of pages."""

    name: str
    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    is_fresh: bool = False
    status: int = 200
    seconds: list[float] = field(default_factory=list)

    def get(self) -> int:
        joint = "&" if "?" in self.path else "?"
        path = f"{self.path}{joint}{FRESH}={next(fresh)}" if self.is_fresh else self.path
        return self.server.get(path, self.headers).status

    def warm_up(self) -> None:
        for _time in range(WARM_UPS):
            if (status := self.get()) != self.status:
                raise RuntimeError(f"{self.name} answers {status}, not {self.status}: {self.path}")

    def measure(self, database: Process | None) -> None:
        began, before, number = time.monotonic(), self._spent(database), 0
        while number < FEWEST or (number < MOST and time.monotonic() - began < LONG_ENOUGH):
            self.get()
            number += 1
        self.seconds.append((self._spent(database) - before) / number)

    @property
    def cost(self) -> float:
        """The processor time in seconds of one request, web server and database together."""
        return median(self.seconds)

    def _spent(self, database: Process | None) -> float:
        return self.server.spent() + (database.spent() if database else 0)


def measure(pages: list[Asked], database: Process | None, rounds: int) -> None:
    for page in pages:
        page.warm_up()
    for _round in range(rounds):
        for page in pages:
            page.measure(database)
