from django.core.management.base import BaseCommand

from chairs.search import meaning, model


class Command(BaseCommand):
    help = "Compute the embeddings of new and changed chairs for the search by meaning. Searches also do so, a few at a time."

    def handle(self, *args, verbosity, **options):
        if not model.is_on():
            number = 0
        else:
            number = meaning.measure(meaning.waiting())
        if verbosity:
            self.stdout.write(f"meanings: {number}")
