from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from accounts.digests import send_digests
from partners.reminders.telling import remind
from partners.tasks import come_back_to_remind


class Command(BaseCommand):
    help = "Reminds people of what is due and sends the daily mails, and has the worker do so every night."

    def handle(self, *args, **options):
        # What fails tonight is tried again tomorrow.
        come_back_to_remind()
        try:
            told = remind()
        finally:
            digests = send_digests()
        if options["verbosity"] == 0:
            return
        said = ngettext("%(number)d reminder sent.", "%(number)d reminders sent.", len(told))
        self.stdout.write(said % {"number": len(told)})
        said = ngettext("%(number)d daily mail sent.", "%(number)d daily mails sent.", len(digests))
        self.stdout.write(said % {"number": len(digests)})
