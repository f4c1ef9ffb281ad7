"""A file is there whole or not at all, takes nobody's place, and is read by its owner only."""

import errno
import os
import re
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from core.new_file import new_file
from tests.config.starting import GOOD
from tests.serving import inherited, with_own_signals

WAITS = """
import sys
from pathlib import Path
from core.new_file import new_file
with new_file(Path(sys.stdin.readline().strip())) as file:
    file.write(b"half")
    print("ready", flush=True)
    sys.stdin.readline()
"""


def test_it_gets_its_name_when_it_is_whole(tmp_path):
    path = tmp_path / "a.zip"
    with new_file(path) as file:
        file.write(b"whole")
        assert not path.exists() and len(list(tmp_path.iterdir())) == 1
    assert path.read_bytes() == b"whole" and path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_of_one_that_was_not_finished(tmp_path, error):
    with pytest.raises(error), new_file(tmp_path / "a.zip") as file:
        file.write(b"half")
        raise error
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("taken", ["a file", "a folder", "a link that leads nowhere"])
def test_nothing_is_written_where_something_is(tmp_path, taken):
    path = tmp_path / "a.zip"
    {"a file": path.touch, "a folder": path.mkdir}.get(taken, lambda: path.symlink_to(tmp_path / "nowhere"))()
    with pytest.raises(FileExistsError), new_file(path):
        raise AssertionError
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_that_are_written_at_once_one_gets_the_name(tmp_path):
    path = tmp_path / "a.zip"
    with pytest.raises(FileExistsError), new_file(path) as first:
        first.write(b"first")
        with new_file(path) as second:
            second.write(b"second")
    assert path.read_bytes() == b"second" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("place", "number"),
    [("/", errno.EEXIST), ("", errno.EEXIST), ("x" * 300, errno.ENAMETOOLONG), ("no/a", errno.ENOENT)],
)
def test_a_place_that_cannot_be_is_an_error_of_the_system(tmp_path, place, number):
    path = type(tmp_path)(place) if place in {"/", ""} else tmp_path / place
    with pytest.raises(OSError, match=re.escape(os.strerror(number))), new_file(path):
        raise AssertionError
    assert not list(tmp_path.iterdir())


def test_a_share_without_links_gets_its_file_too(tmp_path, monkeypatch):
    def link(*_names):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "a.zip"
    with new_file(path) as file:
        file.write(b"whole")
    assert path.read_bytes() == b"whole" and list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileExistsError), new_file(tmp_path / "b.zip"):
        (tmp_path / "b.zip").write_bytes(b"another's")
    assert (tmp_path / "b.zip").read_bytes() == b"another's"


def test_a_share_that_fails_at_the_end_keeps_no_empty_file_under_the_name(tmp_path, monkeypatch):
    def refuse(*_names):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    for name in ("link", "replace"):
        monkeypatch.setattr(os, name, refuse)
    with pytest.raises(OSError, match=re.escape(os.strerror(errno.EPERM))), new_file(tmp_path / "a.zip") as file:
        file.write(b"whole")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_told_to_stop_leaves_nothing_half_written(tmp_path, number):
    known = {**inherited("PATH"), **GOOD, "VAR_DIR": str(tmp_path / "var")}
    place = tmp_path / "place"
    place.mkdir()
    running = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", WAITS],
        cwd=settings.BASE_DIR,
        env=known,
        preexec_fn=with_own_signals,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    running.stdin.write(f"{place / 'a.zip'}\n")
    running.stdin.flush()
    assert running.stdout.readline() == "ready\n" and len(list(place.iterdir())) == 1
    running.send_signal(number)
    _said, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (128 + number, "")
    assert not list(place.iterdir())
