from django.core.management.base import BaseCommand

from chairs.search import index


class Command(BaseCommand):
    help = (
        "Rebuild the search index and the card of every chair. Needed only after changes made outside the application."
    )

    def handle(self, *args, **options):
        number = index.rebuild()
        self.stdout.write(f"{number} chairs are in the search index.")
