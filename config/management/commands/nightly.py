from contextlib import suppress

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from core.errors import Failures
from core.models.heartbeat import Heartbeat

# The commands of the nightly work, in this order: reminders need to know what is due by then, the ledger is checked after its sums
# were kept, and the log with the head of the night.
STEPS = [
    "check_composition",
    "call_instalments",
    "send_reminders",
    "send_alerts",
    "complete_outputs",
    "check_cards",
    "measure_meanings",
    "count_money",
    "check_ledger",
    "sign_log",
    "check_log",
    "check_files",
    "note_public_records",
    "dump_public_data",
    "forget_old_changes",
    "analyse_tables",
    "list_retention",
]


class Command(BaseCommand):
    help = (
        "Run the nightly commands in order: "
        + ", ".join(STEPS)
        + ". A second run changes nothing; the next run catches up on missed days."
    )

    def handle(self, *, verbosity, **options):
        failures = Failures("The nightly work failed.")
        for step in STEPS:
            with failures.kept(step):
                call_command(step, verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)
        if failures.errors:
            told = list(map(_told, failures.names, failures.errors))
            # The database may be what failed: what is told of the night matters more than this note of it.
            with suppress(DatabaseError):
                Heartbeat.tell_failed_night(failures.names)
            raise CommandError("\n".join(["The nightly work failed.", *told]))
        Heartbeat.leave(Heartbeat.NIGHTLY)
        Heartbeat.tell_failed_night([])


def _told(step: str, error: Exception) -> str:
    """Return what a step says of its failure; of an error of the program only the class, because databases quote rows."""
    if isinstance(error, CommandError):
        return f"{step}: {error}"
    return f"{step}: {type(error).__name__}; the log says where."
