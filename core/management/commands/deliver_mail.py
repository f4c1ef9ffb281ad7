from django.core.management.base import BaseCommand, CommandError

from core.mail.outbox import erase_worn_out_secrets
from core.mail.tasks import attempt
from core.models.mail import OutgoingMail


class Command(BaseCommand):
    help = (
        "Send every mail of the outbox that is due. The worker does this by itself; use the command if it was stopped."
    )

    def handle(self, *args, **options):
        erase_worn_out_secrets()
        due = list(OutgoingMail.objects.deliverable().order_by("created_at").values_list("pk", flat=True))
        sent = sum(attempt(pk) for pk in due)
        self.stdout.write(f"{sent} of {len(due)} mails sent.")
        if sent < len(due):
            raise CommandError("Some mails were not sent; they keep their error and will be tried again.")
