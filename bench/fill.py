"""Fill an empty database as `generate_directory` does, then remove the demonstration marks, and tidy up.

Demonstration records are left out of the sitemap and counted apart, but the measured site should be like a real one.
Nobody ever sees these databases.
"""

import sys

import django


def fill(chairs: int, seed: int) -> None:
    from django.apps import apps
    from django.db import connection, transaction

    from chairs.search.index import rebuilt_afterwards
    from clusters.enums import Origin
    from demo.generation.generating import generate
    from sponsorships.accounting import kept_sums

    with transaction.atomic(), rebuilt_afterwards():
        generate(chairs, seed)
        for model in apps.get_models():
            if any(field.name == "origin" for field in model._meta.concrete_fields):
                model._base_manager.filter(origin=Origin.DEMONSTRATION).update(origin=Origin.REGISTERED)
        kept_sums.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]))
