from django.core.management.base import BaseCommand

from lists.alerts import end_old, forget_mails, send_due


class Command(BaseCommand):
    help = (
        "Tell by e-mail what the searches newly find of which somebody asked to be told. Twice in a day does nothing."
    )

    def handle(self, *, verbosity, **options):
        ended, sent, forgotten = end_old(), send_due(), forget_mails()
        if verbosity:
            self.stdout.write(f"{sent} alerts sent, {ended} ended, {forgotten} old mails deleted.")
