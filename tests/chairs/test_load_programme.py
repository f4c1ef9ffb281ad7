"""load_directory on the real programme: training, stated counts, incubators, business schools, start-ups."""

import pytest
from django.db import transaction

from chairs.enums import StartUpTie
from chairs.models import StartUp
from clusters.enums import InstitutionKind, MembershipRole, Origin, StatedKind, StatedSubject
from clusters.models import Institution, Membership, StatedCount, TrainingProgramme
from tests.chairs.imports import load

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.exhaustive(counted=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker):
    """The real directory, loaded once; each test's own transaction, inside this one, undoes what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def test_it_loads_every_record_of_the_programme(directory):
    counted = {model: model.objects.count() for model in (TrainingProgramme, StatedCount, StartUp)}
    assert counted == {TrainingProgramme: 25, StatedCount: 23, StartUp: 3}
    assert set(TrainingProgramme.objects.values_list("origin", flat=True)) == {Origin.SOURCED}
    assert all(programme.sources for programme in TrainingProgramme.objects.all())


def test_a_programme_has_what_its_source_says_and_no_more(directory):
    school = TrainingProgramme.objects.get(slug="paiss-summer-school")
    assert (school.cluster.slug, school.level, school.audience) == ("prairie-psai", "", "ai_experts")
    assert {one.name for one in school.institutions.all()} == {"Inria", "NAVER LABS"}
    assert school.stated_intakes[0]["people"] == 200 and school.stated_intakes[0]["qualifier"] == "about"
    assert (school.built_with_industry, school.starts, school.intakes.count()) == (True, "2018-07", 0)
    assert len(school.sources) == 2


def test_a_programme_whose_official_name_was_not_found_is_found_in_french_too(client, directory):
    assert "Master en IA de confiance" in client.get("/fr/training/", {"q": "confiance"}).content.decode()


def test_values_on_which_sources_disagree_stand_beside_the_programme(directory):
    assert [one["value"] for one in TrainingProgramme.objects.get(slug="saclai-school").conflicts] == ["2022"]


def test_what_every_programme_of_a_cluster_teaches_is_no_programme(directory):
    assert TrainingProgramme.objects.filter(slug="sorbonne-ai").exists()
    assert not TrainingProgramme.objects.filter(slug="postgenai-cap-teaching").exists()


def test_the_nation_has_a_starting_point_and_a_target(directory):
    counts = StatedCount.objects.filter(subject=StatedSubject.TRAINED_A_YEAR, clusters=None)
    assert {count.kind: count.value for count in counts} == {StatedKind.BASELINE: 40_000, StatedKind.TARGET: 100_000}


def test_a_group_of_clusters_has_a_count_together(directory):
    four = StatedCount.objects.get(subject=StatedSubject.PARTNERS)
    assert four.clusters.count() == 4 and four.phase.slug == "institute_3ia_2019"


def test_incubators_and_business_schools_are_institutions(directory):
    incubator = Institution.objects.get(name="21st by CentraleSupélec")
    assert incubator.kind == InstitutionKind.INCUBATOR and incubator.sources and incubator.notes
    assert {one.name for one in incubator.institutions.all()} == {"CentraleSupélec", "AgroParisTech"}
    assert Membership.objects.get(institution=incubator).role == MembershipRole.INCUBATOR
    assert Institution.objects.named("Incubateur PACA-Est").get().name == "Incubateur Provence Côte d’Azur"
    assert Institution.objects.get(name="INSEAD").kind == InstitutionKind.BUSINESS_SCHOOL
    assert Membership.objects.get(institution__name="ESSEC Business School").role == MembershipRole.ASSOCIATED


def test_a_start_up_that_an_incubator_names_is_no_spin_off(directory):
    assert set(StartUp.objects.values_list("tie", flat=True)) == {StartUpTie.INCUBATOR_EXAMPLE}
    assert StartUp.objects.get(slug="videtics").incubator.name == "Incubateur Provence Côte d’Azur"


def test_the_page_of_an_incubator_says_where_it_is_known_from(directory, client):
    page = client.get("/fr/institutions/21st-by-centralesupelec/").content.decode()
    assert "sciencebusiness.net" in page and "AgroParisTech y participe d’après une autre source" in page
