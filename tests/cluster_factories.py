"""Clusters, who works there and what they teach, for tests; `tests/factories.py` has them all."""

import itertools
from decimal import Decimal

from accounts.models import User
from clusters.enums import InstitutionKind, Role
from clusters.models import (
    Cluster,
    Institution,
    Intake,
    IntakeOverlap,
    Person,
    Phase,
    StaffRole,
    Theme,
    TrainingProgramme,
)

PASSWORD = "correct horse battery"
# All are of the same length: no name begins another's ("Partner 1", "Partner 10"), as a test that looks for absence needs.
numbers = itertools.count(100_001)


def make_user(email="", **overrides) -> User:
    number = next(numbers)
    values = {"name": f"Person {number}", "language": "en", **overrides}
    user = User.objects.create_user(email or f"person{number}@example.org", PASSWORD, **values)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def make_staff(cluster=None, role=Role.MANAGER, **overrides) -> User:
    user = make_user(is_staff=True, **overrides)
    StaffRole.objects.create(user=user, cluster=cluster, role=role)
    return user


def make_phase(**overrides) -> Phase:
    values = {
        "slug": "cluster_2024",
        "name_en": "AI clusters",
        "name_fr": "IA clusters",
        "start_year": 2024,
        "is_current": True,
    }
    values.update(overrides)
    return Phase.objects.get_or_create(slug=values.pop("slug"), defaults=values)[0]


def make_cluster(**overrides) -> Cluster:
    number = next(numbers)
    values = {
        "slug": f"cluster-{number}",
        "name": f"Cluster {number}",
        "city": "Paris",
        "region": "Île-de-France",
        "public_grant": Decimal("20000000.00"),
        "public_grant_source": "https://example.org/grant",
        **overrides,
    }
    return Cluster.objects.create(**values)


def make_institution(**overrides) -> Institution:
    number = next(numbers)
    values = {
        "name": f"Institution {number}",
        "slug": f"institution-{number}",
        "kind": InstitutionKind.UNIVERSITY,
        **overrides,
    }
    return Institution.objects.create(**values)


def make_theme(cluster, **overrides) -> Theme:
    number = next(numbers)
    values = {
        "phase": make_phase(),
        "name_en": f"Theme {number}",
        "name_fr": f"Thème {number}",
        "slug": f"theme-{number}",
        **overrides,
    }
    return Theme.objects.create(cluster=cluster, **values)


def make_training(cluster=None, shared_with=(), **overrides) -> TrainingProgramme:
    number = next(numbers)
    values = {"name_en": f"Programme {number}", "name_fr": f"Formation {number}", "slug": f"programme-{number}"}
    programme = TrainingProgramme.objects.create(cluster=cluster or make_cluster(), **{**values, **overrides})
    programme.shared_with.set(shared_with)
    return programme


def make_intake(programme, cluster=None, **overrides) -> Intake:
    values = {"year": 2025, "enrolled": 20, **overrides}
    return Intake.objects.create(programme=programme, cluster=cluster or programme.cluster, **values)


def make_overlap(*intakes, **overrides) -> IntakeOverlap:
    overlap = IntakeOverlap.objects.create(**{"people": 1, **overrides})
    overlap.intakes.set(intakes)
    return overlap


def make_person(**overrides) -> Person:
    number = next(numbers)
    values = {"name": f"Ada Nombre{number}", "slug": f"ada-nombre{number}", **overrides}
    return Person.objects.create(**values)
