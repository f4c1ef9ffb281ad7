"""Fills an empty database as `generate_directory` does, then takes the mark of a demonstration off, and tidies up.

A demonstration is kept out of the sitemap and counted apart; what is measured should be a real site. These databases are
measured and never shown to anybody.
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
