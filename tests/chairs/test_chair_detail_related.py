"""The chairs that a chair's page leads to, each with its reason."""

import pytest

from chairs.models import Appointment
from chairs.related import SHOWN, related_chairs
from clusters.enums import Origin
from tests.factories import (
    make_appointment,
    make_chair,
    make_cluster,
    make_discipline,
    make_institution,
    make_person,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def chair():
    return make_chair("active", with_pi=False, cluster=make_cluster(slug="here"), slug="robots")


def make_other(status="active", **overrides):
    return make_chair(status, with_pi=False, **overrides)


def related_part(client, chair):
    page = client.get(chair.get_absolute_url()).content.decode()
    return page.partition('id="related"')[2].partition("</section>")[0]


def test_each_reason_is_said(client, chair):
    theme = make_theme(chair.cluster, name_en="Law")
    ada, inria, vision = make_person(name="Ada Both"), make_institution(name="Inria"), make_discipline(name_en="Vision")
    by_theme, by_person, by_field = [make_other(title_en=f"By {way}") for way in ("theme", "person", "field")]
    for one in (chair, by_theme):
        one.themes.add(theme)
    for one in (chair, by_person):
        make_appointment(one, person=ada, affiliation=inria, discipline=vision)
    make_appointment(by_field, affiliation=inria, discipline=vision)
    part = related_part(client, chair)
    places = [
        part.index(words)
        for words in ("By person", "Ada Both is in both chairs.", "By field", "Inria, Vision", "By theme", "Law")
    ]
    assert places == sorted(places)


def test_the_same_institution_in_another_discipline_is_no_reason(client, chair):
    inria, vision = make_institution(), make_discipline()
    make_appointment(chair, affiliation=inria, discipline=vision)
    make_appointment(make_other(), affiliation=inria, discipline=make_discipline())
    make_appointment(make_other(), affiliation=inria)
    assert related_part(client, chair) == ""
    make_appointment(make_other(title_en="The same field"), affiliation=inria, discipline=vision)
    assert "The same field" in related_part(client, chair)


def test_chairs_that_the_public_does_not_see_are_not_there(client, chair):
    theme = make_theme(chair.cluster)
    for status in ("active", "draft", "submitted", "changes_requested", "declined", "withdrawn"):
        make_other(status, title_en=f"A {status} one").themes.add(theme)
    chair.themes.add(theme)
    assert [one.chair.title_en for one in related_chairs(chair)] == ["A active one"]


@pytest.mark.parametrize("hidden_here", [True, False])
def test_somebody_who_is_not_named_in_both_leaves_no_trace(client, chair, hidden_here):
    ada, inria, vision = make_person(name="Ada Hidden"), make_institution(), make_discipline()
    post = {"person": ada, "affiliation": inria, "discipline": vision}
    make_appointment(chair, **post, **({"consent_given_on": None} if hidden_here else {}))
    make_appointment(make_other(), **post, **({} if hidden_here else {"consent_given_on": None}))
    assert related_part(client, chair) == ""
    Appointment.objects.update(consent_given_on="2026-01-01")
    assert "Ada Hidden is in both chairs." in related_part(client, chair)


def test_a_source_names_people_in_its_own_chairs(client, chair):
    ada = make_person(name="Ada Sourced")
    make_appointment(chair, person=ada)
    make_appointment(make_other("sourced", origin=Origin.SOURCED), person=ada, consent_given_on=None)
    assert "Ada Sourced is in both chairs." in related_part(client, chair)


def test_at_most_four_are_shown_always_the_same_and_those_that_share_most_first(
    client, chair, django_assert_num_queries
):
    themes = [make_theme(chair.cluster) for _number in range(2)]
    others = [make_other() for _number in range(SHOWN + 4)]
    chair.themes.set(themes)
    for other in others:
        other.themes.add(themes[0])
    others[-1].themes.add(themes[1])
    found = [one.chair for one in related_chairs(chair)]
    assert found == [others[-1], *others[: SHOWN - 1]]
    assert [one.chair for one in related_chairs(chair)] == found
