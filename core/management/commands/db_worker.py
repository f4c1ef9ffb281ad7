import logging
from functools import partial

from django_tasks_db.management.commands import db_worker

from core.worker import PatientWorker

LEVELS = {0: logging.ERROR, 1: logging.INFO}


class Command(db_worker.Command):
    help = "Run the queued tasks, such as sending mails. Waits while the database is unavailable."

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--nightly",
            action="store_true",
            help="Run the nightly work too; for machines where no timer calls `manage.py nightly`.",
        )

    def configure_logging(self, verbosity: int) -> None:
        """Log only errors (-v 0), what is done too (-v 1, the default), or everything."""
        for name in (db_worker.TASKS_LOGGER, db_worker.logger.name):
            logging.getLogger(name).setLevel(LEVELS.get(verbosity, logging.DEBUG))

    def handle(self, *, nightly: bool, **options) -> None:
        # The library creates its worker by this name.
        db_worker.Worker = partial(PatientWorker, is_nightly=nightly)
        super().handle(**options)
