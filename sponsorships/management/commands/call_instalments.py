from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.money import euros
from sponsorships.accounting.due_dates import call_due


class Command(BaseCommand):
    help = "Call the instalments that are due by today."

    def handle(self, *args, **options):
        called = call_due()
        if options["verbosity"] == 0:
            return
        for instalment in called:
            self.stdout.write(_line(instalment))
        said = ngettext("%(number)d instalment fell due.", "%(number)d instalments fell due.", len(called))
        self.stdout.write(said % {"number": len(called)})


def _line(instalment) -> str:
    return _("%(sponsorship)s, %(instalment)s: %(amount)s") % {
        "sponsorship": instalment.sponsorship,
        "instalment": instalment,
        "amount": euros(instalment.amount),
    }
