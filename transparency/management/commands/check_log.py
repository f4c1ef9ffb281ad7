from django.core.management.base import BaseCommand, CommandError

from core.one_moment import one_moment
from transparency.heads import misfits
from transparency.models import TreeHead


class Command(BaseCommand):
    help = (
        "Recompute the tree of the transparency log and compare it with every signed head. Exit with 1 if one differs."
    )

    def handle(self, *args, verbosity, **options):
        # With the leaves of a moment before its own, a head that is signed meanwhile would seem to have too many.
        with one_moment():
            found, heads = list(misfits()), TreeHead.objects.count()
        if found:
            raise CommandError("\n".join(found))
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"The log fits: {heads} heads."))
