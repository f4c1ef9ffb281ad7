from django.core.management.base import BaseCommand, CommandError

from transparency.heads import misfits
from transparency.models import TreeHead


class Command(BaseCommand):
    help = "Compute the tree of the transparency log anew, compare it with every signed head, and exit 1 where one does not fit."

    def handle(self, *args, **options):
        if found := list(misfits()):
            raise CommandError("\n".join(found))
        self.stdout.write(self.style.SUCCESS(f"The log fits: {TreeHead.objects.count()} heads."))
