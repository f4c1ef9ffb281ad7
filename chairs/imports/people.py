"""Reads the people whom a source names.

A name does not identify a person: if the name exists already, the file must say who is meant. A record identifies a
person by `orcid`, or by `person`: the slug of their page, or a new slug for another person.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from chairs.imports.fields import Fields
from chairs.imports.saving import refuse_others, settle
from clusters.enums import Origin
from clusters.family_names import family_of
from clusters.models import Person
from core.identifiers import compact_orcid
from core.models import PastAddress
from core.similar_names import are_alike
from core.slugs import address_of, free_address
from core.text import name_key

KIND = "people"


def named_person(fields: Fields, outcomes: list, mine: Iterable[Person] = ()) -> Person | None:
    """Return the person whom a record names, or None with a note if that is not certain.

    `mine` are the people whom the same record named before: among them, the same name is the same person.
    """
    name = fields.text("name")
    if not address_of(name):
        fields.refuse("name", _("A person's name is missing."))
        return None
    orcid = compact_orcid(fields.text("orcid")) if fields.text("orcid") else None
    if address := fields.text("person"):
        person = person_at(address) or Person(slug=address, origin=Origin.SOURCED)
    elif orcid and (known := Person.objects.filter(orcid=orcid).first()):
        person = _of_that_name(fields, known, name)
    else:
        person = _of_name(fields, name, orcid, list(mine))
    # A person whom staff registered keeps the registered values: only staff change them.
    if person is not None and person.origin == Origin.SOURCED:
        outcomes.append((KIND, settle(person, _values(fields, person, name, orcid))))
    return person


def person_at(address: str) -> Person | None:
    """Return the person with this slug, present or past; None if there is none."""
    key = PastAddress.objects.record_at(Person, address, also_private=True)
    return Person.objects.filter(slug=address).first() or Person.objects.filter(pk=key).first()


def _values(fields: Fields, person: Person, name: str, orcid: str | None) -> dict:
    # Sources spell a name in several ways: the first spelling stays until staff correct it, and staff's spelling stays.
    values = {"name": person.name or name} | ({"orcid": orcid} if orcid else {})
    family = fields.text("family_name")
    return values | ({"family_name": family} if family and person.family_name in ("", family_of(person.name)) else {})


def _of_that_name(fields: Fields, person: Person, name: str) -> Person | None:
    """Return the owner of the ORCID iD; note an error if the names are not alike: one of the two may be mistaken."""
    if are_alike(person.name, name, of_people=True):
        return person
    sentence = _('This ORCID iD is that of %(person)s here. If they are one person, write "person": "%(address)s".')
    fields.refuse("orcid", sentence % {"person": person, "address": person.slug})
    return None


def _of_name(fields: Fields, name: str, orcid: str | None, mine: list[Person]) -> Person | None:
    """Return a new person if the name is new, or the one of this name whom the record named before.

    Otherwise return None, and note that the file must say who is meant.
    """
    spelt = Q(name_key=name_key(name)) | Q(slug=address_of(name))
    known = list(Person.objects.filter(spelt).select_related("registered_in"))
    possible = [person for person in known if not (orcid and person.orcid and person.orcid != orcid)]
    here = [person for person in possible if person in mine]
    if len(here) == 1:
        return here[0]
    place = fields.place + ".name" if fields.place else "name"
    for person in possible:
        if not orcid and person.slug == address_of(name):
            refuse_others(person, place)
    if not possible:
        return Person(slug=free_address(name, Person.objects.all()), origin=Origin.SOURCED)
    fields.refuse("name", _asking(name, possible))
    return None


def _asking(name: str, possible: list[Person]) -> str:
    described = get_text_list([f"{person} ({person.orcid or person.slug})" for person in possible], _("or"))
    sentence = _(
        'Somebody with this name is already here: %(people)s. Say whether it is the same person: write "person": '
        '"%(address)s" if so, "person": "%(free)s" for another, or give the ORCID iD.'
    )
    free = free_address(name, Person.objects.all())
    return sentence % {"people": described, "address": possible[0].slug, "free": free}
