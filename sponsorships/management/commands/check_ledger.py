from django.core.management.base import BaseCommand, CommandError

from core.one_moment import one_moment
from sponsorships.accounting.consistency import check_all
from sponsorships.models import LedgerEntry, LedgerHead


class Command(BaseCommand):
    help = (
        "Recompute every chain and every total of the ledger. On a mismatch, name the first wrong row and exit with 1."
    )

    def handle(self, *args, verbosity, **options):
        # What is paid meanwhile must not look as if it were missing somewhere, nor wait for the check.
        with one_moment():
            misfit = next(check_all(), None)
            entries, chains = LedgerEntry.objects.count(), LedgerHead.objects.count()
        if misfit is not None:
            raise CommandError(str(misfit))
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"The ledger fits: {entries} entries in {chains} chains."))
