"""A small directory, and every change of it by SQL that an entry, a filter, an order or the search shows."""

import datetime
from decimal import Decimal

from django.apps import apps
from django.db import connection, models

from chairs.enums import AcceptedRegime, ChairStatus
from chairs.models import Chair, StatedPartner
from chairs.search.sources import sources
from clusters.enums import Origin
from clusters.models import Cluster, Director, InstitutionAlias
from tests import factories

# Written into each text that is changed, and looked for.
WORD = "zephyrine"
# Everything that is made of the index and the entries.
PAGES = [
    "/en/chairs/",
    "/fr/chairs/?phase=all&sort=newest",
    "/en/chairs/?phase=all&sort=ending",
    "/en/opportunities/",
    f"/en/chairs/?q={WORD}",
    f"/fr/opportunities/?q={WORD}",
    f"/en/chairs/suggestions/?q={WORD}",
    "/en/chairs/suggestions/?q=robots",
]
ONE_DAY = datetime.timedelta(days=1)
VALUES = {
    # Of an approved chair, the only other status without a moment of its own: it is no longer published.
    "status": ChairStatus.DRAFT,
    "origin": Origin.DEMONSTRATION,
    "regime": AcceptedRegime.PATRONAGE,
    "slug": WORD,
    "target": Decimal("4321.00"),
    # Since then, whoever was named is not.
    "consent_given_on": None,
}


def make_world() -> Chair:
    """Return a chair that has one of everything; beside it are another of everything, and a plainer chair."""
    closed_to_partners = {"is_open_to_partners": False}
    cluster, other = factories.make_cluster(acronym="ONE"), factories.make_cluster()
    chair = factories.make_chair(
        ChairStatus.ACTIVE,
        with_pi=False,
        cluster=cluster,
        title_en="Robots of the north",
        title_fr="Automates du nord",
        starts_on=datetime.date(2025, 3, 1),
        ends_on=datetime.date(2090, 3, 1),
    )
    plain = factories.make_chair(
        ChairStatus.ACTIVE,
        cluster=other,
        kind=factories.make_kind(rule=closed_to_partners),
        title_en="Museums",
        start_year=2026,
        end_year=2089,
    )
    factories.make_phase(slug="institute_3ia_2019", start_year=2019, is_current=False)
    chair.themes.add(factories.make_theme(cluster), factories.make_theme(cluster))
    plain.themes.add(factories.make_theme(other))
    # The last theme, which a change gives to others, is no chair's.
    factories.make_theme(other)
    for _number in range(2):
        factories.make_appointment(
            chair,
            discipline=factories.make_discipline(),
            other_affiliation=factories.make_institution(),
            laboratory="Quiet laboratory",
        )
    InstitutionAlias.objects.create(institution=chair.appointments.first().affiliation, name="Old university")
    StatedPartner.objects.create(chair=chair, name="Some company")
    factories.make_activity(chair)
    factories.make_teaching(chair)
    # Of each cluster: a change gives the chair another, and the last of its directors must not be gone with the first.
    for led in Cluster.objects.order_by("pk"):
        for _number in range(2):
            Director.objects.create(cluster=led, person=factories.make_person(), source="https://example.org/")
    return chair


def changes() -> list[tuple[str, str]]:
    """Return the table and the column of each change."""
    return [(source.table, column) for source in sources() for column in source.columns if column != "id"]


def a_few_changes() -> list[tuple[str, str]]:
    """Return one change of each table."""
    return list({table: (table, column) for table, column in changes()}.values())


def change(table: str, column: str, chair: Chair) -> None:
    """Give a column of one of the world's records another value, by SQL."""
    field = next(field for field in _model(table)._meta.concrete_fields if field.column == column)
    pk, old = run(f"SELECT id, {column} FROM {table} WHERE {_of_chair(table)} ORDER BY id LIMIT 1", [chair.pk])
    value = field.get_db_prep_save(_other_value(field, old), connection)
    run(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, pk])


def run(statement: str, values: list | tuple = ()) -> tuple | None:
    """Execute a statement; return the first row that it answers, if it answers any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone() if cursor.description else None


def _model(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def _of_chair(table: str) -> str:
    """Return which of a table's records the world's first chair shows."""
    posts = "(SELECT {} FROM chairs_appointment WHERE chair_id = %s)"
    return {
        "chairs_chair": "id = %s",
        "clusters_cluster": "id = (SELECT cluster_id FROM chairs_chair WHERE id = %s)",
        "clusters_phase": "id = (SELECT phase_id FROM chairs_chair WHERE id = %s)",
        "chairs_chairkind": "id = (SELECT kind_id FROM chairs_chair WHERE id = %s)",
        "chairs_compositionrule": "id = (SELECT rule_id FROM chairs_chair WHERE id = %s)",
        "clusters_theme": "id IN (SELECT theme_id FROM chairs_chair_themes WHERE chair_id = %s)",
        "clusters_person": "id IN " + posts.format("person_id"),
        "chairs_discipline": "id IN " + posts.format("discipline_id"),
        "clusters_institution": "id IN " + posts.format("affiliation_id"),
        "clusters_director": "cluster_id = (SELECT cluster_id FROM chairs_chair WHERE id = %s)",
        "clusters_institutionalias": "institution_id IN " + posts.format("affiliation_id"),
    }.get(table, "chair_id = %s")


def _other_value(field: models.Field, old: object) -> object:
    if field.name in VALUES:
        return VALUES[field.name]
    if field.is_relation:
        # The last one: the next chair's, or the next person's.
        return field.related_model._base_manager.exclude(pk=old).order_by("pk").values_list("pk", flat=True).last()
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(field, models.DateTimeField):
        return datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    if isinstance(field, models.DateField):
        return datetime.date(2025, 6, 1) if field.name == "ends_on" else datetime.date(2025, 3, 2)
    if isinstance(field, models.IntegerField):
        return 2024 if field.name == "start_year" else 2088
    return WORD
