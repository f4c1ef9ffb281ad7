"""`make run`: prepares and starts a demonstration on this machine with production settings. `manage.py` can join it.

This one process prepares everything, so that a second start takes seconds. Then it
runs a web server and a task worker until Ctrl-C.
"""

import base64
import hashlib
import json
import os
import secrets
import signal
import socket
import sys
from pathlib import Path
from textwrap import fill
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.file_permissions import NOBODY_ELSE, private_folder
from config.programme import programme_file

BASE_DIR = Path(__file__).resolve().parent.parent
SETTINGS = "config.settings"
HOST, DEFAULT_PORT = "127.0.0.1", "8000"
PASSWORD = "cathedra-demo"
ACCOUNTS = {
    "coordinator@example.org": "national coordinator: sees all clusters",
    "auditor@example.org": "national auditor: reads everything, changes nothing",
    "manager.<cluster>@example.org": "manager, in each cluster (manager.postgenai-paris@example.org)",
    "manager2.<cluster>@example.org": "second manager, in postgenai-paris and dataia",
    "editor.<cluster>@example.org": "editor, in postgenai-paris and dataia",
    "finance.<cluster>@example.org": "finance, in postgenai-paris and dataia",
    "reader.<cluster>@example.org": "reader, in postgenai-paris and dataia",
    "pi@example.org": "principal investigator",
    "partner@example.org": "partner: primary contact and signatory",
    "rival@example.org": "another partner",
}


