import os
import sys

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Check the settings, then start the web server (gunicorn). Arguments after -- go to gunicorn."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("arguments", nargs="*")

    def handle(self, *, arguments, **options):
        if arguments and not arguments[0].startswith("-"):
            # gunicorn would take it for the name of another application.
            raise CommandError(f"“{arguments[0]}” is no option of gunicorn: serve -- --bind 127.0.0.1:8001")
        # Replaces this process, so that signals reach the server itself.
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])
