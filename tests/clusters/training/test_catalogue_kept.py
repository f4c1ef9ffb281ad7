"""What a process keeps of the programmes is, at each answer, what the database holds."""

import random

import pytest
from django.db import connection

from clusters.models import Institution, TrainingProgramme
from clusters.training import catalogue as kept
from clusters.training.catalogue import BY_DEADLINE, BY_NAME, Catalogue, catalogue
from core.replica.reading import Newest
from tests.clusters.training.catalogue import WORDS, make_catalogue
from tests.factories import make_training

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_latest", Newest())


def assert_as_stored() -> None:
    ours, fresh = catalogue(), Catalogue.read()
    assert ours.everything == fresh.everything
    for name in ("having", "named", "said", "sorted_by", "names"):
        assert getattr(ours, name) == getattr(fresh, name), name
    for sort in (BY_NAME, BY_DEADLINE):
        for language in ("en", "fr"):
            pages = [one.page([one.everything], sort, language, 0, 100) for one in (ours, fresh)]
            assert pages[0] == pages[1]


@pytest.mark.exhaustive(counted=True)
def test_it_follows_every_change():
    make_catalogue(20)
    assert_as_stored()
    chance = random.Random(4)
    for _time in range(15):
        chance.choice([rename, withdraw, publish_one, share, rename_institution, by_hand, remove])(chance)
        assert_as_stored()


def test_only_what_changed_is_read(monkeypatch):
    make_catalogue(8)
    catalogue()
    make_training()
    monkeypatch.setattr(Catalogue, "read", None)  # reading everything would fail
    assert len(catalogue().everything) == 8


def any_one(chance) -> TrainingProgramme:
    return chance.choice(list(TrainingProgramme.objects.order_by("pk")))


def rename(chance):
    programme = any_one(chance)
    programme.name_en = " ".join(chance.sample(WORDS, 2))
    programme.save()


def withdraw(chance):
    TrainingProgramme.objects.filter(pk=any_one(chance).pk).update(is_published=False)


def publish_one(chance):
    make_training(name_en=chance.choice(WORDS), apply_by=chance.choice([None, "2020-01-01", "2100-01-01"]))


def share(chance):
    programme = any_one(chance)
    programme.shared_with.set([any_one(chance).cluster])
    programme.themes.clear()


def rename_institution(chance):
    institution = Institution.objects.order_by("pk").last()
    institution.name = f"École {chance.choice(WORDS)}"
    institution.save()


def by_hand(chance):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clusters_trainingprogramme SET level = %s, place = %s WHERE id = %s",
            ["master", chance.choice(WORDS), any_one(chance).pk],
        )


def remove(chance):
    any_one(chance).delete()
