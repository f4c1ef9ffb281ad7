import logging

from django_tasks_db.management.commands import db_worker

from accounts.worker import PatientWorker

LEVELS = {0: logging.ERROR, 1: logging.INFO}


class Command(db_worker.Command):
    help = "Do the tasks of the queue: send mails, and what is done every night. Waits while the database is away."

    def configure_logging(self, verbosity: int) -> None:
        """Log errors always (-v 0), what is done too (-v 1, the default), or everything."""
        for name in (db_worker.TASKS_LOGGER, db_worker.logger.name):
            logging.getLogger(name).setLevel(LEVELS.get(verbosity, logging.DEBUG))

    def handle(self, **options) -> None:
        # The library makes its worker by this name.
        db_worker.Worker = PatientWorker
        super().handle(**options)
