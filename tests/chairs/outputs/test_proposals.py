"""Outputs that acknowledge a cluster's grant are proposed to the chairs of their authors, and wait for a person."""

import pytest

from chairs.models import Output
from chairs.outputs.answers import CONFIRM, SET_ASIDE, answer
from chairs.outputs.candidates import Candidate
from chairs.outputs.proposals import Authors, plan_proposals, propose
from tests.factories import make_appointment, make_chair, make_cluster, make_person, make_user
from tests.output_factory import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]
GRANT = "ANR-23-IACL-0008"


@pytest.fixture
def cluster():
    return make_cluster(anr_reference=GRANT)


def chair_of(cluster, *names):
    chair = make_chair("active", cluster=cluster, with_pi=False)
    for name in names:
        make_appointment(chair, person=make_person(name=name))
    return chair


def paper(title="A paper", authors=("Ada Nombre",), references=("ANR-23- IACL-0008",)):
    return Candidate(line=1, title=title, year=2025, authors=list(authors), stated_references=list(references))


@pytest.mark.parametrize(
    ("author", "is_found"),
    [
        ("Ada Nombre", True),
        ("NOMBRE Ada", True),
        ("A. Nombre", True),
        ("Ada Béa Nombre", True),
        ("Béa Nombre", False),
        ("Nombre", False),
        ("B. Nombre", False),
    ],
)
def test_an_author_is_looked_for_among_the_people_of_the_chairs(cluster, author, is_found):
    chair = chair_of(cluster, "Ada Nombre")
    assert Authors(cluster).chairs_of([author]) == ([chair] if is_found else [])


def test_each_is_proposed_to_the_chairs_of_its_authors_or_says_why_not(cluster):
    mine, other = chair_of(cluster, "Ada Nombre"), chair_of(cluster, "Lin Delta")
    chair_of(make_cluster(), "Ada Nombre")
    make_output(other, doi=None, title="A joint paper", year=2025)
    given = [
        paper("A joint paper", ["Ada Nombre", "Lin Delta"]),
        paper("Of nobody here", ["Zoé Ailleurs"]),
        paper("Of another grant", references=["ANR-23-IACL-0001"]),
        paper("A joint paper", ["Ada Nombre"]),
    ]
    plan = plan_proposals(cluster, given)
    assert [(chair, candidate.title) for chair, candidate in plan.additions] == [(mine, "A joint paper")]
    assert [said.split(":")[0] for _candidate, said in plan.duplicates] == ["already there", "the same as on line 1"]
    assert ["none of its authors" in plan.refusals[0].reason, "Does not name" in plan.refusals[1].reason] == [
        True,
        True,
    ]


def test_what_is_proposed_waits_and_what_is_set_aside_is_not_proposed_again(cluster):
    chair, user = chair_of(cluster, "Ada Nombre"), make_user()
    propose(plan_proposals(cluster, [paper()]).additions, by=user)
    assert Output.objects.waiting().count() == 1 and not Output.objects.published().exists()
    assert answer(Output.objects.filter(chair=chair), SET_ASIDE, by=user) == 1
    assert plan_proposals(cluster, [paper()]).additions == []
    assert answer(Output.objects.filter(chair=chair), CONFIRM, by=user) == 1
    assert answer(Output.objects.filter(chair=chair), CONFIRM, by=user) == 0
    output = Output.objects.published().get()
    assert (output.confirmed_by, output.refused_at, output.refused_by) == (user, None, None)
    assert [line.history_user for line in output.history.all()] == [user] * 3
