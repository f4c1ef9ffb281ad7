"""`make run`, but for the making of its virtual environment."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

from config import demonstration

# The promise is ten seconds on an idle machine; a test machine is not idle.
SECOND_START = 30
FIRST_START = 180


def test_the_local_key_is_made_once_and_is_nobody_else_s_to_read(tmp_path):
    path = tmp_path / "secret-key"
    key = demonstration.local_secret_key(path)
    assert len(key) >= 50
    assert demonstration.local_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("port", ["banana", "-1", "0", "65536", "８０００"])
def test_a_port_that_is_none_is_refused_with_a_sentence(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be a number"):
        demonstration.free_port()


def test_a_port_that_is_taken_is_refused_with_a_sentence(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(SystemExit, match="cannot be used"):
            demonstration.free_port()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int, var, within: int) -> subprocess.Popen:
    """Start a demonstration and wait until it serves."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "config.demonstration"],
        cwd=settings.BASE_DIR,
        env={**known, "PORT": str(port), "VAR_DIR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return process
        except OSError:
            time.sleep(0.2)
    process.terminate()
    pytest.fail(f"it did not start within {within} seconds, or ended: {process.communicate()[0]}")


def stop(process: subprocess.Popen, how: signal.Signals) -> str:
    process.send_signal(how)
    return process.communicate(timeout=20)[0]


@pytest.mark.only_on("sqlite")  # a demonstration brings its own SQLite, whatever the tests run on
def test_it_starts_serves_ends_and_starts_again(port, tmp_path):
    first = stop(start(port, tmp_path, FIRST_START), signal.SIGINT)
    assert f"http://127.0.0.1:{port}/" in first and "coordinator@example.org" in first
    assert "Loading the demonstration" in first
    with pytest.raises(URLError, match="refused"):
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
    again = stop(start(port, tmp_path, SECOND_START), signal.SIGTERM)
    assert "Loading the demonstration" not in again and "Collecting" not in again
