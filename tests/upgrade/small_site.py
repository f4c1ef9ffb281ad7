"""A small site that is kept with each release, so that the next one is tried on rows that the older code wrote.

Nothing is released yet: 0.1.0 ran on no real site, and its migrations were written anew. So what is kept was made by 0.2.0 in
development, at the first state whose migrations still stand as they were written then. After a release:
`KEEP_SMALL_SITE=tests/upgrade/from_0.2.0.json.gz .venv/bin/python -m pytest tests/upgrade/test_small_site.py`; the older file goes.
"""

import gzip
import json
from decimal import Decimal
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from config.backup.tables import ENCODER, columns, rows
from tests import factories
from tests.verbs import perform

KEPT = next(Path(__file__).parent.glob("from_*.json.gz"))
# Each database makes them itself, with keys of its own.
MADE_ANEW = ("auth.Permission", "contenttypes.ContentType", "core.DataVersion", "core.DataChange")


def make() -> None:
    """Make a chair, its people, two sponsorships, and money in each state."""
    chair = factories.make_chair("active", title_en="Robust learning", slug="robust-learning")
    factories.make_teaching(chair)
    activity = factories.make_activity(chair)
    manager, colleague = factories.make_staff(chair.cluster), factories.make_staff(chair.cluster)
    given = {"in_kind_amount": Decimal("500.00"), "in_kind_description": "Hours."}
    running = factories.make_running(
        by=manager, parts=["20000.00", "30000.00"], chair=chair, activity=activity, **given
    )
    one = running.instalments.first()
    for verb in ("fall_due", "invoice", "receive"):
        told = {"number": "F 1", "reference": "B 1", "amount": Decimal("20000.01")}
        one = perform(one, verb, by=manager, note="Why.", details=told)
    amendment = factories.make_agreement(running, by=manager, cash_amount=Decimal("60000.00"))
    perform(amendment, "record", by=colleague)
    factories.make_sponsorship("in_review", chair=chair, activity=activity, cash_amount=Decimal("15000.00"))
    factories.make_message(running, manager)
    factories.make_report(running)
    factories.make_document(running)


def keep(path: Path) -> None:
    """Write the rows of every table, and the migrations that made the tables."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    tables = {
        model._meta.label: {"columns": [field.attname for field in columns(model)], "rows": list(rows(model))}
        for model in models
        if model._meta.label not in MADE_ANEW
    }
    ours = [list(key) for key in MigrationLoader(connection).disk_migrations if is_ours(key[0])]
    said = {"migrations": sorted(ours), "tables": {label: table for label, table in tables.items() if table["rows"]}}
    path.write_bytes(gzip.compress(ENCODER.encode(said).encode(), mtime=0))


def read(path: Path = KEPT) -> dict:
    return json.loads(gzip.decompress(path.read_bytes()))


def is_ours(app: str) -> bool:
    return Path(apps.get_app_config(app).path).parent == settings.BASE_DIR


def last_of_each_app(kept: dict) -> list[tuple[str, str]]:
    """Return the last migration of each app at which the rows were kept."""
    return sorted(dict(sorted(map(tuple, kept["migrations"]))).items())


@transaction.atomic
def load(kept: dict, state_apps) -> None:
    """Write the rows into the tables of their own state: what its migrations put there gives way."""
    with connection.constraint_checks_disabled():
        models = {label: state_apps.get_model(label) for label in kept["tables"]}
        for label, table in kept["tables"].items():
            model = models[label]
            model._base_manager.all().delete()
            made = [model(**dict(zip(table["columns"], row, strict=True))) for row in table["rows"]]
            model._base_manager.bulk_create(made)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)
