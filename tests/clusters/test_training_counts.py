"""People of the training programmes are each counted once, whoever asks and however many intakes count them."""

from collections import defaultdict
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusters.enums import Origin
from clusters.models import Intake, IntakeOverlap, OverlapPart
from clusters.training_counts import People, people_by_cluster, people_by_programme, people_by_year
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CLUSTERS, PROGRAMMES, YEARS = range(3), range(2), (2024, 2025)
PLACES = list(product(CLUSTERS, PROGRAMMES))
# Whom the intakes of a year count: which of them, and what is known of each person.
PERSON = st.tuples(st.sets(st.sampled_from(PLACES), min_size=1), st.booleans(), st.booleans(), st.booleans())


@st.composite
def nations(draw):
    """Return, by year, its people, and the intakes that do not state how many completed or how many women."""
    people = {year: draw(st.lists(PERSON, max_size=12)) for year in YEARS}
    silent = draw(st.sets(st.sampled_from(PLACES)))
    return people, silent


def written(people, silent, clusters, programmes) -> None:
    """Write the intakes of these people, and the overlaps of those whom several intakes count."""
    for year, several in people.items():
        intakes = {place: _intake(several, place, silent, clusters, programmes, year) for place in PLACES}
        Intake.objects.bulk_create(intakes.values())
        groups = defaultdict(list)
        for one in several:
            groups[frozenset(one[0])].append(one)
        for places, members in groups.items():
            if len(places) > 1:
                overlap = IntakeOverlap(people=len(members), **_known_of(members))
                IntakeOverlap.objects.bulk_create([overlap])
                OverlapPart.objects.bulk_create(OverlapPart(overlap=overlap, intake=intakes[place]) for place in places)


def _intake(people, place, silent, clusters, programmes, year) -> Intake:
    members = [one for one in people if place in one[0]]
    known = _known_of(members) | ({"completed": None, "women": None} if place in silent else {})
    cluster, programme = clusters[place[0]], programmes[place[1]]
    return Intake(programme=programme, cluster=cluster, year=year, enrolled=len(members), **known)


def _known_of(members) -> dict[str, int]:
    completed, women, continuing = (sum(one[place] for one in members) for place in (1, 2, 3))
    return {"completed": completed, "women": women, "continuing": continuing}


def counted_by_hand(people, silent, places) -> People:
    """Count whoever stands in one of these intakes, one by one."""
    speaking = [place for place in places if place not in silent]
    here = [one for one in people if one[0] & set(places)]
    known = [one for one in people if one[0] & set(speaking)]
    counted = sum(len(one[0] & set(places)) for one in here)
    return People(
        counted=counted,
        repeated=counted - len(here),
        completed=sum(one[1] for one in known) if speaking else None,
        women=sum(one[2] for one in known) if speaking else None,
        women_among=len(known),
        continuing=sum(one[3] for one in here),
        intakes=len(places),
    )


@pytest.mark.exhaustive(counted=True)
@given(nation=nations())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everybody_is_counted_once_as_if_one_by_one(nation, db):
    people, silent = nation
    with transaction.atomic():
        clusters = [factories.make_cluster() for _ in CLUSTERS]
        programmes = [factories.make_training(clusters[0]) for _ in PROGRAMMES]
        written(people, silent, clusters, programmes)
        for year, several in people.items():
            by_cluster, by_programme, whole = people_by_cluster(), people_by_programme(), people_by_year()[year]
            assert whole == counted_by_hand(several, silent, PLACES) and whole.enrolled == len(several)
            for number, cluster in enumerate(clusters):
                mine = [place for place in PLACES if place[0] == number]
                wanted = counted_by_hand(several, silent, mine)
                wanted.shared = sum(bool(one[0] & set(mine)) and bool(one[0] - set(mine)) for one in several)
                assert by_cluster[cluster.pk][year] == wanted
            for number, programme in enumerate(programmes):
                mine = [place for place in PLACES if place[1] == number]
                assert by_programme[programme.pk][year] == counted_by_hand(several, silent, mine)
        transaction.set_rollback(True)


def test_a_programme_that_two_clusters_share_is_counted_once():
    here, there = factories.make_cluster(), factories.make_cluster()
    shared = factories.make_training(here, shared_with=[there])
    one = factories.make_intake(shared, here, year=2024, enrolled=60)
    two = factories.make_intake(shared, there, year=2024, enrolled=50)
    factories.make_overlap(one, two, people=40)
    nation = people_by_year()[2024]
    assert (nation.counted, nation.repeated, nation.enrolled) == (110, 40, 70)
    parts = people_by_cluster()
    assert [(parts[one.pk][2024].enrolled, parts[one.pk][2024].shared) for one in (here, there)] == [(60, 40), (50, 40)]


def test_what_nobody_states_is_unknown_and_not_nought():
    factories.make_intake(factories.make_training(), year=2024, enrolled=12)
    people = people_by_year()[2024]
    assert (people.completed, people.women, people.women_among, people.continuing) == (None, None, 0, 0)


def test_only_published_programmes_count_and_an_overlap_with_a_draft_repeats_nobody():
    cluster = factories.make_cluster()
    one = factories.make_intake(factories.make_training(cluster), cluster, year=2024, enrolled=10)
    draft = factories.make_intake(factories.make_training(cluster, is_published=False), cluster, year=2024, enrolled=9)
    factories.make_overlap(one, draft, people=5)
    assert (people_by_year()[2024].enrolled, people_by_year(Intake.objects.all())[2024].enrolled) == (10, 14)


def test_what_a_demonstration_invents_is_told_apart():
    invented = factories.make_training(origin=Origin.DEMONSTRATION)
    factories.make_intake(invented, year=2024, enrolled=7)
    factories.make_intake(factories.make_training(), year=2024, enrolled=5)
    assert (people_by_year()[2024].enrolled, people_by_year()[2024].invented) == (12, 7)


def test_the_queries_are_two_however_many_there_are(django_assert_num_queries):
    cluster = factories.make_cluster()
    for _ in range(4):
        programme = factories.make_training(cluster)
        intakes = [factories.make_intake(programme, one, year=2025) for one in (cluster, factories.make_cluster())]
        factories.make_overlap(*intakes, people=1)
    with django_assert_num_queries(2):
        people_by_year()
    with django_assert_num_queries(2):
        people_by_cluster()
