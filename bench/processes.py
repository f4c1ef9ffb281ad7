"""Processes to measure: their processor time and memory, as the kernel reports them."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat after the name: user and system time of children that have ended.
REAPED = slice(13, 15)
PATIENCE = 60
PART = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)


class Process:
    """A process and its descendants."""

    def __init__(self, pid: int):
        self.pid = pid

    def family(self) -> list[int]:
        found, waiting = [], [self.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            waiting += [int(child) for file in PROC.glob(f"{pid}/task/*/children") for child in _read(file).split()]
        return found

    def spent(self) -> float:
        """Return the processor time in seconds of the process and its descendants, including ended ones."""
        schedules = [_read(file) for pid in self.family() for file in PROC.glob(f"{pid}/task/*/schedstat")]
        running = sum(int(line.split()[0]) for line in schedules if line) / 1e9
        reaped = _read(PROC / str(self.pid) / "stat").rpartition(")")[2].split()[REAPED]
        return running + sum(map(int, reaped)) * TICK

    def memory(self) -> dict[str, float]:
        """Return megabytes of the largest child: resident memory now, its peak, and its proportional share (PSS).

        Shared memory counts in full in the first two, and divided among the processes in the third.
        """
        lines = [
            dict(line.split(":", 1) for line in _read(PROC / str(pid) / "status").splitlines())
            for pid in self.family()[1:]
        ]
        held = {
            name: max(int(line[field].split()[0]) / 1024 for line in lines)
            for name, field in (("now", "VmRSS"), ("peak", "VmHWM"))
        }
        parts = [PART.search(_read(PROC / str(pid) / "smaps_rollup")) for pid in self.family()[1:]]
        return held | {"part": max(int(part[1]) / 1024 for part in parts if part)}


class Server(Process):
    """A gunicorn server with the site's own configuration."""

    def __init__(self, application: str, environment: dict[str, str], log: Path):
        self.port = free_port()
        environment = {**environment, "PORT": str(self.port), "SITE_URL": f"http://127.0.0.1:{self.port}"}
        # No worker may be replaced: its start would be measured with the pages.
        command = [sys.executable, "-m", "gunicorn", "--max-requests", "0", application]
        with log.open("a") as file:
            self.process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=file, stderr=file)
        super().__init__(self.process.pid)
        self._wait(log)

    def _wait(self, log: Path) -> None:
        for _attempt in range(PATIENCE * 10):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{log.read_text()[-2000:]}")

    def get(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Return the response, read to its end, over a new connection."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE * 5)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
            return answer
        finally:
            line.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return ""
