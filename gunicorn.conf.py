"""How gunicorn serves the site. It finds this file by itself when started here; command-line options win."""

import contextlib
import ctypes
import gc
import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

sys.path.insert(0, str(Path(__file__).resolve().parent))

from config.environment import log_format, port, web_concurrency  # noqa: E402 - gunicorn does not look beside this file
from config.file_permissions import NOBODY_ELSE  # noqa: E402

wsgi_app = "config.wsgi"
try:
    bind = f"127.0.0.1:{port()}"
    workers = web_concurrency()
    is_logged_for_machines = log_format() == "json"
except ImproperlyConfigured as error:
    # The operator needs the sentence, which a traceback would hide.
    sys.exit(f"Cathedra cannot start: {error}")
# Loaded before the workers are forked, so that a wrong setting stops the start with its own sentence.
preload_app = True
worker_class = "gthread"
threads = 4
# A worker is replaced now and then, so that a slow memory leak cannot grow.
max_requests = 10_000
max_requests_jitter = 1_000
# Seconds that running requests have when the server is told to stop.
graceful_timeout = 4
# Nothing controls this server at run time.
control_socket_disable = True
# glibc gives each thread a heap of its own, most of which is free. With two heaps for all threads, a worker takes 18 MB
# less. Other C libraries do not have this option.
M_ARENA_MAX, HEAPS = -8, 2
with contextlib.suppress(AttributeError):
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)
# The server's own messages are formatted like the site's: gunicorn would log a URL with its query string.
if is_logged_for_machines:
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "core.logs.lines.JsonFormatter"}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
        "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["json"], "propagate": False}},
        "root": {"level": "WARNING", "handlers": ["json"]},
    }
# Files that the site writes are readable by its own user only.
os.umask(NOBODY_ELSE)


def post_fork(server, worker):
    """Give the worker its own slot for its counters."""
    from core.logs import counters

    counters.use_slot(worker.age)


def when_ready(server):
    """Load what the workers share, then freeze it: the garbage collector no longer visits it, so its memory stays shared."""
    if "config.wsgi" in sys.modules:  # bench/ serves its minimal application by this file too
        from config.preloading import preload  # Django is set up by now

        preload()
    gc.collect()
    gc.freeze()
    # Python runs a full collection once the new objects exceed a quarter of those that the last
    # one left. After freezing it leaves none; without this call that would be everything loaded,
    # and a worker would keep its garbage until then.
    gc.collect()
