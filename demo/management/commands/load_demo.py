from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from clusters.models import Cluster
from demo.cast import MANAGERS, PASSWORD, Cast
from demo.loading import load_demo
from demo.tally import Collision


class Command(BaseCommand):
    help = "Add invented chairs, people, companies and accounts. Refused unless DEMONSTRATION is set."

    def handle(self, *args, verbosity, **options):
        if not settings.DEMONSTRATION:
            raise CommandError(
                _("Demonstration data is never loaded into a real site. Set DEMONSTRATION=1 to try one.")
            )
        if missing := MANAGERS.keys() - set(Cluster.objects.values_list("slug", flat=True)):
            raise CommandError(
                _("Run load_directory first: these clusters are missing: %(missing)s.")
                % {"missing": ", ".join(sorted(missing))}
            )
        try:
            cast = load_demo()
        except Collision as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self._tell(cast)

    def _tell(self, cast: Cast) -> None:
        added = ", ".join(f"{number} {kind}" for kind, number in cast.tally.items())
        self.stdout.write(_("Added: %(what)s.") % {"what": added} if added else _("Nothing was added."))
        self.stdout.write(_("Accounts, all with the password “%(password)s”:") % {"password": PASSWORD})
        width = max(len(email) for email, _what in cast.told)
        for email, what in cast.told:
            self.stdout.write(f"  {email:<{width}}  {what}")
