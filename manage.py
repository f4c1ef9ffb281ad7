#!/usr/bin/env python
import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, ProgrammingError

from config import demonstration


def end(number, frame):
    """End as after an error, so that a command that is told to stop removes what it has not finished."""
    sys.exit(128 + number)


def lacks_migrations() -> bool:
    """Return whether the database answers and lacks a table or a column that a migration would add."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        # `nohup` has a command go on when its terminal is closed.
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, end)
    try:
        if demonstration.join():
            print("This is the demonstration that `make run` made.", file=sys.stderr)
        execute_from_command_line(sys.argv)
    # The operator needs the sentence, which a traceback would hide.
    except ImproperlyConfigured as error:
        sys.exit(f"Cathedra cannot start: {error}{demonstration.hint()}")
    except DatabaseError as error:
        if type(error) in {OperationalError, ProgrammingError} and sys.argv[1:2] != ["migrate"] and lacks_migrations():
            sys.exit("Cathedra cannot use its database: it lacks migrations. Run manage.py migrate.")
        # The database is away or damaged. Django's other database errors are bugs of ours and must show a traceback.
        if type(error) not in {DatabaseError, OperationalError}:
            raise
        sys.exit(f"Cathedra cannot use its database: {error}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
