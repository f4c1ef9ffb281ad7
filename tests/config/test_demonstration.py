"""`make run`, but for the making of its virtual environment."""

import signal
import socket
import stat
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config import demonstration
from tests.serving import inherited

# How long we wait before we say that it hangs: a loaded machine is slow, not wrong.
SECOND_START = 180
FIRST_START = 900


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


def test_at_another_port_a_demonstration_goes_on_with_its_log(monkeypatch, tmp_path):
    known = []
    for port in ("8000", "8001"):
        monkeypatch.setattr(demonstration.os, "environ", {})
        demonstration.set_environment(port, tmp_path)
        assert demonstration.os.environ["SITE_URL"].endswith(port)
        known.append([demonstration.os.environ[name] for name in ("LOG_NAME", "LOG_SIGNING_KEY")])
    assert known[0] == known[1]


@pytest.mark.django_db
def test_a_database_of_an_earlier_version_is_refused_with_a_sentence():
    demonstration.refuse_another_version(connection)
    MigrationRecorder(connection).record_applied("partners", "0002_of_an_earlier_version")
    with pytest.raises(SystemExit, match="the demonstration is made anew"):
        demonstration.refuse_another_version(connection)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int, var, within: int) -> subprocess.Popen:
    """Start a demonstration and wait until it serves."""
    process = subprocess.Popen(
        [sys.executable, "-m", "config.demonstration"],
        cwd=settings.BASE_DIR,
        env={**inherited("PATH", "HOME"), "PORT": str(port), "VAR_DIR": str(var)},
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
    said = process.communicate(timeout=20)[0]
    assert process.returncode >= 0, f"it was ended by signal {-process.returncode}"
    return said


ENDED_AT_ONCE = """
import signal
from unittest.mock import Mock, patch
from config import demonstration
with patch("honcho.manager.Manager", return_value=Mock(returncode=128 + signal.SIGINT)) as manager:
    ended = demonstration.serve()
print(ended, manager.return_value.loop.call_count, signal.getitimer(signal.ITIMER_REAL))
"""


def test_once_it_has_ended_no_alarm_ends_it_again():
    done = subprocess.run(
        [sys.executable, "-c", ENDED_AT_ONCE], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 1 (0.0, 0.0)\n"


def manage(*command, **environment) -> subprocess.CompletedProcess:
    """Run a command of the site in a shell where nothing is set but this."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**inherited("PATH", "HOME"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.exhaustive
@pytest.mark.only_on("sqlite")  # a demonstration brings its own SQLite, whatever the tests run on
def test_it_starts_serves_ends_and_starts_again(port, tmp_path):
    var = tmp_path / "var"
    site = start(port, var, FIRST_START)
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"http://127.0.0.1:{port}/en/no/such/page/", timeout=60)
    first = stop(site, signal.SIGINT)
    assert f"http://127.0.0.1:{port}/" in first and "coordinator@example.org" in first
    assert "  3ia-cote-dazur, aniti, dataia, " in first and ", sequoia\n" in first
    assert "Loading the demonstration" in first
    assert first.rstrip().endswith(demonstration.welcome(str(port)).rstrip()), "it is quiet once it serves"
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    assert not [path for path in var.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    with pytest.raises(URLError, match="refused"):
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
    count = "from accounts.models import User; print(User.objects.filter(email='coordinator@example.org').count())"
    command = manage("shell", "-v", "0", "-c", count, VAR_DIR=str(var))
    assert (command.stdout.strip(), command.returncode) == ("1", 0), command.stderr
    assert "This is the demonstration" in command.stderr
    again = stop(start(port, var, SECOND_START), signal.SIGTERM)
    assert "Loading the demonstration" not in again and "Collecting" not in again


@pytest.mark.each_case(of=6)
@pytest.mark.parametrize("chosen", demonstration.CHOSEN)
def test_a_site_that_lacks_a_setting_never_becomes_a_demonstration(tmp_path, chosen):
    demonstration.local_secret_key(tmp_path / "secret-key")
    value = {"DATABASE_URL": "postgres://db.example.org/cathedra", "EMAIL_URL": "smtp://mail.example.org"}
    result = manage("check", VAR_DIR=str(tmp_path), **{chosen: value.get(chosen, "no")})
    assert result.returncode != 0
    assert result.stderr.startswith("Cathedra cannot start: ") and result.stderr.count("\n") == 1


@pytest.mark.exhaustive(counted=True)
def test_without_a_demonstration_a_command_says_what_is_missing(tmp_path):
    result = manage("check", VAR_DIR=str(tmp_path))
    assert result.returncode != 0 and "SECRET_KEY" in result.stderr and "`make run`" in result.stderr


@pytest.mark.each_case(of=4)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VAR_DIR", "{folder}/file"),
        ("WEB_CONCURRENCY", "two"),
        ("SITE_URL", "https://chairs.example.org:99999"),
        ("DATABASE_URL", "sqlite:///{folder}/file"),
    ],
)
def test_a_wrong_setting_stops_it_with_a_sentence(tmp_path, port, name, value):
    (tmp_path / "file").write_text("no database, no folder" * 100)
    result = subprocess.run(
        [sys.executable, "-m", "config.demonstration"],
        cwd=settings.BASE_DIR,
        env={
            **inherited("PATH", "HOME"),
            "PORT": str(port),
            "VAR_DIR": str(tmp_path),
            name: value.replace("{folder}", str(tmp_path)),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode != 0
    assert result.stderr.startswith("Cathedra cannot start: ") and result.stderr.count("\n") == 1
    assert name in result.stderr
