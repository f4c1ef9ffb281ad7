"""Many records at once, for what must hold however many there are. Saved in bulk, so that a thousand chairs take a moment."""

import datetime
import sqlite3
from contextlib import contextmanager
from decimal import Decimal
from unittest import mock

from django.db import connection

from chairs.models import Activity, Appointment, Chair
from chairs.search import index
from clusters.models import Institution, Person
from sponsorships.accounting.promises import restate
from sponsorships.models import Sponsorship
from tests import factories

# Far below what SQLite takes by itself: a list of keys that grows with the records meets it soon.
FEW_VARIABLES = 250


@contextmanager
def few_variables():
    """Let a statement take no more than FEW_VARIABLES parameters, on SQLite, and let Django know it."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    before = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, FEW_VARIABLES)
    with mock.patch.object(connection.features, "max_query_params", FEW_VARIABLES):
        try:
            yield
        finally:
            connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


def make_many_chairs(cluster, number: int) -> list[Chair]:
    """Return active chairs open to partners, each with a theme, a named investigator of an institution, and an activity."""
    model = factories.make_chair("active", cluster=cluster)
    theme = factories.make_theme(cluster, slug="many", name_en="Many")
    chairs = Chair.objects.bulk_create(_chair(model, place) for place in range(number))
    Chair.themes.through.objects.bulk_create(Chair.themes.through(chair=chair, theme=theme) for chair in chairs)
    people = Person.objects.bulk_create(
        Person(name=f"Person Many{place}", slug=f"many-{place}", sort_key=f"many{place} person")
        for place in range(number)
    )
    employers = Institution.objects.bulk_create(
        Institution(name=f"Employer {place}", slug=f"many-{place}", name_key=f"employer {place}", kind="university")
        for place in range(number)
    )
    Appointment.objects.bulk_create(
        Appointment(
            chair=chair, person=person, affiliation=employer, role="pi", consent_given_on=datetime.date(2026, 1, 1)
        )
        for chair, person, employer in zip(chairs, people, employers, strict=True)
    )
    Activity.objects.bulk_create(
        Activity(chair=chair, title_en=f"Many theses {chair.pk}", title_fr=f"Thèses {chair.pk}", target=Decimal(50_000))
        for chair in chairs
    )
    index.rebuild()
    return chairs


def _chair(model: Chair, place: int) -> Chair:
    """Return a chair like the model, under a name of its own."""
    same = {
        field.attname: getattr(model, field.attname) for field in Chair._meta.concrete_fields if not field.primary_key
    }
    named = {"slug": f"many-{place}", "title_en": f"Many machines {place}", "title_fr": f"Des machines {place}"}
    return Chair(**{name: value for name, value in same.items() if name != "title"} | named)


def make_many_sponsorships(chairs, contact) -> list[Sponsorship]:
    """Return accepted sponsorships of one partner, one in each chair, each with what it promises in the ledger."""
    model = factories.make_sponsorship("accepted", contact, chair=chairs[0])
    same = {field.attname: getattr(model, field.attname) for field in Sponsorship._meta.concrete_fields}
    own = {"id", "reference", "short_reference", "chair_id"}
    kept = {name: value for name, value in same.items() if name not in own}
    others = Sponsorship.objects.bulk_create(Sponsorship(**kept, chair=chair) for chair in chairs[1:])
    for sponsorship in others:
        restate(sponsorship)
    return [model, *others]
