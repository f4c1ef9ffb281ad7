from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chairs.imports.loading import Files, load_directory
from chairs.imports.report import KINDS, Outcome, Report


class Command(BaseCommand):
    help = "Load the published directory from data/, or from the programme’s file. It can be run again at any time."

    def add_arguments(self, parser):
        parser.add_argument("--clusters", type=Path, default=settings.PROGRAMME_FILE, metavar="FILE")
        alone = "Default: %s in the folder of the clusters’ file; without such a file, the list in the clusters’ file."
        parser.add_argument("--chairs", type=Path, metavar="FILE", help=alone % "chairs.json")
        parser.add_argument("--reference", type=Path, metavar="FILE", help=alone % "reference.json")
        beside = "Default: the file of that name in the folder of %s, if there is one."
        parser.add_argument("--more-chairs", type=Path, metavar="FILE", help=beside % "the chairs")
        parser.add_argument("--programme", type=Path, metavar="FILE", help=beside % "the clusters")
        parser.add_argument("--vocabulary", type=Path, metavar="FILE", help=beside % "the reference")

    def handle(self, *args, clusters, chairs, reference, more_chairs, programme, vocabulary, verbosity, **options):
        report = Report(say=self.stdout.write if verbosity else lambda line: None)
        reference = reference or _beside(clusters, "reference.json") or clusters
        chairs = chairs or _beside(clusters, "chairs.json") or clusters
        more_chairs = more_chairs or _beside(chairs, "chairs-more.json")
        programme = programme or _beside(clusters, "programme.json")
        vocabulary = vocabulary or _beside(reference, "vocabulary.json")
        load_directory(Files(reference, clusters, chairs, more_chairs, programme, vocabulary), report)
        if verbosity:
            self._tell_counts(report)
        if not report.is_clean:
            raise CommandError(self._failures(report))

    def _tell_counts(self, report: Report) -> None:
        for kind, counter in report.counts.items():
            numbers = ", ".join(f"{counter[outcome]} {outcome.value}" for outcome in Outcome if counter[outcome])
            self.stdout.write(f"{KINDS[kind]}: {numbers or 0}")
        for kind, names in report.left.items():
            for name in names:
                self.stdout.write(
                    _("%(kind)s: “%(name)s” is no longer in the file and was left as it is.")
                    % {"kind": KINDS[kind], "name": name}
                )
        if not report.has_changed_something:
            self.stdout.write(_("Nothing has changed."))

    def _failures(self, report: Report) -> str:
        lines = [*report.unreadable, *map(str, report.rejections)]
        number = report.total(Outcome.REJECTED)
        rejected = ngettext(
            "%d record was rejected; the others were kept.", "%d records were rejected; the others were kept.", number
        )
        return "\n".join([*lines, rejected % number] if number else lines)


def _beside(path: Path, name: str) -> Path | None:
    """Return the path of this name in the same folder, or None if there is no such file."""
    found = path.with_name(name)
    return found if found.exists() else None
