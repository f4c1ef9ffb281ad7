from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sponsorships.accounting.consistency import check_all
from sponsorships.models import LedgerEntry, LedgerHead


class Command(BaseCommand):
    help = (
        "Recompute every chain and every total of the ledger. On a mismatch, name the first wrong row and exit with 1."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        misfit = next(check_all(), None)
        if misfit is not None:
            raise CommandError(str(misfit))
        entries, chains = LedgerEntry.objects.count(), LedgerHead.objects.count()
        self.stdout.write(self.style.SUCCESS(f"The ledger fits: {entries} entries in {chains} chains."))
