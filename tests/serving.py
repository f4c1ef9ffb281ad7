"""A real server on the test's own database, in a process group that can be killed as a machine kills: without a word."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

from django.db import connection

PATIENCE = 60
TOKEN = "a" * 32


def inherited(*names: str) -> dict[str, str]:
    """Return these variables of the run, and those by which coverage counts what a process of ours does."""
    return {name: value for name, value in os.environ.items() if name in names or name.startswith("COVERAGE_")}


def with_own_signals() -> None:
    """Let a process that is started be ended by signals: in the background, or under nohup, the run itself ignores some."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def environment(port: int, mails: str) -> dict:
    """Production's settings on the database of the test: only what is mailed goes to a folder."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        # The run's own server, and the database that this worker made on it.
        address = urllib.parse.urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": "file://",
        "VAR_DIR": mails,
        "WEB_CONCURRENCY": "1",
        "PORT": str(port),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """gunicorn, started and killed again and again on one port."""

    def __init__(self, folder):
        self.port, self.folder = free_port(), folder
        self.environment = environment(self.port, str(folder))

    def start(self) -> None:
        self.process = self.run("-m", "gunicorn")
        for _wait in range(PATIENCE * 10):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def run(self, *arguments: str) -> subprocess.Popen:
        """Start a program of the site, in a group of its own."""
        with (self.folder / "log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, process=None) -> None:
        process = process or self.process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def post(self, path: str, data: dict, session: str) -> int | None:
        """Return the status of a form posted by somebody who is signed in, or None where the line broke."""
        body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": TOKEN})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("POST", path, body, headers)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
