"""How gunicorn serves the site; it reads this file by itself when started here. Command-line options win."""

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
# Loaded once, before the workers are made: a wrong setting stops the start with its own sentence.
preload_app = True
worker_class = "gthread"
threads = 4
# A worker is replaced now and then, so that a slow leak never grows old.
max_requests = 10_000
max_requests_jitter = 1_000
# What is under way when the server is told to stop has this many seconds.
graceful_timeout = 4
# Nobody steers this server from outside: it is started and stopped.
control_socket_disable = True
# The C library gives each thread a heap of its own, and most of what one holds is free: with two for all threads, a worker
# takes 18 MB less. Other libraries than glibc do not know it.
M_ARENA_MAX, HEAPS = -8, 2
with contextlib.suppress(AttributeError):
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)
# What the server says of itself is written as the site's own lines are: it would quote an address with its query.
if is_logged_for_machines:
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "core.logs.lines.JsonFormatter"}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
        "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["json"], "propagate": False}},
        "root": {"level": "WARNING", "handlers": ["json"]},
    }
# Files that the site writes are nobody else's to read.
os.umask(NOBODY_ELSE)


def post_fork(server, worker):
    """Give the worker a place of its own for what it counts."""
    from core.logs import counters

    counters.use_slot(worker.age)


def when_ready(server):
    """Load what every worker needs, which they then share, and leave what is loaded, and stays, out of every later look of Python's collector: the workers go on sharing it."""
    if "config.wsgi" in sys.modules:  # bench/ serves its floor by this file too
        from config.preloading import preload  # Django is set up by now

        preload()
    gc.collect()
    gc.freeze()
    # Python looks through everything once what is new is a quarter of what it found when it last did: now that is nothing,
    # before it was all that is loaded, and a worker would keep its rubbish for as long.
    gc.collect()
