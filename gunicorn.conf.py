"""How gunicorn serves the site; it reads this file by itself when started here. Command-line options win."""

import os

wsgi_app = "config.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# Loaded once, before the workers are made: a wrong setting stops the start with its own sentence.
preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A worker is replaced now and then, so that a slow leak never grows old.
max_requests = 10_000
max_requests_jitter = 1_000
# What is under way when the server is told to stop has this many seconds.
graceful_timeout = 4
# Nobody steers this server from outside: it is started and stopped.
control_socket_disable = True
