from django.core.management.base import BaseCommand

from chairs.outputs.completion import complete_waiting
from chairs.outputs.proposals import propose_from_hal


class Command(BaseCommand):
    help = (
        "Look up the outputs known only by an identifier in the registries again, and ask HAL for outputs that name a "
        "cluster's grant. Does nothing if ASK_REGISTRIES is off."
    )

    def handle(self, *, verbosity, **options):
        completed, proposed = complete_waiting(), propose_from_hal()
        if verbosity and (completed or proposed):
            self.stdout.write(f"{completed} outputs completed, {proposed} proposed.")
