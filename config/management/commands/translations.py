from django.core.management.base import BaseCommand, CommandError

from config import catalogue


class Command(BaseCommand):
    help = "Bring the translation catalogues up to date with the code and the templates."
    requires_system_checks = []

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="change nothing; fail if a translation is missing")
        choice.add_argument("--compile", action="store_true", help="only write the files that the site reads")

    def handle(self, *, check, compile, **options):
        if compile:
            catalogue.compile_all()
            return
        found = catalogue.extract_all()
        for language in catalogue.TRANSLATIONS:
            if not check:
                catalogue.update(language, found)
            faults = catalogue.faults(language, found)
            if check and faults:
                raise CommandError("\n".join([f"The {language} catalogue has {len(faults)} faults.", *faults]))
            self.stdout.write(f"{language}: {len(found)} messages, {len(faults)} to do.")
