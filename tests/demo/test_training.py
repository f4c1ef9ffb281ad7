"""The training programmes of the demonstration: three academic years, shared people counted once, and who teaches."""

import pytest

from chairs.models import TeachingElement
from clusters.enums import Origin
from clusters.models import Intake, IntakeOverlap, TrainingProgramme
from clusters.models.intake import obstacles_of_overlap
from clusters.training_counts import people_by_cluster, people_by_year

pytestmark = [
    pytest.mark.usefixtures("demonstration_for_the_module"),
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.exhaustive(counted=True),
]
YEARS = {2023, 2024, 2025}


def invented():
    return TrainingProgramme.objects.filter(origin=Origin.DEMONSTRATION)


def test_two_clusters_have_three_years_and_every_cluster_something():
    counts = people_by_cluster()
    assert len(counts) == 9
    two = [one for one in invented().values_list("cluster", flat=True).distinct() if set(counts[one]) == YEARS]
    assert len(two) >= 2


def test_what_two_clusters_share_is_counted_once():
    shared = invented().get(slug="master-generative-ai-that-answers-for-itself")
    people = people_by_year(shared.intakes.all())[2025]
    assert (people.counted, people.enrolled) == (95, 70)
    nation, parts = people_by_year()[2025], people_by_cluster()
    assert sum(years[2025].enrolled for years in parts.values() if 2025 in years) > nation.enrolled


def test_every_intake_and_overlap_is_one_that_staff_could_have_entered():
    assert Intake.objects.count() > 20 and IntakeOverlap.objects.count() > 1
    for intake in Intake.objects.all():
        intake.full_clean()
    for overlap in IntakeOverlap.objects.all():
        assert list(obstacles_of_overlap(overlap, list(overlap.intakes.all()))) == []


def test_every_text_stands_in_both_languages_and_is_marked():
    for programme in invented():
        assert all(
            getattr(programme, f"{name}_{language}") for name in ("name", "summary") for language in ("en", "fr")
        )
        assert programme.institutions.exists()
    assert not TrainingProgramme.objects.filter(origin=Origin.REGISTERED).exists()


def test_chairs_teach_in_the_programmes_and_some_duties_are_not_decided():
    taught = TeachingElement.objects.filter(programme__isnull=False)
    assert taught.count() >= 15 and taught.filter(hours_owed=None).exists()
    assert taught.filter(hours_discharged=None).exists() and taught.filter(hours_discharged=0).exists()
