"""The factory that writes a running sponsorship at once leaves what the verbs leave, row by row and field by field."""

import datetime

import pytest
from django.apps import apps
from django.db.models import Model

from sponsorships.models import Sponsorship
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# What differs from one record to the next whatever made it.
OWN = {
    "id",
    "uuid",
    "act",
    "hash",
    "previous_hash",
    "reference",
    "file",
    "sha256",
    "sponsorship",
    "agreement",
    "frozen",
}


# The apps whose records hang on a sponsorship.
HELD_IN = ("sponsorships", "conversations", "progress")


def run_by_verbs(by, **overrides) -> Sponsorship:
    sponsorship = factories.make_sponsorship("accepted", **overrides)
    perform(factories.make_agreement(sponsorship, by=by, parts=[30_000, 20_000]), "record", by=by)
    return perform(sponsorship, "activate", by=by)


def rows_of(sponsorship: Sponsorship) -> dict[str, list[dict]]:
    """Return every row that hangs on the sponsorship or on its agreements, without what is each row's own."""
    found = {"Sponsorship": [said(Sponsorship.objects.get(pk=sponsorship.pk))]}
    # The field history, like the mails, is looked at where the verbs are tested.
    kept = [model for app in HELD_IN for model in apps.get_app_config(app).get_models()]
    models = [model for model in kept if not hasattr(model, "history_object")]
    for model in models:
        for parent in ("sponsorship", "record__sponsorship", "record"):
            first = parent.split("__")[0]
            names = {field.name: field for field in model._meta.concrete_fields if field.is_relation}
            wanted = {"sponsorship": "Sponsorship", "record__sponsorship": "Agreement", "record": "Sponsorship"}[parent]
            if first in names and names[first].related_model.__name__ == wanted:
                rows = model._base_manager.filter(**{parent: sponsorship.pk}).order_by("pk")
                found[f"{model.__name__} by {parent}"] = [said(row) for row in rows]
    return found


def said(row: Model) -> dict:
    values = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in OWN}
    # That there is a moment is compared, not which.
    return {
        name: "a moment" if isinstance(value, datetime.datetime) else value
        for name, value in values.items()
        # Two files of one cluster have two references.
        if name not in {"record", "superseded_by", "short_reference"}
    }


def test_what_is_written_at_once_is_what_the_verbs_leave():
    chair = factories.make_chair("active")
    contact, by = factories.make_contact(), factories.make_staff(chair.cluster)
    shared = {"chair": chair, "contact": contact}
    institution = factories.make_institution()
    verbs = rows_of(run_by_verbs(by, **shared))
    at_once = rows_of(factories.make_running(by=by, parts=[30_000, 20_000], **shared))
    for rows in (verbs, at_once):
        for row in rows["Agreement by sponsorship"]:
            row["managing_institution"] = institution.pk
    assert at_once == verbs
    assert len(at_once["LedgerEntry by sponsorship"]) > 1
    assert len(at_once["Instalment by sponsorship"]) == 2
