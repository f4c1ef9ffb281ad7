import os
import sys

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Start the web server, gunicorn, once every setting is found to be good. Arguments after -- go to gunicorn."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("arguments", nargs="*")

    def handle(self, *, arguments, **options):
        # Replaces this process, so that signals reach the server itself.
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])
