from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from chairs.cards.writing import rewrite_different, rewrite_expired
from chairs.search.freshness import catch_up


class Command(BaseCommand):
    help = (
        "Index the chairs that were changed by SQL, then compare each chair's stored card with its records and rewrite "
        "the cards that differ. A card can differ only if somebody wrote to it directly or switched triggers off: "
        "the command then fails, so that it is noticed."
    )

    def handle(self, *, verbosity, **options):
        catch_up()
        expired = rewrite_expired()
        different = rewrite_different()
        if verbosity:
            self.stdout.write(
                ngettext("%(number)d card was of yesterday.", "%(number)d cards were of yesterday.", expired)
                % {"number": expired}
            )
        if different:
            raise CommandError(
                ngettext(
                    "%(number)d chair was shown as it had been before. It has been put right: %(chairs)s.",
                    "%(number)d chairs were shown as they had been before. They have been put right: %(chairs)s.",
                    len(different),
                )
                % {"number": len(different), "chairs": ", ".join(map(str, different[:20]))}
            )
