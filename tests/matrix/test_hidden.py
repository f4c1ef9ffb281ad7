"""Somebody who asked to be hidden is named at no public address, from the next response on."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from chairs.hiding import hide, show_again
from clusters.models import Director
from rights.anonymising import anonymise
from tests import factories
from tests.matrix.rows import ROWS
from tests.matrix.visits import address
from tests.output_factory import make_output
from tests.personas import ANONYMOUS, PI

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAME, FAMILY = "Ada of the cast", "q=ada"
# What they alone read, by their link.
THEIR_OWN = "rights:about_me"
SEARCHES = ("chairs:list", "chairs:person_list", "chairs:output_list", "chairs:suggestions")


def public_addresses(world) -> set[str]:
    """Every address that anybody may open, in both languages, and every search for the name."""
    open_to_all = [row for row in ROWS if row.get[ANONYMOUS] == 200 and row.name != THEIR_OWN]
    found = {address(row, world, language) for row in open_to_all for language in ("en", "fr")}
    found |= {f"{reverse(name)}?{FAMILY}" for name in SEARCHES}
    sections = Client().get("/sitemap.xml").text.split("<loc>")[1:]
    return found | {"/" + one.split("</loc>")[0].split("/", 3)[3] for one in sections}


def text_at(there: str) -> str:
    response = Client().get(there)
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        book = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def naming(world, person) -> set[str]:
    return {there for there in public_addresses(world) if NAME in (text := text_at(there)) or person.slug in text}


@pytest.mark.exhaustive(always=True)
def test_nobody_reads_of_who_is_hidden_until_they_are_shown_again(world):
    person = world.cast[PI].person
    Director.objects.create(cluster=world.cluster, person=person, role="director", source="https://example.org/")
    make_output(world.chair, authors=[NAME, "Grace Another"])
    before = naming(world, person)
    page = f"/en/people/{person.slug}/"
    assert page in before and len([one for one in before if world.chair.slug in one]) > 1 and len(before) > 10
    hide(person)
    gone = {page, page.replace("/en/", "/fr/")}
    assert naming(world, person) <= gone, "only the address itself, which answers that it is gone"
    assert Client().get(page).status_code == 410
    assert "Grace Another" in text_at(reverse("chairs:output_list"))
    show_again(person)
    assert naming(world, person) == before


@pytest.mark.usefixtures("search_index", "field_history")
def test_who_comes_to_a_chair_once_hidden_is_no_author_of_what_it_has(db):
    chair, person = factories.make_chair("active"), factories.make_person(name="Nemo Innominatus")
    make_output(chair, title="On Silence", authors=["Innominatus, Nemo", "Grace Another"])
    there = reverse("chairs:chair_output_list", args=[chair.cluster.slug, chair.slug])
    assert "Innominatus" in text_at(there)
    hide(person)
    assert "Innominatus" in text_at(there), "of no chair yet, and so perhaps somebody else"
    factories.make_appointment(chair, person=person)
    assert "Grace Another" in text_at(there) and "Innominatus" not in text_at(there)
    show_again(person)
    assert "Innominatus" in text_at(there)


@pytest.mark.usefixtures("search_index", "field_history")
def test_who_was_anonymised_stays_hidden_among_the_authors(db):
    chair = factories.make_chair("closed")
    person, other = factories.make_person(name="Nemo Innominatus"), factories.make_person(name="Odo Another")
    place = factories.make_appointment(chair, person=person)
    factories.make_appointment(chair, person=other)
    make_output(chair, title="On Silence", authors=["Innominatus, Nemo", "Odo Another", "Grace Third"])
    there = reverse("chairs:chair_output_list", args=[chair.cluster.slug, chair.slug])
    anonymise(person, by=None)
    assert "Innominatus" not in text_at(there)
    # Whatever looks at the authors anew no longer finds the name with the person.
    hide(other)
    place.refresh_from_db()
    place.save()
    assert "Grace Third" in text_at(there) and "Odo Another" not in text_at(there)
    assert "Innominatus" not in text_at(there)
    show_again(other)
    assert "Odo Another" in text_at(there) and "Innominatus" not in text_at(there)


@pytest.mark.usefixtures("search_index", "field_history")
def test_who_has_another_name_since_stays_hidden_under_the_former_one_until_shown_again(db):
    chair, person = factories.make_chair("active"), factories.make_person(name="Nemo Innominatus")
    place = factories.make_appointment(chair, person=person)
    make_output(chair, title="On Silence", authors=["Innominatus, Nemo", "Grace Third"])
    there = reverse("chairs:chair_output_list", args=[chair.cluster.slug, chair.slug])
    hide(person)
    person.name, person.family_name = "Zoé Entirely-Different", ""
    person.save()
    place.refresh_from_db()
    place.save()
    assert "Grace Third" in text_at(there) and "Innominatus" not in text_at(there)
    show_again(person)
    assert "Innominatus" in text_at(there)
