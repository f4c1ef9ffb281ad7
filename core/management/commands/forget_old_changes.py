from django.core.management.base import BaseCommand

from core import data_version


class Command(BaseCommand):
    help = "Delete the marks of public records that changed more than a day ago. A process idle for longer reads all of them again."

    def handle(self, **options):
        data_version.forget_old_changes()
