from django.core.management.base import BaseCommand, CommandError

from core.storage import records_without_a_file, remove_strays


class Command(BaseCommand):
    help = "Remove files that belong to no record, and name the records whose file is missing."

    def handle(self, *args, **options):
        removed, left = remove_strays()
        if options["verbosity"]:
            self.stdout.write(f"{len(removed)} files without a record were removed.")
        for name in left:
            self.stderr.write(f"{name}: no record has it, and it is none of ours. It was left.")
        if gone := [f"{record._meta.label} {record.pk}: {name} is gone." for record, name in records_without_a_file()]:
            raise CommandError("\n".join(gone))
