from django.core.management.base import BaseCommand

from lists.alerts import end_old, forget_mails, send_due


class Command(BaseCommand):
    help = "Send the alerts of searches that have new results. A second run on the same day sends nothing."

    def handle(self, *, verbosity, **options):
        ended, sent, forgotten = end_old(), send_due(), forget_mails()
        if verbosity:
            self.stdout.write(f"{sent} alerts sent, {ended} ended, {forgotten} old mails deleted.")
