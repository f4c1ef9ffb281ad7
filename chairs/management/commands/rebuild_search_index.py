from django.core.management.base import BaseCommand

from chairs.search import index


class Command(BaseCommand):
    help = "Index every chair anew, and write what lists show of it. Needed only after changes that went round the application."

    def handle(self, *args, **options):
        number = index.rebuild()
        self.stdout.write(f"{number} chairs are in the search index.")
