from django.core.management.base import BaseCommand
from django.utils import timezone

from rights.due import list_due


class Command(BaseCommand):
    help = "List the data whose retention period is over. Nothing is erased until staff confirm it in the panel."

    def handle(self, *, verbosity, **options):
        due = list_due(timezone.now())
        if verbosity:
            for period, number in due.items():
                self.stdout.write(f"{period}: {number} that need not be kept any more")