# If one of these is set, the site is not a demonstration made by `make run`.
CHOSEN = ("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "DEMONSTRATION")


def main() -> None:
    port = free_port()
    # The child processes inherit it.
    os.umask(NOBODY_ELSE)
    try:
        var = private_folder(var_dir(), "VAR_DIR")
        set_environment(port, var)
        prepare(var)
    except ImproperlyConfigured as error:
        sys.exit(f"Cathedra cannot start: {error}")
    print(welcome(port), flush=True)
    sys.exit(serve())


def var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").absolute()


def join() -> bool:
    """Set the environment of the demonstration that `make run` prepared here. Return whether there is one.

    This happens only if none of the variables is set: a real site that lacks one gets an
    error, and never turns into a demonstration.
    """
    var = var_dir()
    is_ours = os.environ.get("DJANGO_SETTINGS_MODULE", SETTINGS) == SETTINGS
    if not is_ours or any(name in os.environ for name in CHOSEN) or not key_file(var).is_file():
        return False
    os.umask(NOBODY_ELSE)
    set_environment(os.environ.get("PORT") or DEFAULT_PORT, var)
    return True


def hint() -> str:
    """Return a hint for somebody with a new clone; an empty text if variables of a real site are set."""
    return "" if any(name in os.environ for name in CHOSEN) else " (For a demonstration: `make run` first.)"


def free_port() -> str:
    """Return the port to serve on. Exit with a sentence if it is invalid or in use."""
    port = os.environ.get("PORT") or DEFAULT_PORT
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number between 1 and 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Choose another one: make run PORT=8001")
    return port


def set_environment(port: str, var: Path) -> None:
    """Set the variables that a demonstration needs. SITE_URL, keys and hosts keep a value that is set already."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE=SETTINGS,
        DEMONSTRATION="1",
        PORT=port,
        PYTHONUNBUFFERED="1",
        VAR_DIR=str(var),
    )
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    # The same at every port: its heads stay its own.
    os.environ.setdefault("LOG_NAME", f"{HOST}/log")
    for name, value in {
        "SECRET_KEY": local_secret_key(key_file(var)),
        # Derived from the secret key, so that the log continues after a restart.
        "LOG_SIGNING_KEY": base64.b64encode(hashlib.sha256(local_secret_key(key_file(var)).encode()).digest()).decode(),
        "ALLOWED_HOSTS": ",".join({HOST, "localhost", urlsplit(os.environ["SITE_URL"]).hostname or HOST}),
    }.items():
        os.environ.setdefault(name, value)


def key_file(var: Path) -> Path:
    return var / "secret-key"


def local_secret_key(path: Path) -> str:
    """Return this machine's secret key, created once, so that sessions survive a restart."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def prepare(var: Path) -> None:
    """Bring catalogues, database, static files and data up to date. Existing data is kept."""
    import django
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError, OperationalError, connections

    from config import catalogue

    try:
        catalogue.compile_all()
        django.setup()
        refuse_another_version(connections["default"])
        call_command("migrate", verbosity=0)
        collect_static(var)
        load_data()
    except DatabaseError as error:
        # The database is away or damaged. Django's other database errors are bugs of ours and must show a traceback.
        if type(error) not in {DatabaseError, OperationalError}:
            raise
        sys.exit(f"Cathedra cannot use its database: {error}")
    except CommandError as error:
        sys.exit(f"Cathedra cannot prepare its data: {error}")
    # The child processes open their own connections.
    connections.close_all()


def refuse_another_version(connection) -> None:
    """Exit if an earlier version made the database: demonstration data is made anew, never migrated."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == BASE_DIR}
    if any(key[0] in ours and key not in loader.disk_migrations for key in loader.applied_migrations):
        sys.exit(
            "An earlier version of Cathedra made the database of this demonstration. Delete the folder var/ (or what "
            "VAR_DIR names) and start again: the demonstration is made anew."
        )


def load_data() -> None:
    """Load the directory, which may have new records, and the demonstration data if there is none."""
    from django.core.management import CommandError, call_command

    from accounts.models import User

    try:
        call_command("load_directory", verbosity=0)
    except CommandError as error:
        # The valid records are loaded, and the site is useful without the others.
        print(f"Some of the directory was not loaded:\n{error}", file=sys.stderr)
    if not User.objects.filter(email="coordinator@example.org").exists():
        print("Loading the demonstration…", flush=True)
        call_command("load_demo", verbosity=0)
    # Does what came due while the site was off. From now on the worker does it every night.
    call_command("nightly", verbosity=0)


def collect_static(var: Path) -> None:
    """Collect and compress the static files, unless they are unchanged since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(f"{path} {storage.size(path)} {os.path.getmtime(storage.path(path))}\n".encode())
    stamp = var / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print("Collecting the static files…", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def welcome(port: str) -> str:
    width = max(map(len, ACCOUNTS))
    accounts = "\n".join(f"  {email:{width}}  {who}" for email, who in ACCOUNTS.items())
    clusters = fill(", ".join(cluster_slugs()), width=100, initial_indent="  ", subsequent_indent="  ")
    return f"""
Cathedra is at http://{HOST}:{port}/  (Ctrl-C ends it)

Demonstration accounts, password {PASSWORD}:
{accounts}
where <cluster> is one of
{clusters}
"""


def cluster_slugs() -> list[str]:
    """Return the slugs of the programme's clusters, which the addresses of accounts contain."""
    path = programme_file(BASE_DIR / "data" / "clusters.json")
    return sorted(one["slug"] for one in json.loads(path.read_text("utf-8"))["clusters"])


def serve() -> int:
    """Run the web server and the task worker until one of them ends or is stopped. Return the exit code.

    Both log only warnings, so that the welcome text stays visible.
    """
    from honcho.manager import Manager

    manager = Manager(printer=quiet_printer())
    python = f'"{sys.executable}"'
    manager.add_process("web", f"exec {python} -m gunicorn --log-level warning", cwd=BASE_DIR)
    manager.add_process("worker", f"exec {python} manage.py db_worker --nightly --no-startup-delay -v 0", cwd=BASE_DIR)
    end_with_the_caller()
    try:
        manager.loop()
    finally:
        # Python takes its handlers back while it ends, and an alarm that nobody handles would end it with an error.
        signal.setitimer(signal.ITIMER_REAL, 0)
    # Ctrl-C is the normal way to end a demonstration.
    return 0 if manager.returncode == 128 + signal.SIGINT else manager.returncode


def quiet_printer():
    """Return a printer for the processes' output, without the manager's own messages about their start and end."""
    from honcho.printer import Printer

    class QuietPrinter(Printer):
        def write(self, message):
            if message.name != "system":
                super().write(message)

    return QuietPrinter()


def end_with_the_caller() -> None:
    """End the site when the terminal is closed or the parent process ends, so that it does not keep the port."""
    caller = os.getppid()

    def end(signum, frame):
        if signum == signal.SIGHUP or os.getppid() != caller:
            os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGHUP, end)
    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("")
