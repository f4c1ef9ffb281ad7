from django.core.management.base import BaseCommand

from sponsorships.accounting import kept_sums
from sponsorships.models import KeptSum


class Command(BaseCommand):
    help = "Bring the stored sums up to date with changes and with sponsorships that become public today."

    def add_arguments(self, parser):
        parser.add_argument(
            "--rebuild", action="store_true", help="Discard the stored sums and count every sponsorship again."
        )

    def handle(self, *, rebuild=False, verbosity, **options):
        if rebuild:
            kept_sums.rebuild()
        else:
            kept_sums.count_all()
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"The money is counted: {KeptSum.objects.count()} sums."))
