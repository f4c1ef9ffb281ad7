from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.mail.queue import Correspondent, queue_mail
from transparency.heads import Rewritten, sign
from transparency.models import TreeHead
from transparency.witnessing import ask


class Command(BaseCommand):
    help = "Append new entries to the transparency log, sign its head, and ask the witnesses to sign it. Part of the nightly work."

    def handle(self, *, verbosity, **options):
        try:
            head = sign(_tell_auditors)
        except Rewritten as error:
            raise CommandError(str(error)) from error
        if head is None:
            self.stdout.write("The log grew; no head was signed: LOG_SIGNING_KEY is not set.")
            return
        problems = ask(head)
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"Signed: {head.size} leaves."))
        if problems:
            raise CommandError("\n".join(problems))


def _tell_auditors(head: TreeHead) -> None:
    for address in settings.LOG_AUDITORS:
        queue_mail(Correspondent(address, "", settings.LANGUAGE_CODE), "transparency/head", {"head": head})
