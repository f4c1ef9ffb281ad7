#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError

from config import demonstration

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        if demonstration.join():
            print("This is the demonstration that `make run` made.", file=sys.stderr)
        execute_from_command_line(sys.argv)
    # The operator needs the sentence, which a traceback would hide.
    except ImproperlyConfigured as error:
        sys.exit(f"Cathedra cannot start: {error}{demonstration.hint()}")
    except DatabaseError as error:
        # The database is away or damaged. Django's other database errors are bugs of ours and must show a traceback.
        if type(error) not in {DatabaseError, OperationalError}:
            raise
        sys.exit(f"Cathedra cannot use its database: {error}")
