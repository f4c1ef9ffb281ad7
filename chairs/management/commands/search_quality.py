from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chairs.search.quality import answer, gold_queries, measure, missing_chairs, typed_queries


class Command(BaseCommand):
    help = "Measure the search against the gold set, on the real directory and the demonstration data."

    def add_arguments(self, parser):
        folder = Path(settings.BASE_DIR) / "tests" / "search_gold"
        parser.add_argument(
            "--gold",
            type=Path,
            default=folder,
            help="the folder with queries_en.json, typed_en.json and their French versions",
        )

    def handle(self, *args, gold, **options):
        try:
            self._measure(gold)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read ({error.strerror}).") from error

    def _measure(self, gold: Path) -> None:
        for language in settings.MODELTRANSLATION_LANGUAGES:
            queries = gold_queries(gold, language)
            if missing := missing_chairs(queries):
                raise CommandError(f"Run load_directory and load_demo first: {len(missing)} chairs are not here.")
            quality = measure(queries, language)
            self.stdout.write(
                f"{language}: {len(queries)} queries, recall {quality.recall:.3f}, first rank {quality.first_rank:.3f}"
            )
            typed = typed_queries(gold, language)
            answered = answer(typed, language)
            self.stdout.write(
                f"{language}: {len(typed)} as people type, right among five {sum(answered.right) / len(typed):.3f}, "
                f"spelling right or none {sum(answered.suggestions) / len(typed):.3f}"
            )
            for failure in [*quality.failures, *answered.failures]:
                self.stdout.write(f"  {failure}")
