from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.errors import Failures
from core.models.heartbeat import Heartbeat

# The commands of the nightly work, in this order: reminders need to know what is due by then.
STEPS = [
    "check_composition",
    "call_instalments",
    "send_reminders",
    "send_alerts",
    "complete_outputs",
    "check_cards",
    "measure_meanings",
    "count_money",
    "sign_log",
    "check_files",
    "note_public_records",
    "dump_public_data",
    "forget_old_changes",
    "analyse_tables",
    "list_retention",
]


class Command(BaseCommand):
    help = (
        "Do the nightly work: review the chairs, call instalments due, remind, send the daily mails and the alerts of searches, look "
        "publications up, measure what chairs mean, count the money, sign the log, look at the files, note what programs are told of, write the file of all public data, forget old changes, let SQLite see what its tables hold, list what need not be kept any more. Doing it twice changes nothing; days on which it was not done are made up for."
    )

    def handle(self, *, verbosity, **options):
        failures = Failures("The nightly work failed.")
        for step in STEPS:
            with failures.kept(step):
                call_command(step, verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)
        if failures.errors:
            raise CommandError("\n".join(["The nightly work failed.", *map(str, failures.errors)]))
        Heartbeat.leave(Heartbeat.NIGHTLY)
