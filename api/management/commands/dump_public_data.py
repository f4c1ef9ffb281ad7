from django.core.management.base import BaseCommand

from api import dump


class Command(BaseCommand):
    help = "Write all public data to one file, served at /data/cathedra.zip (docs/open-data.md)."

    def handle(self, *, verbosity, **options):
        made = dump.make()
        if verbosity:
            self.stdout.write(f"{made.name}: {made.size} bytes, modified {made.modified}.")
