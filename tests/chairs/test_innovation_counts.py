"""Start-ups, counted outputs and people are counted by year, cluster and role, each as if one by one."""

import datetime
from random import Random

import pytest

from chairs import innovation_counts as counts
from chairs.enums import AppointmentRole, ChairStatus, StartUpTie
from chairs.innovation_counts import Counted, StartUps
from chairs.models import Appointment, CountedOutput, StartUp
from clusters.enums import Origin
from tests import factories
from tests.innovation_factory import make_counted, make_start_up

pytestmark = [pytest.mark.django_db, pytest.mark.database]
YEARS = range(2022, 2027)


def test_start_ups_are_counted_by_the_year_of_their_founding():
    cluster = factories.make_cluster()
    make_start_up(cluster, founded_year=2024, is_alive=True)
    make_start_up(cluster, founded_year=2024, tie=StartUpTie.INCUBATOR_EXAMPLE, is_alive=False)
    make_start_up(founded_year=2024, origin=Origin.DEMONSTRATION)
    make_start_up(cluster)
    make_start_up(cluster, founded_year=2024, is_published=False)
    nation, mine = counts.start_ups_by_year(), counts.start_ups_by_cluster()[cluster.pk]
    assert nation[2024] == StartUps(total=3, spin_offs=2, alive=1, invented=1, invented_spin_offs=1)
    assert mine == {2024: StartUps(total=2, spin_offs=1, alive=1), None: StartUps(total=1, spin_offs=1)}
    assert counts.start_ups_by_year(StartUp.objects.filter(cluster=cluster))[2024].total == 3


def test_counted_outputs_are_summed_by_kind_year_and_cluster():
    here = factories.make_chair(ChairStatus.ACTIVE)
    there = factories.make_chair(ChairStatus.ACTIVE, origin=Origin.DEMONSTRATION)
    for chair, kind, number in ((here, "patent", 2), (there, "patent", 3), (here, "licence", 1)):
        make_counted(chair, kind=kind, year=2024, number=number)
    make_counted(factories.make_chair(), year=2024, number=50)
    assert counts.outputs_by_kind() == {"patent": {2024: Counted(5, 3)}, "licence": {2024: Counted(1)}}
    assert counts.outputs_by_cluster()[there.cluster_id] == {"patent": {2024: Counted(3, 3)}}
    assert counts.outputs_by_kind(CountedOutput.objects.all())["patent"][2024].number == 55


def test_people_are_counted_once_a_role_in_each_year_in_which_they_have_it():
    one, two = (factories.make_chair(ChairStatus.ACTIVE, with_pi=False) for _ in range(2))
    student = factories.make_person()
    for chair in (one, two):
        factories.make_appointment(
            chair,
            person=student,
            role=AppointmentRole.DOCTORAL_STUDENT,
            consent_given_on=None,
            starts_on=datetime.date(2023, 10, 1),
            ends_on=datetime.date(2024, 10, 15),
        )
    nation = counts.people_by_role(YEARS)["doctoral_student"]
    assert [nation[year].number for year in YEARS] == [0, 1, 1, 0, 0]
    assert counts.people_by_cluster(YEARS)[two.cluster_id]["doctoral_student"][2023].number == 1
    academic = counts.people_by_role(YEARS, period=counts.academic_year)["doctoral_student"]
    assert [academic[year].number for year in YEARS] == [0, 1, 1, 0, 0]


def test_an_appointment_without_dates_has_those_of_its_chair_or_of_its_phase():
    """Compared with counting by hand, whichever dates are missing."""
    random, posts = Random(13), []
    phases = [
        factories.make_phase(slug=f"of-{year}", start_year=year, end_year=end, is_current=False)
        for year, end in ((2022, 2024), (2025, None))
    ]
    for _ in range(40):
        phase = random.choice(phases)
        chair = factories.make_chair(
            ChairStatus.SOURCED,
            origin=Origin.SOURCED,
            rule=None,
            phase=phase,
            with_pi=False,
            **_dates(random, years=True),
        )
        posts.append(factories.make_appointment(chair, role=AppointmentRole.MEMBER, **_dates(random)))
    found = counts.people_by_role(YEARS)["member"]
    for year in YEARS:
        assert found[year].number == sum(_runs_in(post, year) for post in posts), year


def _dates(random, years=False) -> dict:
    first, last = sorted(random.choices(YEARS, k=2))
    dates = {
        "starts_on": random.choice([None, datetime.date(first, 3, 1)]),
        "ends_on": random.choice([None, datetime.date(last, 9, 1)]),
    }
    if years:
        dates |= {"start_year": random.choice([None, first]), "end_year": random.choice([None, last])}
    return dates


def _runs_in(post: Appointment, year: int) -> bool:
    chair = post.chair
    phase = chair.phase
    start = post.starts_on or chair.starts_on
    first = start.year if start else chair.start_year or phase.start_year
    end = post.ends_on or chair.ends_on
    last = end.year if end else chair.end_year or phase.end_year or year
    return first <= year <= last


def test_each_question_is_one_query(django_assert_num_queries):
    for _ in range(3):
        chair = factories.make_chair(ChairStatus.ACTIVE)
        make_counted(chair)
        make_start_up(chair.cluster, [chair])
    for question in (
        counts.start_ups_by_year,
        counts.start_ups_by_cluster,
        counts.outputs_by_kind,
        counts.outputs_by_cluster,
        lambda: counts.people_by_role(YEARS),
        lambda: counts.people_by_cluster(YEARS),
        lambda: counts.people_by(YEARS, None),
    ):
        with django_assert_num_queries(1):
            question()
