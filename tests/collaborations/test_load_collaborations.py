"""load_directory on the collaborations of programme.json."""

from decimal import Decimal

import pytest
from django.db import transaction

from clusters.enums import Origin
from collaborations.enums import CollaborationKind, ParticipantKind
from collaborations.models import Collaboration, Participant
from tests.chairs.imports import load

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.exhaustive,
    pytest.mark.usefixtures("search_index", "field_history"),
]
ALLIANCE = "alliance-of-higher-education-with-mistral-ai-and-edtech-france"


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker):
    """The real directory, loaded once; each test's own transaction, inside this one, undoes what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def test_it_loads_every_collaboration_with_its_sources(directory):
    found = Collaboration.objects.all()
    assert "collaborations: 18 created" in directory and found.count() == 18
    assert {one.origin for one in found} == {Origin.SOURCED} and all(one.sources for one in found)
    assert {one.kind for one in found} == set(CollaborationKind)


def test_participants_are_institutions_on_record_or_else_names(directory):
    alliance = Collaboration.objects.get(slug=ALLIANCE)
    on_record = alliance.participants.exclude(institution=None)
    assert on_record.filter(institution__name="Université Toulouse - Jean Jaurès").exists()
    assert [(one.name, one.kind) for one in alliance.participants.filter(institution=None)] == [
        ("EdTech France", ParticipantKind.OTHER)
    ]
    assert [count["value"] for count in alliance.stated_counts] == [11, 14, 35]
    assert alliance.kept_by is None and alliance.clusters.count() == 2


def test_money_is_kept_without_shares_that_no_source_states(directory):
    train = Collaboration.objects.get(slug__startswith="train-")
    assert train.funding == Decimal("1200000.00") and train.kept_by.slug == "3ia-cote-dazur"
    assert not train.participants.exclude(percent=None).exists()
    assert (train.starts, train.ends, train.countries) == ("2023", "2027", ["DE", "FR"])


def test_what_is_stated_as_an_intention_is_kept_as_one(directory):
    intended = set(Collaboration.objects.filter(is_intended=True).values_list("slug", flat=True))
    assert len(intended) == 2 and not Collaboration.objects.get(slug=ALLIANCE).is_intended


def test_a_second_load_changes_nothing_and_keeps_what_staff_added(directory):
    train = Collaboration.objects.get(slug__startswith="train-")
    Participant.objects.filter(collaboration=train, institution__name="Inria").update(percent=100, country="FR")
    Collaboration.objects.filter(pk=train.pk).update(summary_en="In plain words.", is_published=False)
    assert "collaborations: 18 unchanged" in load()
    train = Collaboration.objects.get(pk=train.pk)
    assert (train.summary_en, train.is_published) == ("In plain words.", False)
    assert train.participants.get(institution__name="Inria").percent == 100
