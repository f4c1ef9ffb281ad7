"""One migrated database, copied: to every worker of a run, and to the runs after it until something migrates anew.

To migrate takes seconds, to copy a blink. What migrations made is kept in .pytest_cache/databases, under
a name that changes with everything that they depend on. What `post_migrate` adds is added to each copy, by the code of
today. `pytest --create-db` forgets what was kept.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.state import ProjectState

from core import kept_parts, page_cache
from core.data_triggers import say_that_everything_changed
from tests.harness import KEPT_DATABASES

BASE_DIR = Path(__file__).resolve().parent.parent
# A run's own PostgreSQL server holds the template under this name, once one of its workers has made it.
TEMPLATE = "migrated"
# After its name, that of the copy which a worker goes back to after a test that commits.
KEPT = "_kept"
OUR_IMPORT = re.compile(
    r"^\s*(?:import|from) ((?:core|accounts|transparency|clusters|chairs|collaborations|partners|sponsorships|lists|conversations|progress|figures|yearly|audit|api|imports|rights|portal|desk)[\w.]*)",
    re.MULTILINE,
)


def key(vendor: str) -> str:
    """Return what changes with anything that decides what `migrate` makes on a database of this vendor."""
    digest = hashlib.sha256()
    for fact in (
        sys.version,
        vendor,
        sqlite3.sqlite_version,
        *sorted(f"{d.name}=={d.version}" for d in distributions()),
    ):
        digest.update(fact.encode() + b"\0")
    for path in sources():
        digest.update(path.relative_to(BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def sources() -> list[Path]:
    """Return our migrations, what they import of ours, and what says which libraries migrate and how."""
    found = {
        *BASE_DIR.glob("tests/template_database.py"),
        *BASE_DIR.glob("config/*.py"),
        *BASE_DIR.glob("*/migrations/*.py"),
    }
    for migration in BASE_DIR.glob("*/migrations/*.py"):
        for name in OUR_IMPORT.findall(migration.read_text("utf-8")):
            module = BASE_DIR / name.replace(".", "/")
            found.update(module.glob("*.py") if module.is_dir() else [module.with_suffix(".py")])
    return sorted(found)


def use_a_copy(name: str) -> None:
    """Point the connection at a new database of this name, in the state that `migrate` leaves."""
    with only_one_process(KEPT_DATABASES):
        {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}[connection.vendor](name)
    connect_to(name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def keep_as_it_is() -> None:
    """Keep the database that the connection points at, for `start_afresh`."""
    name = connection.settings_dict["NAME"]
    connection.close()
    copy(name, name + KEPT)


def start_afresh() -> None:
    """Forget what was written since `keep_as_it_is`: a copy is made in less time than the tables are emptied."""
    name = connection.settings_dict["NAME"]
    connection.close()
    drop(name)
    copy(name + KEPT, name)
    say_that_everything_changed(connection)
    # The next test may look at the same data under other settings.
    page_cache.clear()
    kept_parts.clear()


@contextmanager
def only_one_process(folder: Path):
    """Let one worker make a template in this folder while the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_sqlite(name: str) -> None:
    kept = KEPT_DATABASES / f"{key('sqlite')}.sqlite3"
    if not kept.exists():
        with _kept_as(kept) as unfinished:
            _migrate(str(unfinished))
    shutil.copyfile(kept, name)


def _copy_postgresql(name: str) -> None:
    if not exists(TEMPLATE):
        create(TEMPLATE)
        kept = KEPT_DATABASES / f"{key('postgresql')}.sql"
        if kept.exists():
            _run_program("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={kept}")
        else:
            _migrate(TEMPLATE)
            with _kept_as(kept) as unfinished:
                _run_program("pg_dump", f"--file={unfinished}")
    create(name, TEMPLATE)


@contextmanager
def _kept_as(path: Path):
    """Give a name to write to; once all is written it becomes `path`, and what was kept of this vendor before goes."""
    for left in KEPT_DATABASES.glob("unfinished*"):
        left.unlink()
    unfinished = path.with_name(f"unfinished{path.suffix}")
    yield unfinished
    for older in KEPT_DATABASES.glob(f"*{path.suffix}"):
        if older != unfinished:
            older.unlink()
    unfinished.rename(path)


def _migrate(name: str) -> None:
    """Make what migrations alone make: `post_migrate` is sent to the copies."""
    connect_to(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "emit_post_migrate_signal", lambda *args, **kwargs: None)
        patch.setattr(ProjectState, "add_model", _add_model)
        patch.setattr(ProjectState, "_find_reload_model", _only_the_model)
        call_command("migrate", verbosity=0, interactive=False, database=connection.alias, run_syncdb=True)
    connection.close()  # SQLite moves its write-ahead log into the file, PostgreSQL copies only what nobody uses


def _add_model(state: ProjectState, model_state) -> None:
    """Add a model to a state of the migrations, and make the class of that model alone.

    Django makes those of all models anew that are related to it, which are all there are: three quarters of the time.
    """
    key = model_state.app_label, model_state.name_lower
    is_rendered = "apps" in state.__dict__
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    if is_rendered:
        state.apps.render_multiple([model_state])


def _only_the_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    """Return of which models the classes are made anew after a change of one: its own, for the same reason.

    Where a migration moves data, Django first makes those of all, for whoever says that some are delayed.
    """
    state.is_delayed = True
    return {(app_label, model_name)}


def connect_to(name: str) -> None:
    """Use this database from now on, in a live server's threads too."""
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def exists(name: str) -> bool:
    with connection.creation._nodb_cursor() as cursor:
        return connection.creation._database_exists(cursor, name)


def create(name: str, template: str | None = None) -> None:
    quote = connection.ops.quote_name
    # File by file, which a server that forces nothing to the disk does in a third of the time of its own default.
    copied = f" TEMPLATE {quote(template)} STRATEGY FILE_COPY" if template else ""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quote(name)}{copied}")


def copy(name: str, new: str) -> None:
    if connection.vendor == "sqlite":
        shutil.copyfile(name, new)
    else:
        create(new, template=name)


def drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for part in ("", "-wal", "-shm", "-queue"):
            Path(name + part).unlink(missing_ok=True)
    elif exists(name):
        with connection.creation._nodb_cursor() as cursor:
            # A live server's threads may still be connected.
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def _run_program(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's on the template."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{TEMPLATE}").geturl()
    subprocess.run(
        [os.path.join(os.environ["POSTGRESQL_PROGRAMS"], program), f"--dbname={address}", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def url_of(name: str) -> str:
    """Return the address of another database beside the run's own, for a process of its own."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
