"""`make run`: prepares and starts a demonstration on this machine, with production settings; and how `manage.py` joins it.

Everything is prepared in this one process, so that a second start takes seconds; then a web server and a task worker
run below it until Ctrl-C.
"""

import base64
import hashlib
import os
import secrets
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.file_permissions import NOBODY_ELSE, private_folder

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


# Whoever sets one of these has a site of their own.
CHOSEN = ("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "DEMONSTRATION")


def main() -> None:
    port = free_port()
    # The processes below inherit it.
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
    """Set the environment of the demonstration that `make run` made here. Return whether there is one to join.

    Only where nothing at all is set: a site of its own that lacks a setting is told so, and never becomes a demonstration.
    """
    var = var_dir()
    is_ours = os.environ.get("DJANGO_SETTINGS_MODULE", SETTINGS) == SETTINGS
    if not is_ours or any(name in os.environ for name in CHOSEN) or not key_file(var).is_file():
        return False
    os.umask(NOBODY_ELSE)
    set_environment(os.environ.get("PORT") or DEFAULT_PORT, var)
    return True


def hint() -> str:
    """Return what helps somebody in a new clone; nothing for a site of its own."""
    return "" if any(name in os.environ for name in CHOSEN) else " (For a demonstration: `make run` first.)"


def free_port() -> str:
    """Return the port to serve on; stop with a sentence if it cannot be had."""
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
    """Fill in what the settings ask for and a demonstration can answer; what is already set, stands."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE=SETTINGS,
        DEMONSTRATION="1",
        PORT=port,
        PYTHONUNBUFFERED="1",
        VAR_DIR=str(var),
    )
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    for name, value in {
        "SECRET_KEY": local_secret_key(key_file(var)),
        # Made of the key, so that a demonstration's log goes on after a restart.
        "LOG_SIGNING_KEY": base64.b64encode(hashlib.sha256(local_secret_key(key_file(var)).encode()).digest()).decode(),
        "ALLOWED_HOSTS": ",".join({HOST, "localhost", urlsplit(os.environ["SITE_URL"]).hostname or HOST}),
    }.items():
        os.environ.setdefault(name, value)


def key_file(var: Path) -> Path:
    return var / "secret-key"


def local_secret_key(path: Path) -> str:
    """Return this machine's key, made once: sessions outlive a restart."""
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
    # The processes below open their own.
    connections.close_all()


def refuse_another_version(connection) -> None:
    """Stop before a database whose tables an earlier version made: what is invented is made again, never carried over."""
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
    """Load the directory, which may have grown, and the demonstration unless it is there."""
    from django.core.management import CommandError, call_command

    from accounts.models import User

    try:
        call_command("load_directory", verbosity=0)
    except CommandError as error:
        # The valid records are loaded, and the site is useful without the rest.
        print(f"Some of the directory was not loaded:\n{error}", file=sys.stderr)
    if not User.objects.filter(email="coordinator@example.org").exists():
        print("Loading the demonstration…", flush=True)
        call_command("load_demo", verbosity=0)
    # Catches up on what came due while the site was off. From now on the worker does it every night.
    call_command("nightly", verbosity=0)


def collect_static(var: Path) -> None:
    """Collect and compress the static files, unless the same ones were collected before."""
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
    return f"""
Cathedra is at http://{HOST}:{port}/  (Ctrl-C ends it)

Demonstration accounts, password {PASSWORD}:
{accounts}
"""


def serve() -> int:
    """Run the web server and the task worker until one ends or somebody ends them; return the exit code.

    Both are quiet while all is well, so that the welcome stays in sight.
    """
    from honcho.manager import Manager

    manager = Manager(printer=quiet_printer())
    python = f'"{sys.executable}"'
    manager.add_process("web", f"exec {python} -m gunicorn --log-level warning", cwd=BASE_DIR)
    manager.add_process("worker", f"exec {python} manage.py db_worker --nightly --no-startup-delay -v 0", cwd=BASE_DIR)
    end_with_the_caller()
    manager.loop()
    # Ctrl-C is how a demonstration ends well.
    return 0 if manager.returncode == 128 + signal.SIGINT else manager.returncode


def quiet_printer():
    """Return what prints the lines of the processes, and not when each started and stopped."""
    from honcho.printer import Printer

    class QuietPrinter(Printer):
        def write(self, message):
            if message.name != "system":
                super().write(message)

    return QuietPrinter()


def end_with_the_caller() -> None:
    """End the site when the terminal is closed or the parent process has ended, so that nothing keeps the port."""
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
