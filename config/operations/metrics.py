"""The metrics for Prometheus: counters of all web processes, and the state of the site. For internal addresses only.

It is a WSGI application in front of Django, because Prometheus uses the machine's
address, which is not in ALLOWED_HOSTS.
"""

import ipaddress
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from config.operations.state import VERSION, State, state_now
from core.logs import counters
from core.logs.requests import Application
from core.models.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Headers of a proxy. If one is present, the remote address is the proxy's own, and not that of the client.
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_VIA")
WORK = {Heartbeat.WORKERS: "worker", Heartbeat.NIGHTLY: "nightly", Heartbeat.BACKUPS: "backup"}


class Metrics:
    """A WSGI application around the site's. For clients that may not ask, the path does not exist."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH or not may_ask(environ):
            return self.application(environ, start_response)
        text = "".join(f"{line}\n" for line in lines()).encode()
        headers = [("Content-Type", CONTENT_TYPE), ("Content-Length", str(len(text))), ("Cache-Control", "no-store")]
        start_response("200 OK", headers)
        return [text]


def may_ask(environ: dict[str, Any]) -> bool:
    """Return whether a request comes directly from a network in METRICS_FROM, and not through a proxy."""
    if environ["REQUEST_METHOD"] != "GET" or any(header in environ for header in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(environ.get("REMOTE_ADDR", ""))
    except ValueError:  # a Unix socket, which the proxy uses
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings.METRICS_FROM)


def lines() -> Iterator[str]:
    yield from _requests()
    yield from measure("cathedra_info", "gauge", "The version that runs.", [(f'version="{VERSION}"', 1)])
    close_old_connections()
    try:
        state = state_now()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("The database did not answer for the measures: %s", error)
        yield from measure("cathedra_database_up", "gauge", "Whether the database answers.", [("", 0)])
        # A full disk is a reason why it does not.
        yield from _disk(shutil.disk_usage(settings.VAR_DIR).free)
        return
    yield from measure("cathedra_database_up", "gauge", "Whether the database answers.", [("", 1)])
    yield from _state(state)


def _requests() -> Iterator[str]:
    samples = [
        (f'method="{method}",status="{status}"', count) for (method, status), count in counters.requests() if count
    ]
    yield from measure("cathedra_requests_total", "counter", "Requests answered since the server started.", samples)
    counts, seconds = counters.durations()
    name, reached = "cathedra_request_seconds", 0
    yield f"# HELP {name} Seconds until an answer began."
    yield f"# TYPE {name} histogram"
    for bound, count in zip([*counters.BUCKETS, "+Inf"], counts, strict=True):
        reached += count
        yield f'{name}_bucket{{le="{bound}"}} {reached}'
    yield f"{name}_sum {seconds}"
    yield f"{name}_count {reached}"


def _state(state: State) -> Iterator[str]:
    oldest = (state.at - state.oldest_mail_at).total_seconds() if state.oldest_mail_at else 0
    head = [("", (state.at - state.head.signed_at).total_seconds())] if state.head else []
    since = [(f'work="{name}"', state.seconds_since(key)) for key, name in WORK.items() if key in state.beats]
    for name, meaning, samples in [
        ("migrations_waiting", "Migrations that are not applied.", [("", len(state.migrations_waiting))]),
        ("tasks_waiting", "Tasks that wait for a worker.", [("", state.tasks_waiting)]),
        ("mails_waiting", "E-mails that wait.", [("", state.mails_waiting)]),
        ("mails_given_up", "E-mails that were tried in vain.", [("", state.mails_given_up)]),
        ("oldest_mail_seconds", "How long the oldest e-mail has waited.", [("", oldest)]),
        ("last_done_seconds", "How long ago each regular work was last seen or done.", since),
        ("night_failed", "Whether the last nightly work failed.", [("", int(state.failed_night is not None))]),
        ("log_head_seconds", "How long ago the log was last signed.", head),
    ]:
        yield from measure(f"cathedra_{name}", "gauge", meaning, samples)
    yield from _disk(state.disk_free)


def _disk(free: int) -> Iterator[str]:
    yield from measure("cathedra_disk_free_bytes", "gauge", "Free where the site writes.", [("", free)])


def measure(name: str, kind: str, meaning: str, samples: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Yield the lines of a metric in Prometheus's text format; `samples` are pairs of labels and value."""
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield f"{name}{{{labels}}} {value}" if labels else f"{name} {value}"
