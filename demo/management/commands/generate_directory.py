from argparse import ArgumentTypeError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from chairs.models import Chair
from demo.cast import PASSWORD
from demo.generation.generating import generate
from sponsorships.accounting import kept_sums

# The programme will have a few thousand; a far larger number is a typing mistake that would fill the disk.
MAX_CHAIRS = 1_000_000


def number_of_chairs(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= MAX_CHAIRS:
        return int(text)
    raise ArgumentTypeError(f"give a number of chairs from 1 to {MAX_CHAIRS:,}, not {text!r}")


def seed(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise ArgumentTypeError(f"a seed is a whole number, not {text!r}")


class Command(BaseCommand):
    help = (
        "Fill an empty database with an invented directory of any size, for measurements. The same seed on the same day "
        "gives the same records. Refused unless DEMONSTRATION is set, and if there are chairs already."
    )

    def add_arguments(self, parser):
        parser.add_argument("--chairs", type=number_of_chairs, required=True, metavar="N")
        parser.add_argument("--seed", type=seed, default=1, metavar="S")

    def handle(self, *args, chairs, seed, verbosity, **options):
        if not settings.DEMONSTRATION:
            raise CommandError(
                _("Demonstration data is never loaded into a real site. Set DEMONSTRATION=1 to try one.")
            )
        if Chair.objects.exists():
            raise CommandError(_("This database already has chairs. Generate the directory in an empty one."))
        with transaction.atomic():
            cast = generate(chairs, seed, self.stdout.write if verbosity else lambda line: None)
            kept_sums.rebuild()
        if verbosity:
            self.stdout.write(
                _("The coordinator signs in as %(email)s; everybody’s password is “%(password)s”.")
                % {"email": cast.told[0][0], "password": PASSWORD}
            )
