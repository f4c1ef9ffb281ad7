"""A few records of every public list, made once for a module; what a test writes is undone after it."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from chairs.models import StatedPartner
from chairs.search.index import rebuilt_afterwards
from clusters.enums import Origin
from tests import factories
from tests.chairs.listing import make_directory
from tests.collaboration_factory import make_collaboration, make_participant
from tests.days import Day
from tests.innovation_factory import make_start_up
from tests.output_factory import make_output

LAST_DAY = Day(30)
FORMULA = '=HYPERLINK("https://example.org";"é, & <b>")'


@pytest.fixture(scope="module")
def lists(django_db_setup, django_db_blocker, search_index, field_history):
    with django_db_blocker.unblock(), transaction.atomic():
        with rebuilt_afterwards():
            found = make_lists()
        yield found
        transaction.set_rollback(True)


def make_lists() -> SimpleNamespace:
    """One record that everybody reads in each list, one that is made up among the chairs, and what nobody may read."""
    make_directory(12, seed=5)
    cluster = factories.make_cluster(name="Cluster of lists", slug="of-lists", acronym="LISTS")
    open_kind = factories.make_kind({"is_open_to_partners": True})
    chair = factories.make_chair(
        "active", cluster=cluster, kind=open_kind, title_en=FORMULA, title_fr="Titre", slug="formula"
    )
    made_up = factories.make_chair("active", cluster=cluster, title_en="Made up", origin=Origin.DEMONSTRATION)
    draft = factories.make_chair("draft", cluster=cluster, title_en="Draft of a secret")
    unnamed = factories.make_person(name="Nemo Innominatus")
    factories.make_appointment(chair, person=unnamed, consent_given_on=None)
    activity = factories.make_activity(chair, deadline=LAST_DAY(), title_en="More; of, it")
    make_output(
        chair,
        title="On & about 100 % {lists}",
        authors=["Ada Nombre", "Nemo Innominatus"],
        hidden_authors=["Nemo Innominatus"],
    )
    make_start_up(cluster, chairs=[chair])
    make_participant(make_collaboration(cluster))
    factories.make_training(cluster, apply_by=LAST_DAY())
    StatedPartner.objects.create(chair=factories.make_chair("sourced", cluster=cluster), name="Stated & Sons")
    contact = factories.make_contact(factories.make_partner(name="Named Company"))
    named = factories.make_sponsorship("accepted", contact, chair=chair, confidentiality="public")
    silent = factories.make_sponsorship("accepted", chair=chair, confidentiality="anonymous")
    return SimpleNamespace(
        cluster=cluster, chair=chair, made_up=made_up, draft=draft, activity=activity, named=named, silent=silent
    )
