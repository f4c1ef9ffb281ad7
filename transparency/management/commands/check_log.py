from django.core.management.base import BaseCommand, CommandError

from transparency.heads import misfits
from transparency.models import TreeHead


class Command(BaseCommand):
    help = (
        "Recompute the tree of the transparency log and compare it with every signed head. Exit with 1 if one differs."
    )

    def handle(self, *args, **options):
        if found := list(misfits()):
            raise CommandError("\n".join(found))
        self.stdout.write(self.style.SUCCESS(f"The log fits: {TreeHead.objects.count()} heads."))
