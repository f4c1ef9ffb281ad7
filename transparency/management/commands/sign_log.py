from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.mail.queue import Correspondent, queue_mail
from transparency.heads import Rewritten, last_head, sign
from transparency.witnessing import ask


class Command(BaseCommand):
    help = "Append new entries to the transparency log, sign its head, and ask the witnesses to sign it. Part of the nightly work."

    def handle(self, *, verbosity, **options):
        before = last_head()
        try:
            head = sign()
        except Rewritten as error:
            raise CommandError(str(error)) from error
        if head is None:
            self.stdout.write("The log grew; no head was signed: LOG_SIGNING_KEY is not set.")
            return
        for address in settings.LOG_AUDITORS if head != before else ():
            queue_mail(Correspondent(address, "", settings.LANGUAGE_CODE), "transparency/head", {"head": head})
        problems = ask(head)
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"Signed: {head.size} leaves."))
        if problems:
            raise CommandError("\n".join(problems))
