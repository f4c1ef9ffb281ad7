"""A family name is data: proposed from the name, corrected by people, and sorted and cited by."""

import pytest
from django.core.exceptions import ValidationError

from chairs.citation import citation_of
from clusters.family_names import family_of, given_of, suffix_of
from clusters.models import Person
from tests.factories import make_appointment, make_chair, make_person

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Gérard Biau", "Biau", "Gérard"),
        ("Gérard BIAU", "BIAU", "Gérard"),
        ("LE GOFFIC Pierre", "LE GOFFIC", "Pierre"),
        ("Pierre Le Goffic", "Le Goffic", "Pierre"),
        ("Jean du Plessix", "du Plessix", "Jean"),
        ("Anne d'Artiguères", "d'Artiguères", "Anne"),
        ("Charles Hardinge Jr.", "Hardinge", "Charles"),
        ("Charles Hardinge, III", "Hardinge", "Charles"),
        ("Biau, Gérard", "Biau", "Gérard"),
        ("Paul E. Dupont", "Dupont", "Paul E."),
        ("José Ortega y Gasset", "Ortega y Gasset", "José"),
        ("Ludwig van der Berg", "van der Berg", "Ludwig"),
        ("Jane St. John", "St. John", "Jane"),
        ("Céline Castets-Renard", "Castets-Renard", "Céline"),
        ("李晓明", "李", "晓明"),
        ("欧阳修", "欧阳", "修"),
        ("山田 太郎", "山田", "太郎"),
        ("김민준", "김", "민준"),
        ("Иван Петров", "Петров", "Иван"),
        ("Le Thi Mai", "Mai", "Le Thi"),
        ("Madonna", "Madonna", ""),
    ],
)
def test_a_first_value_is_proposed(name, family, given):
    assert (family_of(name), given_of(name, family)) == (family, given)


def test_a_suffix_is_of_neither_part():
    assert (suffix_of("Charles Hardinge Jr."), suffix_of("Jr")) == ("Jr.", "")


@pytest.mark.django_db
def test_people_are_filed_by_it():
    names = ["Zoé Martin", "Ada Martin Dupont", "Pierre Le Goffic", "Jean du Plessix", "Anne d'Artiguères"]
    names += ["Charles Hardinge Jr.", "Émile Écuyer", "Ada Faure", "Ада Иванова", "李晓明"]
    for name in names:
        make_person(name=name, slug=f"p{names.index(name)}")
    Person.objects.filter(name="Ada Martin Dupont").get().save()
    person = Person.objects.get(name="Ada Martin Dupont")
    person.family_name = "Martin Dupont"
    person.save()
    assert [person.name for person in Person.objects.all()] == [
        *("Anne d'Artiguères", "Jean du Plessix", "Émile Écuyer", "Ada Faure", "Charles Hardinge Jr."),
        *("Pierre Le Goffic", "Zoé Martin", "Ada Martin Dupont", "Ада Иванова", "李晓明"),
    ]
    assert [Person.objects.get(name=name).initial for name in ("Pierre Le Goffic", "李晓明")] == ["L", "Other scripts"]


@pytest.mark.django_db
def test_what_staff_corrected_stays_and_must_stand_in_the_name():
    person = make_person(name="Jean du Plessix")
    person.family_name = "Plessix"
    person.full_clean()
    person.save()
    assert Person.objects.get(pk=person.pk).sort_key == "plessix  jean du"
    person.family_name = "Dupont"
    with pytest.raises(ValidationError, match="is not part of the name"):
        person.full_clean()


@pytest.mark.django_db
def test_a_citation_uses_it():
    chair = make_chair("active", with_pi=False)
    for name in ("Pierre Le Goffic", "Charles Hardinge Jr.", "Ada Simple", "李晓明", "Gérard BIAU", "Madonna"):
        make_appointment(chair, person=make_person(name=name))
    bibtex = citation_of(chair).bibtex
    authors = "Le Goffic, Pierre and Hardinge, Jr., Charles and Ada Simple and 李, 晓明 and Gérard BIAU and {Madonna}"
    assert f"author = {{{authors}}}" in bibtex
