from django.core.management.base import BaseCommand

from core import data_version


class Command(BaseCommand):
    help = (
        "Forget which public records changed more than a day ago: whoever was away for so long reads everything anew."
    )

    def handle(self, **options):
        data_version.forget_old_changes()
