from django.core.management.base import BaseCommand
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chairs.conformity import review_all
from chairs.models import Chair


class Command(BaseCommand):
    help = "Record which chairs break their composition rule, and since when."

    def handle(self, *args, **options):
        changed = review_all()
        if options["verbosity"] == 0:
            return
        for chair in changed:
            self.stdout.write(_line(chair))
        broken = Chair.objects.non_conforming().count()
        self.stdout.write(
            ngettext("%(number)d chair breaks its rule", "%(number)d chairs break their rule", broken)
            % {"number": broken}
            + "; "
            + ngettext("%(number)d has changed.", "%(number)d have changed.", len(changed)) % {"number": len(changed)}
        )


def _line(chair: Chair) -> str:
    if chair.non_conforming_since is None:
        return _("%(cluster)s, %(chair)s: meets its rule again.") % {"cluster": chair.cluster, "chair": chair}
    return _("%(cluster)s, %(chair)s: has not met its rule since %(date)s.") % {
        "cluster": chair.cluster,
        "chair": chair,
        "date": date_format(chair.non_conforming_since),
    }
