import os
import sys

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Check the settings, then start the web server (gunicorn). Arguments after -- go to gunicorn."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("arguments", nargs="*")

    def handle(self, *, arguments, **options):
        # Replaces this process, so that signals reach the server itself.
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])
