"""The faults, each a context manager. Those that cannot happen here are left out, with a reason."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from torture.book import PAYMENT, Book
from torture.clients import READING
from torture.site import Site

# Seconds: how long a fault lasts, and how long the recovery may take.
LASTS, AT_MOST = 8, 120
SLOW, EVERY = 2.0, 0.1
JUMP = 90 * 60


@contextmanager
def web_killed(site: Site) -> Iterator[None]:
    site.kill(site.web)
    yield


@contextmanager
def worker_killed(site: Site) -> Iterator[None]:
    site.kill(site.worker)
    yield


@contextmanager
def database_killed(site: Site) -> Iterator[None]:
    site.kill_database()
    yield


@contextmanager
def disk_full(site: Site) -> Iterator[None]:
    until = time.monotonic() + LASTS
    try:
        while time.monotonic() < until:
            site.disk.fill()
            site.start()
            time.sleep(EVERY)
    finally:
        site.disk.free()
    yield


@contextmanager
def mail_slow(site: Site) -> Iterator[None]:
    site.mailbox.delay = SLOW
    try:
        time.sleep(LASTS)
    finally:
        site.mailbox.delay = 0.0
    yield


@contextmanager
def connections_exhausted(site: Site) -> Iterator[None]:
    """Take every connection that the server has, and each that becomes free."""
    import psycopg

    held, until = [], time.monotonic() + LASTS
    try:
        while time.monotonic() < until:
            try:
                held.append(psycopg.connect(site.server.get_uri(database="site"), connect_timeout=2))
            except psycopg.OperationalError:
                time.sleep(EVERY)
    finally:
        for connection in held:
            connection.close()
    yield


@contextmanager
def clock_jumps(site: Site) -> Iterator[None]:
    """Set the clock of web and worker forward, then back, then right: it affects mails, leases, sessions and caches."""
    try:
        for seconds in (JUMP, -JUMP):
            site.clock.put(seconds)
            time.sleep(LASTS / 2)
    finally:
        site.clock.put(0)
    yield


FAULTS: dict[str, Callable] = {
    "web killed": web_killed,
    "worker killed": worker_killed,
    "database killed": database_killed,
    "disk full": disk_full,
    "mail server slow": mail_slow,
    "connections exhausted": connections_exhausted,
    "clock that jumps": clock_jumps,
}


def left_out(site: Site) -> dict[str, str]:
    """Return the faults that cannot be tried here, with the reason."""
    reasons = {}
    if not site.clock.can_jump:
        reasons["clock that jumps"] = "A clock of its own asks for a compiler of C (Debian: `apt install gcc`)."
    if site.server is None:
        reasons["database killed"] = "SQLite has no server: it dies with the web process."
        reasons["connections exhausted"] = "SQLite has no server that counts connections."
    if not site.disk.is_small:
        reasons["disk full"] = "No small disk could be mounted (root is needed)."
    return reasons


def seconds_until_well(site: Site, book: Book) -> float | None:
    """Restart what ended, and return the seconds until a page, a payment and a mail succeed; None if they never do."""
    began = time.monotonic()
    # Two more than before: one more response per client may still belong to the time of the fault.
    pages, paid, mails = book.seen(READING, 200) + 2, book.count(PAYMENT) + 2, len(site.mailbox.received) + 1
    while (passed := time.monotonic() - began) < AT_MOST:
        site.start()
        if book.seen(READING, 200) > pages and book.count(PAYMENT) > paid and len(site.mailbox.received) > mails:
            return passed
        time.sleep(EVERY)
    return None
