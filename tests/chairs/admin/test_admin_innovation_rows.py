"""On a chair's page: organisations, the team, and what is counted; each mistake has its sentence."""

import pytest

from chairs.composition import broken_rules_of
from chairs.models import ChairOrganisation, CountedOutput
from tests import factories
from tests.chairs.admin.forms import change_url, errors_of, of_innovation, rows
from tests.innovation_factory import make_counted

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def chair(cluster, editor):
    return factories.make_chair("active", cluster=cluster, with_pi=False)


def post(client, chair, people=(), **given):
    values = {"phase": chair.phase_id, "title_en": chair.title_en, "title_fr": chair.title_fr}
    empty = rows("appointments", list(people)) | rows("teaching", []) | rows("activities", []) | rows("shares", [])
    return client.post(change_url(chair), values | empty | of_innovation(**given))


def patent(**overrides) -> dict:
    return {"kind": "patent", "year": "2024", "number": "2", "note": "", **overrides}


def test_rows_are_kept_with_their_history(client, chair):
    institution = factories.make_institution()
    organisations = [
        {"role": "industrial_partner", "institution": institution.pk, "name": "", "consent_given_on": "2026-01-05"},
        {"role": "stakeholder", "institution": "", "name": "Users United"},
    ]
    counted = [patent(), patent(kind="licence", number="1")]
    assert post(client, chair, organisations=organisations, counted=counted).status_code == 302
    assert [str(part) for part in ChairOrganisation.objects.order_by("pk")] == [str(institution), "Users United"]
    assert sum(CountedOutput.objects.values_list("number", flat=True)) == 3
    assert CountedOutput.history.count() == 2


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        ([patent(), patent(number="5")], "This kind is counted twice for the same year"),
        ([patent(number="-1")], "cannot be less than zero"),
        ([patent(number="0")], "Enter at least 1."),
        ([patent(number="99999")], "less than or equal to 10000"),
        ([patent(year="2091")], "has not come yet"),
        ([patent(number="many")], "in figures"),
        ([patent(kind="poem")], "Select a valid choice"),
    ],
)
def test_a_wrong_count_is_refused(client, chair, counted, sentence):
    response = post(client, chair, counted=counted)
    assert response.status_code == 200 and sentence in errors_of(response)
    assert not CountedOutput.objects.exists()


def test_what_is_counted_already_is_not_counted_again(client, chair):
    make_counted(chair, kind="patent", year=2024)
    response = post(client, chair, counted=[patent()])
    assert "already counted for this year" in errors_of(response)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "", "website": "https://example.org/"}, "one of the two"),
        ({"name": "Both", "institution": True}, "one of the two"),
        ({"name": "Backwards", "starts_on": "2026-01-01", "ends_on": "2025-01-01"}, "leaves before it comes"),
        ({"name": "Tomorrow", "consent_given_on": "2091-01-01"}, ""),
    ],
)
def test_a_wrong_organisation_is_refused(client, chair, values, sentence):
    values = {"role": "stakeholder", "institution": "", **values}
    if values["institution"] is True:
        values["institution"] = factories.make_institution().pk
    response = post(client, chair, organisations=[values])
    assert response.status_code == 200 and sentence in errors_of(response)
    assert not ChairOrganisation.objects.exists()


@pytest.mark.parametrize("role", ["postdoc", "doctoral_student", "engineer", "member"])
def test_the_team_does_not_count_for_the_composition(client, chair, cluster, role):
    before = broken_rules_of(chair)
    person = factories.make_person(registered_in=cluster)
    line = {"person": person.pk, "role": role, "affiliation": factories.make_institution().pk}
    assert post(client, chair, people=[line]).status_code == 302
    assert chair.appointments.get().role == role
    assert broken_rules_of(type(chair).objects.get(pk=chair.pk)) == before != []
