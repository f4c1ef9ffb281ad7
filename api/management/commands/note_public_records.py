from django.core.management.base import BaseCommand

from api import publication
from api.service import RESOURCES


class Command(BaseCommand):
    help = "Record which public records changed or were withdrawn, for clients that poll for changes (docs/api.md)."

    def handle(self, **options):
        publication.bring_up_to_date(RESOURCES)
