from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from portal.digests import send_digests
from portal.reminders.sending import remind


class Command(BaseCommand):
    help = "Send the reminders that are due, then the daily mails. The daily mails are sent even if a reminder fails."

    def handle(self, *args, **options):
        try:
            told = remind()
        finally:
            digests = send_digests()
        if options["verbosity"] == 0:
            return
        said = ngettext("%(number)d reminder sent.", "%(number)d reminders sent.", len(told))
        self.stdout.write(said % {"number": len(told)})
        said = ngettext("%(number)d daily e-mail sent.", "%(number)d daily e-mails sent.", len(digests))
        self.stdout.write(said % {"number": len(digests)})
