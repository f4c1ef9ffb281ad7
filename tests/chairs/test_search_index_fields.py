"""What of a chair is found."""

import pytest

from chairs.models import StatedPartner
from clusters.models import Director, InstitutionAlias
from tests.chairs.searching import finds, make_springboard
from tests.factories import (
    make_appointment,
    make_discipline,
    make_institution,
    make_person,
    make_teaching,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def chair():
    return make_springboard()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title_en", "zebra"),
        ("title_fr", "zebra"),
        ("acronym", "ZEBRA"),
        ("summary_fr", "zebra"),
        ("description_en", "zebra"),
        ("topic_fr", "zebra"),
        ("axis", "zebra"),
        ("programme", "zebra"),
    ],
)
def test_each_text_of_the_chair_is_indexed(chair, name, value):
    setattr(chair, name, value)
    chair.save()
    assert finds("zebras")


def test_the_cluster_and_the_kind_are_indexed_and_followed(chair):
    assert finds("grenoble") and finds("gra") and finds("meylan") and finds("tremplin")
    chair.cluster.city = "Voiron"
    chair.cluster.save()
    chair.kind.name_fr = "Modulaire"
    chair.kind.save()
    assert finds("voiron modulaire") and not finds("meylan") and not finds("tremplin")


def test_teaching_and_who_heads_the_cluster_are_indexed_and_followed(client, chair):
    element = make_teaching(chair, title_en="Glaciers")
    head = Director.objects.create(
        cluster=chair.cluster, person=make_person(name="Zoé Lefèvre"), source="https://a.example/"
    )
    assert finds("glacier") and finds("lefevre")
    assert "is named at the head of" in client.get("/en/chairs/?q=lefevre").content.decode()
    head.person.is_hidden = True
    head.person.save()
    element.delete()
    assert finds("meylan") and not finds("glacier") and not finds("lefevre")
    assert "at the head of" not in client.get("/en/chairs/?q=meylan+lefevre").content.decode()


def test_themes_are_indexed_and_followed(chair):
    theme = make_theme(chair.cluster, name_en="Hearing", name_fr="Ouïe")
    chair.themes.add(theme)
    assert finds("ouie")
    theme.name_en = "Sight"
    theme.save()
    assert finds("sight") and not finds("hearing")
    chair.themes.clear()
    assert not finds("sight")
    theme.chairs.add(chair)
    assert finds("sight")
    theme.chairs.clear()
    assert not finds("sight")
    theme.chairs.add(chair)
    theme.delete()
    assert not finds("sight")


def test_institutions_are_found_by_every_name(chair):
    employer = make_institution(name="Conservatoire des arts", acronym="Cnam")
    post = make_appointment(chair, affiliation=employer, discipline=make_discipline(name_fr="Droit"))
    assert finds("conservatoire") and finds("cnam") and finds("droit")
    alias = InstitutionAlias.objects.create(institution=employer, name="HESAM")
    assert finds("hesam")
    alias.delete()
    assert not finds("hesam")
    post.affiliation = make_institution(name="Inria")
    post.save()
    assert finds("inria") and not finds("cnam")


def test_stated_partners_are_found(chair):
    partner = StatedPartner.objects.create(chair=chair, name="Toulouse Métropole", unit="Oncopole")
    assert finds("metropole oncopole")
    partner.delete()
    assert not finds("metropole")
